using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>Many invented days of a factory against the truth that the factory knows of itself.</summary>
public sealed class SimulatedTruthTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(14);

    private static IEnumerable<TestCaseData> DialectsAndHeaders() =>
        from dialect in Dialect.All
        from header in Enum.GetValues<HeaderFormat>()
        select new TestCaseData(dialect, header).SetArgDisplayNames(dialect.Name, header.ToString());

    [TestCaseSource(nameof(DialectsAndHeaders))]
    public void Fold_OfRoughDays_IsTheTruth(Dialect dialect, HeaderFormat header)
    {
        var faults = new List<string>();
        // Other days for each format; PACKUILON_SEEDS asks for more of them.
        for (var seed = 1 + 1_000 * (ulong)header; seed <= Seeds + 1_000 * (ulong)header; seed++)
        {
            var run = Run(seed, dialect, header);
            var state = Folded(run);
            faults.AddRange(Faults(run, state).Concat(TriggerFaults(run.Truth, state)).Select(fault => $"seed {seed}: {fault}"));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
    }

    [TestCaseSource(typeof(Dialect), nameof(Dialect.All))]
    public void Fold_OfARoughDayAndItsLogs_IsTheTruth(Dialect dialect)
    {
        var run = Run(7, dialect, HeaderFormat.Traditional);
        var state = Folded(run, Logs(run));
        var faults = Faults(run, state).ToList();

        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
    }

    internal static ulong Seeds =>
        ulong.Parse(Environment.GetEnvironmentVariable("PACKUILON_SEEDS") ?? "1", System.Globalization.CultureInfo.InvariantCulture);

    internal static SimulatedRun Run(ulong seed, Dialect dialect, HeaderFormat header, double runsBeside = 0) =>
        SimulatedRun.Of(
            seed,
            new FactoryPlan { Dialect = dialect, Header = header, Scenario = Trouble with { RunsBeside = runsBeside } },
            Day
        );

    private static readonly Scenario Trouble = Scenario.Rough with { NoisePerLine = 0.2 };

    /// <summary>
    /// What the state has wrong. Rally's tests of two equal images may end in any order, and no line says whose build starts
    /// then: of such builds, as long as they overlap, nothing is asked but that they are there.
    /// </summary>
    private static IEnumerable<string> Faults(SimulatedRun run, MonitorState state)
    {
        var truth = Truth(run.Truth);
        var rally = run.Lines.Any(line => line.Content.StartsWith("Launched Rally", StringComparison.Ordinal));
        return Describe(truth, rally, truth.Faults(state));
    }

    /// <summary>The faults without those that no line could have told.</summary>
    internal static IEnumerable<string> Describe(TrueRun truth, bool rally, IEnumerable<string> faults)
    {
        var untold = rally
            ? truth
                .Builds.Where(build => truth.Builds.Any(other => other != build && Overlap(build, other)))
                .Select(build => build.ToString())
                .ToList()
            : [];
        return faults.Where(fault =>
            fault.EndsWith("missing", StringComparison.Ordinal)
            || !untold.Exists(build => fault.StartsWith(build, StringComparison.Ordinal))
        );
    }

    private static bool Overlap(TrueRunBuild one, TrueRunBuild other) =>
        one.Image == other.Image
        && one.StartedAt <= (other.EndedAt ?? other.StartedAt.AddHours(1))
        && other.StartedAt <= (one.EndedAt ?? one.StartedAt.AddHours(1));

    internal static MonitorState Folded(SimulatedRun run, IEnumerable<Observation>? more = null) =>
        Given.Folded([.. Seen(run), .. more ?? []]);

    internal static IEnumerable<Observation> Seen(SimulatedRun run)
    {
        var parser = new LineReading(TimeZoneInfo.Utc, run.Truth.AsOf);
        var lines =
            from file in run.Messages
            from line in Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n')
            where LineFilter.Concerns(Encoding.UTF8.GetBytes(line))
            select parser.Parse(new LogLine(Given.Messages, 0, line));
        return lines.OfType<Observation>();
    }

    private static IEnumerable<Observation> Logs(SimulatedRun run)
    {
        foreach (var (file, bytes) in run.Logs.Where(log => !log.Key.Contains('/', StringComparison.Ordinal)))
        {
            var text = Encoding.UTF8.GetString(bytes);
            var end = text.LastIndexOf('\n') + 1;
            var log = text[..end].Split('\n').SkipLast(1).Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, null));
            yield return Given.Seen(
                new BuildLogRead(
                    file,
                    run.Truth.Builds.Any(build => build.LogFile == file && build.PackerEndedAt is null) ? log : log.AtEnd(text[end..]),
                    0
                )
            );
        }

        yield return Given.Seen(new LogDirectoryRead());
    }

    internal static TrueRun Truth(FactoryTruth truth) =>
        new(
            [
                .. truth.Builds.Select(build => new TrueRunBuild(
                    build.Thread,
                    build.LogFile,
                    build.Image,
                    build.Template,
                    build.StartedAt,
                    build.EndedAt,
                    build.ExitCode,
                    States(truth, build)
                )),
            ],
            [
                .. truth
                    .Rejections.Where(rejection => rejection.BuildsBefore == 0)
                    .Select(rejection => new TrueRunRefusal(rejection.Thread, IsSaid(rejection) ? Why(rejection.Why) : null, rejection.At)),
            ]
        )
        {
            Jobs =
            [
                .. truth
                    .Messages.Where(message => message.TakenAt is not null)
                    .Select(message => new TrueRunJob(message.Thread!, message.Image, message.TakenAt!.Value))
                    .OrderBy(job => job.TakenAt),
            ],
        };

    /// <summary>A traceback of a thread that had not named an image does not say that there was a message.</summary>
    private static bool IsSaid(TrueRejection rejection) =>
        rejection.Text is not null && !(rejection.Why is RejectionWhy.WorkerDied && rejection.Image is null);

    /// <summary>A build whose thread or daemon died since is running for whoever reads only what was written.</summary>
    private static BuildState[] States(FactoryTruth truth, TrueBuild build) => build.Outcome switch
    {
        TrueOutcome.Building => [BuildState.Building],
        TrueOutcome.Succeeded => [BuildState.Succeeded],
        TrueOutcome.Failed => [BuildState.Failed],
        _ when truth.Daemons[^1].Number == build.Daemon => [BuildState.Building, BuildState.Lost, BuildState.Cancelled],
        _ => [BuildState.Lost, BuildState.Cancelled],
    };

    private static IEnumerable<string> TriggerFaults(FactoryTruth truth, MonitorState state)
    {
        var said = state.Triggers.Triggers;
        if (said.Count != truth.Triggers.Length)
        {
            yield return $"{said.Count} triggers and not {truth.Triggers.Length}";
            yield break;
        }

        foreach (var (index, really) in truth.Triggers.Index())
        {
            var trigger = said[index];
            if (trigger.Profile != really.Profile || (trigger.At - really.At).Duration() >= TimeSpan.FromSeconds(1))
                yield return $"trigger {really.Profile} {really.At} read as {trigger.Profile} {trigger.At}";
            if ((trigger.Result?.ToString() ?? "Pending") != really.Result.ToString())
                yield return $"trigger {really.Profile} {really.At}: {trigger.Result} and not {really.Result}";
        }
    }

    private static Refusal Why(RejectionWhy why) => why switch
    {
        RejectionWhy.MalformedProfile => Refusal.MalformedProfile,
        RejectionWhy.NoSourceImage => Refusal.NoSourceImage,
        RejectionWhy.TemplateMissing => Refusal.TemplateMissing,
        RejectionWhy.NoTemplate => Refusal.NoTemplate,
        RejectionWhy.Unwritable => Refusal.Unwritable,
        RejectionWhy.WorkerDied => Refusal.WorkerDied,
    };
}
