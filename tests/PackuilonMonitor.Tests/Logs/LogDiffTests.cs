using System.Reactive.Concurrency;
using CsCheck;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LogDiffTests
{
    private string _folder = "";

    [SetUp]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("log-diff-").FullName;

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void LastGood_OfABuild_IsTheOneBeforeItOrElseTheNewest()
    {
        var builds = new[]
        {
            (1, BuildState.Succeeded),
            (2, BuildState.Succeeded),
            (3, BuildState.Failed),
            (4, BuildState.Succeeded),
            (5, BuildState.Failed),
        }
            .Select(made => GivenLogs.Build(made.Item2) with { Id = $"web@{made.Item1}" })
            .Append(GivenLogs.Build(BuildState.Succeeded) with { Id = "other", Template = "unmanaged.json" })
            .ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(LastGood.For(builds[2], builds)?.Id, Is.EqualTo("web@2"));
            Assert.That(LastGood.For(builds[4], builds)?.Id, Is.EqualTo("web@4"));
            Assert.That(LastGood.For(builds[0], builds)?.Id, Is.EqualTo("web@4"), "none before it");
            Assert.That(LastGood.For(GivenLogs.Build() with { Id = "new" }, builds)?.Id, Is.EqualTo("web@4"));
            Assert.That(LastGood.For(builds[5], builds), Is.Null, "the only one of its template");
            Assert.That(LastGood.For(builds[2] with { LogGone = true }, builds), Is.Null, "its file is another build's");
            Assert.That(LastGood.For(builds[2] with { LogGone = true, LogKept = true }, builds)?.Id, Is.EqualTo("web@2"));
            Assert.That(LastGood.For(GivenLogs.Build(shared: true) with { Id = builds[2].Id }, builds), Is.Null, "two builds wrote it");
            Assert.That(LastGood.For(builds[2], [builds[1] with { LogGone = true }, builds[2]]), Is.Null);
        }
    }

    [Test]
    public void Diff_AnyTwoLogs_ShowsEachLineOnceAndWhatTheOtherHasMoreOf() =>
        Gen.Char["abcdef"].Array[0, 40].Select(Gen.Char["abcdef"].Array[0, 40], Gen.Bool).Sample((here, there, isOver) =>
        {
            var lines = here.Select(letter => $"word {letter}").ToList();
            var good = there.Select(letter => $"word {letter}").ToList();
            var page = Asked(lines, good, isOver);
            var own = page.Where(line => line.Status is not LineStatus.Missing).Select(line => line.Text).ToList();
            var missing = page.Where(line => line.Status is LineStatus.Missing).Select(line => line.Text).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(own, Is.EqualTo(lines));
                Assert.That(page.Select(line => line.Key), Is.Ordered.And.Unique);
                if (isOver)
                    Assert.That(missing, Is.EquivalentTo(MoreOf(good, lines)));
                else
                    Assert.That(missing, Is.SubsetOf(MoreOf(good, lines)));
            }
        }, iter: 300, threads: 1);

    [Test]
    public void Diff_FailedBuildAgainstAGoodOne_ShowsWhatIsNewAndWhatNeverCame()
    {
        var view = Viewed(GivenLogs.Failed.Select(line => line.Text), GivenLogs.Good.Select(line => line.Text)).Lines;
        var first = view.First(line => line.Status is LineStatus.New);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Text, Does.Contain("Timeout waiting for SSH."));
            Assert.That(view.First(line => line.Status is LineStatus.Missing).Text, Does.Contain("Connected to SSH!"));
        }
    }

    [Test]
    public void OnlyNew_FailedBuild_ShowsThoseLinesAloneAndCountsThem()
    {
        var (view, source, clock, subscription) = Opened(
            GivenLogs.Failed.Select(line => line.Text),
            GivenLogs.Good.Select(line => line.Text)
        );
        using (subscription)
        {
            view.Value = view
                .Value.With(GivenLogs.Past, "the last good build (11:00)")
                .Apply(new LogCommand(LogAct.OnlyNew), GivenLogs.Small);
            Settle(view, source, clock);
            Assert.That(view.Value.Page!.Lines.Select(line => line.Status), Is.All.EqualTo(LineStatus.New));
            Assert.That(view.Value.Latest!.NewCount, Is.EqualTo(view.Value.Page.Lines.Length));
            Assert.That(view.Value.Picture(GivenLogs.Small), Does.Contain("only new lines"));
        }
    }

    /// <summary>However long the good log takes to be read, the log beside it is shown, moved in and searched.</summary>
    [Test]
    public void Opened_WhileTheGoodLogIsRead_IsShownAndSearched()
    {
        var path = Path.Combine(_folder, "web.log");
        File.WriteAllLines(path, GivenLogs.Failed.Select(line => line.Text));
        var clock = new HistoricalScheduler(GivenLogs.Noon);
        var waiting = new List<Action<LastGood?>>();
        using var source = new LogSource(FileLocation.At(path), clock, waiting.Add);
        var view = new Box
        {
            Value = GivenLogs
                .View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(GivenLogs.Failed), 346))
                .With(GivenLogs.Past, "last good"),
        };
        using var pages = source.Pages.Subscribe(page => view.Value = view.Value.With(page));
        Settle(view, source, clock);

        Assert.That(waiting, Has.Count.EqualTo(1), "asked once, after the first page");
        Assert.That((view.Value.Latest!.Comparison, view.Value.Latest.NewCount), Is.EqualTo((ComparisonState.Reading, (long?)null)));
        view.Value = view
            .Value.Apply(new ContentCommand(ContentAct.Find, Text: "SSH"), GivenLogs.Small)
            .Apply(LogAct.OnlyNew, GivenLogs.Small);
        Settle(view, source, clock);
        Assert.That(view.Value.Hits.Found, Is.Positive);
        Assert.That(view.Value.Page!.Lines, Has.Length.EqualTo(GivenLogs.Failed.Length), "whole, until it is known what is new");

        waiting[0](new LastGood(Baseline.Of(GivenLogs.Good.Select(line => line.Text)), [.. GivenLogs.Good.Select(line => line.Text)]));
        Settle(view, source, clock);
        Assert.That(view.Value.Latest!.Comparison, Is.EqualTo(ComparisonState.Ready));
        Assert.That(view.Value.Page!.Lines.Select(line => line.Status), Is.All.EqualTo(LineStatus.New));
    }

    private LogPage Viewed(IEnumerable<string> lines, IEnumerable<string> good)
    {
        var (view, source, clock, subscription) = Opened(lines, good);
        using (subscription)
        {
            view.Value = view
                .Value.With(GivenLogs.Past, "the last good build (11:00)")
                .Apply(new LogCommand(LogAct.Diff), GivenLogs.Small);
            Settle(view, source, clock);
            return view.Value.Page!;
        }
    }

    private (Box View, LogSource Source, HistoricalScheduler Clock, IDisposable Subscription) Opened(
        IEnumerable<string> lines,
        IEnumerable<string> good
    )
    {
        var path = Path.Combine(_folder, "web.log");
        File.WriteAllLines(path, lines);
        var clock = new HistoricalScheduler(GivenLogs.Noon);
        var source = new LogSource(FileLocation.At(path), clock, compared => compared(new LastGood(Baseline.Of(good), [.. good])));
        var view = new Box { Value = GivenLogs.View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(GivenLogs.Failed), 346)) };
        var subscription = source.Pages.Subscribe(page => view.Value = view.Value.With(page));
        Settle(view, source, clock);
        return (view, source, clock, subscription);
    }

    private static void Settle(Box view, LogSource source, HistoricalScheduler clock)
    {
        for (var round = 0; round < 5; round++)
        {
            if (view.Value.Request(GivenLogs.Small) is { } request)
                source.Ask(request);
            clock.AdvanceBy(TimeSpan.FromMilliseconds(300));
        }
    }

    private List<ShownLine> Asked(List<string> lines, List<string> good, bool isOver)
    {
        var path = Path.Combine(_folder, "web.log");
        File.WriteAllLines(path, lines);
        var clock = new HistoricalScheduler(GivenLogs.Noon);
        using var source = new LogSource(FileLocation.At(path), clock, compared => compared(new LastGood(Baseline.Of(good), [.. good])));
        var pages = new List<LogPage>();
        source.Ask(new LogRequest(LogTarget.End, 1000, 0, new LogFilter(FilterKind.Diff), IsOver: isOver));
        using (source.Pages.Subscribe(pages.Add))
            clock.AdvanceBy(TimeSpan.FromSeconds(1));
        source.Dispose();
        clock.AdvanceBy(TimeSpan.FromTicks(2));
        return [.. pages[^1].Lines];
    }

    private static List<string> MoreOf(List<string> there, List<string> here)
    {
        var more = new List<string>(there);
        foreach (var line in here)
            more.Remove(line);
        return more;
    }

    private sealed class Box
    {
        public required LogView Value { get; set; }
    }
}
