using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Captures;
using PackuilonMonitor.Tests.EndToEnd;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>
/// Two dashboards and a recorder as processes beside a factory whose weeks pass in hours: rotations, restarts of the factory and of each
/// process, keys. What they use does not grow, and the recorder's store tells the truth.
/// </summary>
[NonParallelizable]
public sealed class ProcessSoakTests
{
    /// <summary>Another file than the one that was built beside the tests, as the native one.</summary>
    private static readonly string Program = Environment.GetEnvironmentVariable("PACKUILON_SOAK") is { Length: > 0 } named
        ? named
        : RunningProgram.Monitor;

    /// <summary>28 take an hour and a quarter.</summary>
    private static readonly double Days = double.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_SOAK_DAYS") ?? "0.1",
        CultureInfo.InvariantCulture
    );

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>How long the dashboards are read after a step: long enough for its lines to be read before the next.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const int Patience = TestPatience.Milliseconds;

    private static readonly string[] Keys =
        [":events\r", ":timeline\r", ":health\r", ":chain\r", ":history\r", ":sources\r", ":overview\r"];

    private readonly List<Use> _used = [];
    private TempFolder _folder = null!;
    private PtyProgram[] _dashboards = [];
    private RunningProgram _recorder = null!;
    private int _rotations;
    private DateTimeOffset _begun;

    [SetUp]
    public void MakeFiles()
    {
        _begun = DateTimeOffset.UtcNow;
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("none.ini", "");
        _folder.Write("messages", "");
        _recorder = Recorder();
        _dashboards = [Dashboard(), Dashboard()];
    }

    [TearDown]
    public void RemoveFiles()
    {
        foreach (var dashboard in _dashboards)
            dashboard.Dispose();
        _recorder.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Processes_ForManyDays_KnowTheTruthAndGrowByNothing()
    {
        var begun = DateTimeOffset.UtcNow - TimeSpan.FromDays(Days);
        var plan = new FactoryPlan
        {
            Seed = 28,
            Dialect = Dialect.E7ec5f0,
            Header = HeaderFormat.Iso,
            // A short run sees some rotations too.
            Scenario = Scenario.Ordinary with { RotatedEvery = TimeSpan.FromDays(Math.Min(0.125, Days / 4)) },
            Start = new DateTimeOffset(begun.Ticks - begun.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero),
        };
        var (factory, writer) = (new SimulatedFactory(plan), new FactoryWriter(_folder["messages"], _folder["log"]));
        var steps = (int)(TimeSpan.FromDays(Days) / Step);
        for (var step = 1; step <= steps; step++)
        {
            writer.Write(factory.StepsUntil(plan.Start + Step * step).Select(written =>
            {
                _rotations += written.Operation is MessagesRotated ? 1 : 0;
                return written;
            }));
            Parallel.ForEach(_dashboards, dashboard => dashboard.Sent(Pause));
            if (step % (steps / 7) == 0)
                Press(Keys[step / (steps / 7) % Keys.Length]);
            if (step % Math.Max(1, (int)(TimeSpan.FromDays(Math.Min(1, Days / 4)) / Step)) == 0)
                Measure(Step * step);
            if (step == steps / 3)
                Restart();
        }

        var truth = SimulatedTruthTests.Truth(factory.Truth);
        var known = truth with { Builds = [.. truth.Builds.TakeLast(BuildTable.Most)] };
        IReadOnlyList<string> Faults() => [.. SimulatedTruthTests.Describe(known, plan.Dialect.Rally, known.BuildFaults(Stored()))];
        // The recorder may still read the last minutes.
        Assert.That(() => Faults().Count, Is.Zero.After(Patience, 1_000), () => string.Join('\n', Faults().Take(20)));
        TestContext.Out.WriteLine($"{truth.Builds.Count} builds, {_rotations} rotations");
        Assert.Multiple(() =>
        {
            Assert.That(_rotations, Is.Positive);
            foreach (var process in _used.GroupBy(use => use.Name))
            {
                // After the restart, and when the tables of the newest builds are full.
                var (middle, last) = (process.ElementAt(process.Count() / 2), process.Last());
                Assert.That(last.Files, Is.LessThanOrEqualTo(process.Min(use => use.Files) + 20), process.Key);
                Assert.That(last.Threads, Is.LessThanOrEqualTo(process.Min(use => use.Threads) + 8), process.Key);
                // The tables of a short run are still growing.
                if (Days >= 1)
                    Assert.That(last.Resident - middle.Resident, Is.LessThan(Math.Max(40, Days * 2)), $"{process.Key}: megabytes");
            }
        });
        foreach (var dashboard in _dashboards)
            Assert.That(dashboard.End(() => dashboard.Signal(RunningProgram.Terminate)).Code, Is.EqualTo(128 + RunningProgram.Terminate));
        Assert.That(_recorder.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        LookBack();
    }

    /// <summary>Somebody opens the recording at several of its moments; how long that takes is printed.</summary>
    private void LookBack()
    {
        var (from, until) = (_begun, DateTimeOffset.UtcNow);
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            var (at, clock) = (from + (until - from) * quarter / 4, Stopwatch.GetTimestamp());
            var arguments = $"replay '{_folder["state"]}' -t {at:yyyy-MM-ddTHH:mm:ss}Z";
            using var replay = new PtyProgram(arguments, _folder.Path, program: Program);
            replay.ReadUntil("REPLAY 20");
            var took = Stopwatch.GetElapsedTime(clock);
            TestContext.Out.WriteLine($"{quarter}/4 of the recording: replay after {took.TotalMilliseconds:0} ms");
            Assert.That(replay.End(() => replay.Type("q")).Code, Is.Zero);
        }
    }

    /// <summary>The second dashboard and the recorder end, and begin again beside the first one.</summary>
    private void Restart()
    {
        Assert.That(_recorder.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        _recorder.Dispose();
        _recorder = Recorder();
        var second = _dashboards[1];
        Assert.That(second.End(() => second.Signal(RunningProgram.Terminate)).Code, Is.EqualTo(128 + RunningProgram.Terminate));
        second.Dispose();
        _dashboards[1] = Dashboard();
    }

    private void Press(string keys)
    {
        foreach (var dashboard in _dashboards)
            dashboard.Type(keys);
    }

    private void Measure(TimeSpan at)
    {
        (string Name, int Pid)[] processes =
        [
            ("dashboard", _dashboards[0].Pid),
            ("dashboard that was restarted", _dashboards[1].Pid),
            ("recorder", _recorder.Pid),
        ];
        foreach (var (name, pid) in processes)
        {
            var before = _used.FindLast(use => use.Name == name);
            _used.Add(Use.Of(name, at, pid));
            TestContext.Progress.WriteLine(_used[^1].Since(before));
        }
    }

    private IReadOnlyList<BuildView> Stored()
    {
        using var store = HistoryStore.Read(_folder[$"state/{HistoryStore.FileName}"]).Store;
        return store?.Builds(BuildTable.Most) ?? [];
    }

    private string[] Arguments =>
        [
            "--messages", _folder["messages"], "--log-dir", _folder["log"], "--config", _folder["none.ini"], "--time-zone", "UTC",
            "--state-dir", _folder["state"],
        ];

    private RunningProgram Recorder()
    {
        var recorder = RunningProgram.Start(Program, ["record", .. Arguments]);
        recorder.WaitFor("recording");
        return recorder;
    }

    private PtyProgram Dashboard() => new(string.Join(' ', Arguments.Select(word => $"'{word}'")), _folder.Path, program: Program);

    /// <summary>What a process used at a time of the factory.</summary>
    private sealed record Use(string Name, TimeSpan At, double Resident, int Files, int Threads)
    {
        public static Use Of(string name, TimeSpan at, int pid)
        {
            var pages = long.Parse(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1], CultureInfo.InvariantCulture);
            return new Use(
                name,
                at,
                pages * Environment.SystemPageSize / 1e6,
                // Code that is compiled at run time is opened when it is first used.
                Directory.GetFiles($"/proc/{pid}/fd").Count(file => !IsCode(new FileInfo(file))),
                Directory.GetDirectories($"/proc/{pid}/task").Length
            );
        }

        private static bool IsCode(FileInfo file) => file.LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) == true;

        public string Since(Use? before)
        {
            var grown = before is null ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $" ({(Resident - before.Resident) / (At - before.At).TotalDays:+0.0;-0.0} MB a day)"
            );
            return string.Create(
                CultureInfo.InvariantCulture,
                $"day {At.TotalDays:0.00}: {Name}: {Resident:0.0} MB{grown}, {Files} descriptors, {Threads} threads"
            );
        }
    }
}
