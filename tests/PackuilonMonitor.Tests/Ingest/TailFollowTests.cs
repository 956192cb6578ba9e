using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class TailFollowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Follow_NothingGrows_LooksOnceASecond()
    {
        using var run = new Run();
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(60));

        Assert.That(run.Polls, Is.InRange(60, 62));
    }

    [Test]
    public void Follow_FileGrew_LooksFourTimesASecondForTenSeconds()
    {
        using var run = new Run();
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(5));
        run.Folder.Append("messages", "1\n");
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(1));
        var before = run.Polls;
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(9));
        Assert.That(run.Polls - before, Is.InRange(34, 37));

        run.Clock.AdvanceBy(TimeSpan.FromSeconds(10));
        before = run.Polls;
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(10));
        Assert.That(run.Polls - before, Is.InRange(9, 11));
    }

    [Test]
    public void Follow_FileAppears_IsReportedWithinASecond()
    {
        using var run = new Run();
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(run.Events.OfType<SourceChanged>().Single().Health.State, Is.EqualTo(SourceState.Waiting));

        run.Folder.Append("messages", "1\n");
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(
            run.Events.OfType<SourceChanged>().Last().Health,
            Has.Property("State").EqualTo(SourceState.Following).And.Property("Since").EqualTo(Noon.AddSeconds(3))
        );
        Assert.That(run.Lines, Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void Follow_MoreThanATurn_GoesOnAtOnce()
    {
        using var run = new Run();
        run.Folder.Append("messages", string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 5000)));
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.That(run.Lines.Count(), Is.EqualTo(5000));
    }

    [Test]
    public void Follow_Disposed_LooksNoMore()
    {
        using var run = new Run();
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(1));
        run.Subscription.Dispose();
        run.Folder.Append("messages", "1\n");
        run.Clock.AdvanceBy(TimeSpan.FromSeconds(10));

        Assert.That(run.Lines, Is.Empty);
    }

    [Test]
    public void Hint_WakesAtOnce()
    {
        using var folder = new Support.TempFolder();
        using var loop = new EventLoopScheduler();
        using var hints = new DirectoryHints(loop);
        using var reader = new TailReader(folder["messages"], new TailOptions());
        using var seen = new BlockingQueue();
        folder.Append("messages", "0\n");
        using var subscription = Tail.Follow(reader, new WithoutLooksOfItsOwn(loop), hints).Subscribe(batch => seen.Add(batch));
        Assert.That(seen.Next(), Is.EqualTo("0"));

        for (var i = 1; i <= 20; i++)
        {
            folder.Append("messages", $"{i}\n");
            Assert.That(seen.Next(), Is.EqualTo($"{i}"));
        }

        Assert.That(hints.Watchers, Is.EqualTo(1));
    }

    [Test]
    public void Hints_ManyFilesInOneDirectory_TakeOneWatcher()
    {
        using var folder = new Support.TempFolder();
        var clock = new HistoricalScheduler(Noon);
        using var hints = new DirectoryHints(clock);
        var watches = Enumerable.Range(0, 300).Select(i => hints.Watch(folder[$"{i}.log"], _ => { })).ToList();
        Assert.That(hints.Watchers, Is.EqualTo(1));

        watches.ForEach(watch => watch.Dispose());
        Assert.That(hints.Watchers, Is.Zero);
    }

    [Test]
    public void Hints_DirectoryReplaced_AreArmedAgainWithinFiveSeconds()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["d"]);
        var clock = new HistoricalScheduler(Noon);
        using var hints = new DirectoryHints(clock);
        using var woken = new AutoResetEvent(false);
        using var watch = hints.Watch(folder["d/messages"], _ => woken.Set());
        Directory.Move(folder["d"], folder["aside"]);
        clock.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(hints.Watchers, Is.Zero);

        Directory.CreateDirectory(folder["d"]);
        clock.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(hints.Watchers, Is.EqualTo(1));
        woken.WaitOne(0);
        folder.Append("d/messages", "1\n");
        Assert.That(woken.WaitOne(TimeSpan.FromMinutes(5)), Is.True);
    }

    [Test]
    public void Hints_FileBehindALink_AreHeardFromItsOwnDirectory()
    {
        using var folder = new Support.TempFolder();
        Directory.CreateDirectory(folder["real"]);
        folder.Append("real/messages", "1\n");
        File.CreateSymbolicLink(folder["messages"], folder["real/messages"]);
        var clock = new HistoricalScheduler(Noon);
        using var hints = new DirectoryHints(clock);
        using var woken = new AutoResetEvent(false);
        using var watch = hints.Watch(folder["messages"], _ => woken.Set());
        woken.WaitOne(0);
        folder.Append("real/messages", "2\n");

        Assert.That(woken.WaitOne(TimeSpan.FromMinutes(5)), Is.True);
    }

    /// <summary>Forgets the next look that a reader asks for: only a hint makes one.</summary>
    private sealed class WithoutLooksOfItsOwn(EventLoopScheduler loop) : LocalScheduler
    {
        /// <summary>What gathers hints waits for less, and looks are further apart.</summary>
        private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

        public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
            dueTime < Between ? loop.Schedule(state, dueTime, action) : Disposable.Empty;
    }

    private sealed class BlockingQueue : IDisposable
    {
        private readonly System.Collections.Concurrent.BlockingCollection<string> _lines = [];

        public void Add(IReadOnlyList<TailEvent> batch)
        {
            foreach (var read in batch.OfType<LineRead>())
                _lines.Add(read.Line.Text);
        }

        public string? Next() => _lines.TryTake(out var line, TimeSpan.FromMinutes(5)) ? line : null;

        public void Dispose() => _lines.Dispose();
    }

    private sealed class Run : IDisposable
    {
        private readonly TailReader _reader;

        public Run()
        {
            _reader = new TailReader(Folder["messages"], new TailOptions { Hook = step => Polls += step == TailStep.PathChecked ? 1 : 0 });
            Subscription = Tail.Follow(_reader, Clock).Subscribe(Events.AddRange);
        }

        public Support.TempFolder Folder { get; } = new();

        public HistoricalScheduler Clock { get; } = new(Noon);

        public List<TailEvent> Events { get; } = [];

        public int Polls { get; private set; }

        public IDisposable Subscription { get; }

        public IEnumerable<string> Lines => Events.OfType<LineRead>().Select(read => read.Line.Text);

        public void Dispose()
        {
            Subscription.Dispose();
            _reader.Dispose();
            Folder.Dispose();
        }
    }
}
