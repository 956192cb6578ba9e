using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>How often a directory of logs is polled, and what is released with a log. The clock moves by hand.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FollowedLogsTests : IDisposable
{
    private readonly HistoricalScheduler _clock = new(Given.Noon);
    private readonly TempFolder _folder = new();
    private readonly List<(double Second, string Name)> _read = [];
    private readonly List<SourceRead> _counts = [];
    private GivenWatcher? _watcher;
    private int _writes;

    public void Dispose() => _folder.Dispose();

    /// <summary>Every five seconds, and every quarter of a second for ten seconds after anything was observed.</summary>
    [Test]
    public void Follow_WithoutHints_PollsMoreOftenWhileALogGrows()
    {
        using var follow = Follow();

        foreach (var second in new[] { 21, 25.1, 35.1, 45.2, 45.3, 55.6 })
        {
            At(second);
            Write("a.log");
        }

        At(70);
        Assert.That(_read.Select(read => read.Second), Is.EqualTo(new[] { 25, 25.25, 35.25, 45.25, 45.5, 60.5 }));
    }

    /// <summary>The logs that are there at the start do not grow.</summary>
    [Test]
    public void Follow_WithoutHints_TakesWhatWasThereForNoGrowth()
    {
        Write("a.log");
        using var follow = Follow();
        At(1.1);
        Write("a.log");
        At(5.1);
        Write("a.log");
        At(9);

        Assert.That(_read.Select(read => read.Second), Is.EqualTo(new[] { 0, 5, 5.25 }));
    }

    /// <summary>A hint is answered at once, by the log that it names; what else changed is seen when the directory is polled.</summary>
    [Test]
    public void Follow_WithHints_ReadsTheNamedLogAtOnce()
    {
        using var follow = Follow();

        At(21);
        Write("a.log");
        Write("b.log");
        _watcher!.Hear("a.log");
        _watcher.Hear("a.log");
        At(21.26);
        Write("b.log");
        _watcher.Hear("b.log");
        At(40);
        Write("b.log");
        Write("a.log");
        _watcher.Hear(null);
        At(41);

        Assert.That(_read, Is.EqualTo(new[] { (21, "a.log"), (21.25, "b.log"), (21.3, "b.log"), (40, "b.log"), (40, "a.log") }));
        Assert.That(_counts.Select(count => count.Lines), Is.EqualTo(new[] { 1L, 1, 1, 2 }));
        Assert.That(_counts.Select(count => count.LastLineAt), Is.EqualTo(new[] { 21, 21.25, 21.3, 40 }.Select(Given.Noon.AddSeconds)));
    }

    /// <summary>Beyond 64 names, or where anything may have changed, the directory is polled: then b.log is seen, too.</summary>
    [TestCase("a.log", 63, false, false)]
    [TestCase("a.log", 63, true, false, Description = "the same names again")]
    [TestCase("a.log", 64, false, true)]
    [TestCase(null, 0, false, true)]
    [TestCase(null, 3, false, true)]
    public void Follow_WithHints_PollsTheWholeDirectoryWhereNamesAreTooMany(string? name, int others, bool isAgain, bool isWhole)
    {
        using var follow = Follow();
        At(21);
        Write("a.log");
        Write("b.log");

        for (var turn = 0; turn <= (isAgain ? 1 : 0); turn++)
        {
            _watcher!.Hear(name);
            for (var other = 0; other < others; other++)
                _watcher.Hear($"{other}.txt");
        }

        At(21.1);
        Assert.That(_read.Select(read => read.Name), Is.EqualTo(isWhole ? ["a.log", "b.log"] : new[] { "a.log" }));
        // Nothing of these names is left for the next time.
        At(22.6);
        _read.Clear();
        Write("a.log");
        Write("b.log");
        _watcher!.Hear("a.log");
        At(22.7);
        Assert.That(_read.Select(read => read.Name), Is.EqualTo(new[] { "a.log" }));
    }

    /// <summary>Looking at the log and opening it takes ten milliseconds each; a twentieth of the time may be spent on that.</summary>
    [Test]
    public void Follow_WherePollsAreSlow_WaitsAfterEach()
    {
        Write("a.log");
        using var follow = Follow(_ => _clock.Sleep(TimeSpan.FromMilliseconds(10)));

        At(0.1);
        Write("a.log");
        _watcher!.Hear(null);
        _watcher.Hear("a.log");
        At(3);

        Assert.That(_read, Is.EqualTo(new[] { (0, "a.log"), (0.63, "a.log") }));
    }

    [Test]
    public void ReadOnce_LinesAreCountedWithoutATime()
    {
        _folder.Write("a.log", GivenLog.Step("Launching server...") + "\n");
        using var logs = new BuildLogs(new LogDirectory(_folder.Path));

        var seen = logs.ReadAll(new Moment(TimeSpan.Zero, Given.Noon)).SelectMany(part => part);

        Assert.That(
            seen.Select(what => what.Event).OfType<SourceRead>(),
            Is.EqualTo(new[] { new SourceRead(1, null) { OfBuildLogs = true } })
        );
    }

    /// <summary>More than one poll reads of a log, and then it is gone.</summary>
    [Test]
    public void Log_ThatGoesBeforeItIsReadToItsEnd_IsClosed()
    {
        var line = new string('x', 999) + "\n";
        _folder.Write("a.log", string.Concat(Enumerable.Repeat(line, 3_000)));
        using var logs = new BuildLogs(new LogDirectory(_folder.Path));
        logs.Poll(default);
        Assert.That((logs.HasMore, Open()), Is.EqualTo((true, 1)));

        _folder.Delete("a.log");
        logs.Poll(default);

        Assert.That((logs.HasMore, Open()), Is.EqualTo((false, 0)));
    }

    [Test]
    public void Logs_ThatEndBeforeTheyAreRead_AreClosed()
    {
        _folder.Write("a.log", string.Concat(Enumerable.Repeat("line\n", 300_000)));
        using (var logs = new BuildLogs(new LogDirectory(_folder.Path)))
        {
            logs.Poll(default);
            Assert.That(Open(), Is.EqualTo(1));
        }

        Assert.That(Open(), Is.Zero);
    }

    private CompositeDisposable Follow(Action<string>? wanted = null)
    {
        Directory.CreateDirectory(_folder["quiet"]);
        Directory.CreateDirectory(_folder["logs"]);
        // Nothing ever changes where it really watches.
        var hints = new DirectoryHints(_clock, null, _ => _watcher = new GivenWatcher(_folder["quiet"]));
        var logs = new BuildLogs(new LogDirectory(_folder["logs"], wanted: wanted));
        var follow = logs.Follow(_clock, hints).Subscribe(seen =>
        {
            _read.AddRange(
                seen.Where(what => what.Event is BuildLogRead)
                    .Select(what => ((what.At - Given.Noon).TotalSeconds, ((BuildLogRead)what.Event).File))
            );
            _counts.AddRange(seen.Select(what => what.Event).OfType<SourceRead>());
        });
        At(0);
        return new CompositeDisposable(follow, logs, hints);
    }

    /// <summary>Each change has a time of its own, whatever the clock of the file system.</summary>
    private void Write(string name)
    {
        Directory.CreateDirectory(_folder["logs"]);
        _folder.Append($"logs/{name}", GivenLog.Step("Launching server...") + "\n");
        File.SetLastWriteTimeUtc(_folder[$"logs/{name}"], Given.Noon.UtcDateTime.AddSeconds(++_writes));
    }

    private void At(double second) => _clock.AdvanceTo(Given.Noon.AddSeconds(second));

    /// <summary>Descriptors that lead into the folder, those of watchers not among them.</summary>
    private int Open() =>
        Directory
            .GetFiles("/proc/self/fd")
            .Count(link => new FileInfo(link).LinkTarget?.StartsWith($"{_folder.Path}/", StringComparison.Ordinal) == true);
}
