using System.Reactive.Concurrency;
using System.Text;
using CsCheck;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LogSourceTests
{
    private const int Megabyte = 1024 * 1024;

    private static readonly LogRequest AtEnd = new(LogTarget.End, 100, 0);

    private HistoricalScheduler _clock = new(GivenLogs.Noon);
    private readonly List<LogPage> _pages = [];
    private string _folder = "";
    private LogSource? _source;
    private IDisposable? _subscription;

    private string Log => Path.Combine(_folder, "web.log");

    [SetUp]
    public void Begin()
    {
        _folder = Directory.CreateTempSubdirectory("log-source-").FullName;
        _clock = new HistoricalScheduler(GivenLogs.Noon);
    }

    [TearDown]
    public void End()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Opened_FiftyMegabytes_ShowsTheEndAfterReadingOnlyALittle()
    {
        var count = WriteLines(50 * Megabyte);
        var before = BytesReadByThisThread();
        var read = 0L;
        Open(AtEnd, told: _ => read = read == 0 ? BytesReadByThisThread() - before : read);
        Pass(TimeSpan.FromSeconds(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_pages[0].Lines, Has.Length.EqualTo(101));
            Assert.That(_pages[0].Lines[^1].Text, Does.StartWith($"{count - 1} "));
            Assert.That(_pages[0].Total, Is.Null, "the first page does not wait for the lines to be counted");
            Assert.That(read, Is.LessThan(2 * Megabyte));
        }

        Assert.That(_pages[^1].Total, Is.EqualTo(count));
        Assert.That(_pages[^1].Lines[^1].Number, Is.EqualTo(count));
    }

    [Test]
    public void Searched_FiftyMegabytes_AnswersWhatIsAskedInBetweenAndFindsAll()
    {
        var count = WriteLines(50 * Megabyte);
        var request = AtEnd with { Search = SearchPattern.Of("00 line") };
        Open(request, told: page =>
        {
            // Asked while the search is on its way: each answer asks for another page.
            if (page.Searching && page.Request.Before < 105)
                _source!.Ask(request with { Before = page.Request.Before + 1 });
            if (page.Request.Before == 102)
                File.AppendAllText(Log, "newest\n");
        });
        Pass(TimeSpan.FromSeconds(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_pages.Select(page => page.Request.Before).Take(6), Is.EqualTo(new[] { 100, 101, 102, 103, 104, 105 }));
            Assert.That(_pages.Take(6).Select(page => page.Searching), Is.All.True);
            Assert.That(_pages.Take(6).Select(page => page.Hits.Found), Is.Ordered.Ascending);
            Assert.That(_pages[5].Lines[^1].Text, Is.EqualTo("newest"));
            Assert.That(_pages[^1].Searching, Is.False);
            Assert.That(_pages[^1].Hits.Found, Is.EqualTo((count - 1) / 100));
        }
    }

    [Test]
    public void Grown_WhileFollowed_ReportsTheNewLinesWithTheTimeTheyArrived()
    {
        File.WriteAllText(Log, "old\n");
        Open(AtEnd);
        Pass(TimeSpan.FromSeconds(5));
        File.AppendAllText(Log, "new\nhal");
        Pass(TimeSpan.FromSeconds(2));
        var page = _pages[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Lines.Select(line => line.Text), Is.EqualTo(new[] { "old", "new", "hal" }));
            Assert.That(page.Lines[0].ArrivedAt, Is.Null);
            Assert.That(page.Lines[1].ArrivedAt, Is.InRange(GivenLogs.Noon.AddSeconds(5), GivenLogs.Noon.AddSeconds(7)));
            Assert.That(page.Lines[2].Unfinished);
            Assert.That(page.Arrived, Is.EqualTo(2));
        }
    }

    [Test]
    public void Quiet_AfterTheFirstPage_ReportsNothing()
    {
        File.WriteAllText(Log, "old\n");
        Open(AtEnd);
        Pass(TimeSpan.FromMinutes(10));
        Assert.That(_pages, Has.Count.LessThanOrEqualTo(2));
    }

    [TestCase("x\n")]
    [TestCase("another build that writes more than was there before\nand more\nand more\n")]
    public void BeganAgain_WhileShown_ReportsANewGeneration(string text)
    {
        File.WriteAllText(Log, "a build\nits second line\n");
        Open(AtEnd);
        Pass(TimeSpan.FromSeconds(2));
        var view = GivenLogs.View().With(_pages[^1]);
        using (var file = new FileStream(Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        Pass(TimeSpan.FromSeconds(2));
        view = view.With(_pages[^1]);
        Assert.That(view.Notice, Does.Contain("began again"));
        Assert.That(view.Page!.Lines.Select(line => line.Text), Is.EqualTo(text.TrimEnd('\n').Split('\n')));
    }

    [Test]
    public void NotThere_Opened_SaysGoneAndShowsItWhenItComes()
    {
        Open(AtEnd);
        Pass(TimeSpan.FromSeconds(1));
        Assert.That(_pages[^1].File, Is.EqualTo(LogFileState.Gone));
        File.WriteAllText(Log, "here\n");
        Pass(TimeSpan.FromSeconds(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_pages[^1].File, Is.EqualTo(LogFileState.Open));
            Assert.That(_pages[^1].Lines.Single().Text, Is.EqualTo("here"));
        }
    }

    /// <summary>A quarter of 460 bytes is 115, a byte behind the start of the second line; in fractions it is less.</summary>
    [TestCase(FilterKind.All)]
    [TestCase(FilterKind.Matching)]
    public void Percent_OfWholeBytes_IsTheLineFromThereOn(FilterKind kind)
    {
        File.WriteAllText(Log, new string('a', 113) + "\naaa\n" + new string('a', 99) + "\n" + new string('a', 241) + "\n");
        Open(new LogRequest(LogTarget.Percent(25), 1, 1, new LogFilter(kind, 0), SearchPattern.Of("a")));
        Pass(TimeSpan.FromSeconds(1));

        Assert.That(new FileInfo(Log).Length, Is.EqualTo(460));
        Assert.That(_pages[^1].Place.Offset, Is.EqualTo(118));
    }

    [Test]
    public void Asked_AnythingOfAnyLog_AnswersAsReadingItWholeWould() =>
        (
            from lines in Gen.String[Gen.Char["ab \u00e9\u65e5"], 0, 6].Array[0, 120]
            from kind in Gen.Int[0, 3]
            from number in Gen.Int[0, 130]
            from before in Gen.Int[0, 30]
            from after in Gen.Int[0, 30]
            from filter in Gen.Int[0, 3]
            from context in Gen.Int[0, 3]
            from pattern in Gen.Int[0, 3]
            select (lines, kind, number, before, after, filter, context, pattern)
        ).Sample(
            given =>
            {
                var baseline = Baseline.Of(given.lines.Where((_, index) => index % 3 != 0));
                var oracle = new PaperLog { Baseline = baseline }.Arrive(null, given.lines);
                var target = given.kind switch
                {
                    0 => LogTarget.End,
                    1 => LogTarget.Line(given.number),
                    2 => LogTarget.At(oracle.KeyOf(given.number)),
                    _ => LogTarget.Percent(given.number % 101),
                };
                var filter = new LogFilter((FilterKind)given.filter, given.filter == 2 ? 0 : given.context);
                var request = new LogRequest(
                    target,
                    given.before,
                    given.after,
                    filter,
                    SearchPattern.Of(new[] { "a", "b a", "^$", "[" }[given.pattern])
                );
                File.WriteAllText(Log, string.Concat(given.lines.Select(line => line + "\n")));
                Open(request, new LastGood(baseline, []));
                Pass(TimeSpan.FromSeconds(1));
                var (page, expected) = (_pages[^1], oracle.Answer(request));
                Close();
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(page.Hits.Found, Is.EqualTo(expected.Hits.Found));
                    Assert.That(page.Lines.Any(line => line.Key == page.Place), Is.EqualTo(page.Lines.Length > 0));
                    Assert.That(page.Total, Is.EqualTo(oracle.Count));
                    if (filter.Context == 0 || filter.Kind is FilterKind.All)
                    {
                        Assert.That(
                            page.Lines.Select(line => (line.Key, line.Number, line.Text, line.Status)),
                            Is.EqualTo(expected.Lines.Select(line => (line.Key, line.Number, line.Text, line.Status)))
                        );
                        Assert.That((page.AtStart, page.AtEnd), Is.EqualTo((expected.AtStart, expected.AtEnd)));
                        Assert.That(page.Place, Is.EqualTo(expected.Place));
                    }
                    else
                    {
                        // With context a page counts hits, not lines: it must be a part of the sequence without gaps.
                        var whole = oracle
                            .Answer(request with { Target = LogTarget.End, Before = 10_000 })
                            .Lines.Select(line => (line.Key, line.Number, line.Text))
                            .ToList();
                        var part = page.Lines.Select(line => (line.Key, line.Number, line.Text)).ToList();
                        Assert.That(part, Is.EqualTo(whole.SkipWhile(line => part.Count > 0 && line != part[0]).Take(part.Count)));
                        Assert.That(page.AtStart, Is.EqualTo(part.Count == 0 || part[0] == whole[0]));
                        Assert.That(page.AtEnd, Is.EqualTo(part.Count == 0 || part[^1] == whole[^1]));
                    }
                }
            },
            iter: 300,
            threads: 1
        );

    [Test]
    public void Used_WithAView_ScrollsAndSearchesThroughALogOfSomeMegabytes()
    {
        var count = WriteLines(3 * Megabyte);
        var view = GivenLogs.View();
        Open(view.Request(GivenLogs.Small)!);
        LogView Settled(LogView at)
        {
            for (var round = 0; round < 10; round++)
            {
                if (at.Request(GivenLogs.Small) is { } request)
                    _source!.Ask(request);
                Pass(TimeSpan.FromMilliseconds(300));
                at = _pages.Aggregate(at, (known, page) => known.With(page));
                _pages.Clear();
            }

            return at;
        }

        view = Settled(view);
        view = Settled(view.Apply(new ContentCommand(ContentAct.GoToLine, 5000), GivenLogs.Small));
        Assert.That(view.CurrentLine(GivenLogs.Small)!.Text, Does.StartWith("4999 "));
        view = Settled(view.Apply(new ContentCommand(ContentAct.Find, Text: "^123 "), GivenLogs.Small));
        Assert.That(view.CurrentLine(GivenLogs.Small)!.Number, Is.EqualTo(124));
        view = Settled(
            view.Apply(new ContentCommand(ContentAct.Open), GivenLogs.Small).Apply(new ContentCommand(ContentAct.End), GivenLogs.Small)
        );
        Assert.That(view.CurrentLine(GivenLogs.Small)!.Number, Is.EqualTo(count));
    }

    [Test]
    public void Everywhere_SeveralLogs_ListsTheHitsOfEach()
    {
        File.WriteAllText(Path.Combine(_folder, "a.log"), string.Concat(GivenLogs.Good.Select(line => line.Text + "\n")));
        File.WriteAllText(Path.Combine(_folder, "b.log"), string.Concat(Enumerable.Repeat("waiting\n", 30)));
        var builds = new[] { "a.log", "b.log", "c.log" }.Select(name =>
            GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good)) with
            {
                Id = name,
            }
        );
        var found = new List<OtherHits>();
        using var search = EverywhereSearch
            .In(
                SearchPattern.Of("waiting")!,
                true,
                builds,
                build => FileLocation.At(Path.Combine(_folder, build.Id)),
                build => build.Id == "a.log" ? Baseline.Of(["==> openstack: Waiting for SSH to become available..."]) : null,
                _clock
            )
            .Subscribe(found.Add);
        Pass(TimeSpan.FromSeconds(1));
        var all = found[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Searching, Is.False);
            Assert.That((all.Found, all.Logs), Is.EqualTo((34, 2)));
            Assert.That(all.Hits.Count(hit => hit.BuildId == "b.log"), Is.EqualTo(EverywhereSearch.MostOfOneLog));
            Assert.That(all.Hits[0].Text, Is.EqualTo("==> Waiting for server to become ready..."));
            Assert.That(all.Hits[0].Step, Does.StartWith("Waiting for server"));
            Assert.That(
                all.Hits.Select(hit => hit.Status).Distinct(),
                Is.EqualTo(new LineStatus?[] { LineStatus.New, LineStatus.Usual, null })
            );
        }
    }

    /// <summary>A log from elsewhere is read while it arrives.</summary>
    [Test]
    public void Page_OfALogThatArrives_TellsHowMuchIsHere_AndThatMoreBecameKnown()
    {
        File.WriteAllText(Log, new string('a', 999) + "\n");
        long? whole = null;
        _source = new LogSource(FileLocation.At(Log), _clock, whole: () => whole);
        _source.Ask(AtEnd);
        _subscription = _source.Pages.Subscribe(_pages.Add);
        Pass(TimeSpan.FromSeconds(2));
        Assert.That((_pages[^1].Here, _pages[^1].Whole), Is.EqualTo((1000L, (long?)null)));

        whole = 180_000;
        Pass(TimeSpan.FromSeconds(2));
        Assert.That((_pages[^1].Here, _pages[^1].Whole), Is.EqualTo((1000L, (long?)180_000)));
    }

    private void Open(LogRequest request, LastGood? lastGood = null, Action<LogPage>? told = null)
    {
        _source = new LogSource(FileLocation.At(Log), _clock, lastGood is null ? null : compared => compared(lastGood));
        _source.Ask(request);
        _subscription = _source.Pages.Subscribe(page =>
        {
            _pages.Add(page);
            told?.Invoke(page);
        });
    }

    private void Close()
    {
        _subscription?.Dispose();
        _source?.Dispose();
        Pass(TimeSpan.FromTicks(2));
        _pages.Clear();
    }

    private void Pass(TimeSpan time) => _clock.AdvanceBy(time);

    private int WriteLines(int bytes)
    {
        using var file = new StreamWriter(Log);
        var count = 0;
        for (long written = 0; written < bytes; count++)
        {
            var line = $"{count} line {new string('x', 60)}";
            file.WriteLine(line);
            written += line.Length + 1;
        }

        return count;
    }

    // Of this thread alone: other tests may read at the same time.
    private static long BytesReadByThisThread() =>
        long.Parse(File.ReadLines("/proc/thread-self/io").First(line => line.StartsWith("rchar:", StringComparison.Ordinal))[6..], null);
}
