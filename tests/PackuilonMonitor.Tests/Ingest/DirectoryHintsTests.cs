using System.Collections.Concurrent;
using System.Reactive.Concurrency;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>When a watcher is made again, whom it wakes, and that nothing of it remains. The clock moves by hand.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DirectoryHintsTests : IDisposable
{
    private const int Patience = TestPatience.Milliseconds;

    private readonly HistoricalScheduler _clock = new(Given.Noon);
    private readonly ConcurrentQueue<string?> _woken = new();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Watcher_AfterFiveMinutes_IsMadeAgainAndWakes_AndNotBefore()
    {
        using var hints = new DirectoryHints(_clock);
        using var watch = hints.Watch(_folder["messages"], _woken.Enqueue);

        _clock.AdvanceBy(TimeSpan.FromSeconds(295));
        Assert.That(_woken, Is.Empty);
        _clock.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(_woken, Is.EqualTo(new string?[] { null }));
        Assert.That(hints.Watchers, Is.EqualTo(1));
    }

    [Test]
    public void Watcher_OfADirectoryThatAppears_IsMadeAtTheNextCheck()
    {
        using var hints = new DirectoryHints(_clock);
        using var watch = hints.Watch(_folder["later/messages"], _woken.Enqueue);
        Assert.That(hints.Watchers, Is.Zero);
        Directory.CreateDirectory(_folder["later"]);

        _clock.AdvanceBy(TimeSpan.FromSeconds(4.9));
        Assert.That(hints.Watchers, Is.Zero);
        _clock.AdvanceBy(TimeSpan.FromSeconds(0.1));
        Assert.That((hints.Watchers, _woken.Count), Is.EqualTo((1, 1)));
        _folder.Append("later/messages", "1\n");
        Assert.That(() => _woken.Contains("messages"), Is.True.After(Patience, 5));
    }

    [Test]
    public void Watch_ThatEnds_LeavesNothingOpen_AndTheOtherOfItsDirectoryHears()
    {
        using var hints = new DirectoryHints(_clock);
        var before = Watching();
        var first = hints.Watch(_folder["messages"], _woken.Enqueue);
        var other = hints.Watch(_folder["other"], _ => { });

        other.Dispose();
        Assert.That(hints.Watchers, Is.EqualTo(1));
        _folder.Append("messages", "1\n");
        Assert.That(() => _woken.Contains("messages"), Is.True.After(Patience, 5));
        first.Dispose();

        Assert.That(hints.Watchers, Is.Zero);
        Assert.That(() => Watching(), Is.EqualTo(before).After(Patience, 5));
    }

    [Test]
    public void Hints_ThatEnd_LeaveNothingOpen()
    {
        var before = Watching();
        using (var hints = new DirectoryHints(_clock))
        {
            hints.Watch(_folder["messages"], _woken.Enqueue);
            hints.Watch(_folder["messages.1"], _woken.Enqueue);
        }

        Assert.That(() => Watching(), Is.EqualTo(before).After(Patience, 5));
    }

    [Test]
    public void File_OfAnotherName_WakesNobody()
    {
        using var hints = new DirectoryHints(_clock);
        using var watch = hints.Watch(_folder["messages"], _woken.Enqueue);

        _folder.Append("message", "1\n");
        _folder.Append("messages.1", "1\n");

        Assert.That(() => _woken, Has.Member("messages.1").After(Patience, 5));
        Assert.That(_woken, Has.No.Member("message"));
    }

    [Test]
    public void File_ThatIsRenamedOrDeleted_WakesUnderItsNames()
    {
        _folder.Append("messages", "1\n");
        _folder.Append("messages.2", "1\n");
        using var hints = new DirectoryHints(_clock);
        using var moved = hints.Watch(_folder["messages"], _woken.Enqueue);

        _folder.Move("messages", "messages.1");
        _folder.Delete("messages.2");

        Assert.That(() => _woken, Has.Member("messages").And.Member("messages.1").And.Member("messages.2").After(Patience, 5));
    }

    [TestCase(0, null, Description = "the queue of the kernel was too short")]
    [TestCase(24, "no inotify instance is left for this user (fs.inotify.max_user_instances)")]
    [TestCase(28, "no inotify watch is left for this user (fs.inotify.max_user_watches)")]
    [TestCase(5, null)]
    public void Watcher_ThatFails_IsReplacedAtTheNextCheckAndNotAgain(int error, string? why)
    {
        var (watchers, reports) = (new List<GivenWatcher>(), new List<(string, string)>());
        using var hints = new DirectoryHints(_clock, (directory, told) => reports.Add((directory, told)), directory =>
        {
            watchers.Add(new GivenWatcher(directory));
            return watchers[^1];
        });
        using var watch = hints.Watch(_folder["messages"], _woken.Enqueue);
        _clock.AdvanceBy(TimeSpan.FromSeconds(7));
        Assert.That((watchers.Count, watchers[0].EnableRaisingEvents, _woken.Count), Is.EqualTo((1, true, 0)));

        watchers[0].Fail(error == 0 ? new InternalBufferOverflowException() : new IOException("no", error));
        watchers[0].Fail(error == 0 ? new InternalBufferOverflowException() : new IOException("no", error));
        _clock.AdvanceBy(TimeSpan.FromSeconds(2.9));
        Assert.That((watchers.Count, watchers[0].IsOpen), Is.EqualTo((1, true)));
        _clock.AdvanceBy(TimeSpan.FromSeconds(0.1));
        Assert.That(watchers.Select(watcher => watcher.IsOpen), Is.EqualTo(new[] { false, true }));
        Assert.That((watchers[1].EnableRaisingEvents, hints.Watchers), Is.EqualTo((true, 1)));
        Assert.That(_woken, Is.EqualTo(new string?[] { null }));

        _clock.AdvanceBy(TimeSpan.FromSeconds(295));
        Assert.That((watchers.Count, _woken.Count), Is.EqualTo((2, 1)));
        _clock.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(watchers.Select(watcher => watcher.IsOpen), Is.EqualTo(new[] { false, false, true }));
        Assert.That(reports, Is.EqualTo(why is null ? [] : new[] { (_folder.Path, why) }));
    }

    [Test]
    public void Watcher_OfADirectoryThatIsReplaced_IsReplacedAtTheNextCheck()
    {
        var watchers = new List<GivenWatcher>();
        using var hints = new DirectoryHints(_clock, null, directory =>
        {
            watchers.Add(new GivenWatcher(directory));
            return watchers[^1];
        });
        Directory.CreateDirectory(_folder["logs"]);
        using var watch = hints.Watch(_folder["logs/messages"], _woken.Enqueue);

        Directory.Move(_folder["logs"], _folder["aside"]);
        Directory.CreateDirectory(_folder["logs"]);
        _clock.AdvanceBy(TimeSpan.FromSeconds(5));

        Assert.That(watchers.Select(watcher => watcher.IsOpen), Is.EqualTo(new[] { false, true }));
        Assert.That(_woken.Count(name => name is null), Is.EqualTo(1));
    }

    [Test]
    public void Watchers_OfHintsThatEnd_AreClosed_AndNoneIsMadeLater()
    {
        var watchers = new List<GivenWatcher>();
        var hints = new DirectoryHints(_clock, null, directory =>
        {
            watchers.Add(new GivenWatcher(directory));
            return watchers[^1];
        });
        hints.Watch(_folder["messages"], _woken.Enqueue);
        hints.Watch("/", _woken.Enqueue).Dispose();
        Assert.That(watchers.Select(watcher => watcher.IsOpen), Is.EqualTo(new[] { true, false }));

        hints.Dispose();
        _clock.AdvanceBy(TimeSpan.FromHours(1));

        Assert.That(watchers.Select(watcher => watcher.IsOpen), Is.EqualTo(new[] { false, false }));
        Assert.That(_woken, Is.Empty);
    }

    /// <summary>How many directories the kernel watches for this process.</summary>
    private static int Watching() =>
        Directory.GetFiles("/proc/self/fdinfo").Sum(file =>
        {
            try
            {
                return File.ReadLines(file).Count(line => line.StartsWith("inotify wd:", StringComparison.Ordinal));
            }
            catch (IOException)
            {
                // The descriptor that listed them.
                return 0;
            }
        });
}
