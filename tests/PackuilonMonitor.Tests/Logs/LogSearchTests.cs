using CsCheck;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using Size = PackuilonMonitor.Cells.Size;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LogSearchTests
{
    private static readonly Size Small = GivenLogs.Small;

    [TestCase("ssh", "Connected to SSH!", true)]
    [TestCase("SSH", "connected to ssh", false)]
    [TestCase(@"\Sonnected", "connected", true)]
    [TestCase("a.c", "xabcx", true)]
    [TestCase("((", "f((x", true)]
    [TestCase("((", "f(x", false)]
    [TestCase(@"(a)\1", @"say (a)\1 twice", true)]
    public void Pattern_SmartCaseAndBrokenOnes_Match(string pattern, string line, bool matches) =>
        Assert.That(SearchPattern.Of(pattern)!.IsMatch(line), Is.EqualTo(matches));

    [TestCase(SearchCase.Smart, "ssh", "SSH", true)]
    [TestCase(SearchCase.Smart, "Ssh", "SSH", false)]
    [TestCase(SearchCase.Ignored, "Ssh", "SSH", true)]
    [TestCase(SearchCase.Counts, "ssh", "SSH", false)]
    public void Pattern_WhereCaseWasChosen_FollowsTheChoice(SearchCase letters, string pattern, string line, bool matches) =>
        Assert.That(SearchPattern.Of(pattern, new SearchHow(letters, Plain: false))!.IsMatch(line), Is.EqualTo(matches));

    [Test]
    public void Pattern_AsPlainText_IsNoExpression() =>
        Assert.That(SearchPattern.Of("a.c", new SearchHow(SearchCase.Smart, Plain: true))!.IsMatch("abc"), Is.False);

    [Test]
    public void CaseKey_WhileTypingAndAfter_TurnsRoundWhatCounts()
    {
        var log = PaperLog.Of("one ssh", "two SSH", "three ssh");
        var typing = GivenLogs.View().Read(log, Small).Do(log, ContentAct.Start).Find(log, "").Find(log, "ssh");
        var counted = typing.Do(log, LogAct.SearchCase);
        var back = counted.Do(log, ContentAct.Open, LogAct.SearchCase);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((typing.Hits.Found, counted.Hits.Found, back.Hits.Found), Is.EqualTo((3, 2, 3)));
            Assert.That(counted.Search.Typing, "it is still typed");
            Assert.That(counted.Picture(Small), Does.Contain("case counts"));
            Assert.That(back.Notice, Does.Contain("case ignored"));
        }
    }

    [Test]
    public void KindKey_OnAPattern_SearchesItAsTextAndBack()
    {
        var log = PaperLog.Of("abc", "a.c", "xyz");
        var plain = GivenLogs.View().Read(log, Small).Find(log, "a.c").Do(log, ContentAct.Open, LogAct.SearchKind);
        var regex = plain.Do(log, LogAct.SearchKind);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((plain.Hits.Found, regex.Hits.Found), Is.EqualTo((1, 2)));
            Assert.That(plain.CurrentLine(Small)!.Text, Is.EqualTo("a.c"));
        }
    }

    [Test]
    public void Typed_Nothing_SearchesTheLastPatternAgain()
    {
        var log = PaperLog.Numbered(1000);
        var once = GivenLogs.View().Read(log, Small).Do(log, ContentAct.Start).Find(log, "line .00$").Do(log, ContentAct.Open);
        var again = once.Find(log, "").Do(log, ContentAct.Open);
        var cleared = once.Do(log, ContentAct.Back);
        var after = cleared.Find(log, "").Do(log, ContentAct.Open);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(once.CurrentLine(Small)!.Number, Is.EqualTo(100));
            Assert.That(again.CurrentLine(Small)!.Number, Is.EqualTo(200));
            Assert.That(cleared.Search.Pattern, Is.Null);
            Assert.That(after.CurrentLine(Small)!.Number, Is.EqualTo(200));
        }
    }

    [Test]
    public void Typed_LetterByLetter_GoesToTheFirstHitFromWhereItBegan()
    {
        var log = PaperLog.Numbered(1000);
        var view = GivenLogs
            .View()
            .Read(log, Small)
            .Do(log, Small, new ContentCommand(ContentAct.GoToLine, 300))
            .Find(log, "")
            .Find(log, "4")
            .Find(log, "40")
            .Find(log, "400");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.CurrentLine(Small)!.Number, Is.EqualTo(400));
            Assert.That(view.Search.Typing);
            Assert.That(view.Picture(Small), Does.Contain("hit 1/1"));
        }
    }

    [Test]
    public void Typed_ThenBack_IsWhereItBegan()
    {
        var log = PaperLog.Numbered(1000);
        var before = GivenLogs
            .View()
            .Read(log, Small)
            .Do(log, Small, new ContentCommand(ContentAct.GoToLine, 300), new ContentCommand(ContentAct.LineDown));
        var after = before.Find(log, "9").Find(log, "99").Do(log, ContentAct.Back);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Rows(Small), Is.EqualTo(before.Rows(Small)));
            Assert.That(after.Search.Pattern, Is.Null);
            Assert.That(after.Search.Typing, Is.False);
        }
    }

    [Test]
    public void Typed_WhileFollowing_ThenBack_FollowsAgain()
    {
        var log = PaperLog.Numbered(1000);
        Assert.That(GivenLogs.View().Read(log, Small).Find(log, "line 5").Do(log, ContentAct.Back).Position.Follows);
    }

    [Test]
    public void Typed_NoRegularExpression_IsSearchedAsTextAndSaidSo()
    {
        var log = PaperLog.Of("a", "b(c", "d");
        var view = GivenLogs.View().Read(log, Small).Find(log, "b(");
        Assert.That(view.Hits.Found, Is.EqualTo(1));
        Assert.That(view.Notice, Does.Contain("plain text"));
    }

    [Test]
    public void Typed_NothingMatches_StaysAndSaysSo()
    {
        var log = PaperLog.Numbered(100);
        var before = GivenLogs.View().Read(log, Small).Do(log, ContentAct.PageUp);
        var view = before.Find(log, "nowhere");
        Assert.That(view.Notice, Is.EqualTo("not found: nowhere"));
        Assert.That(view.Rows(Small), Is.EqualTo(before.Rows(Small)));
    }

    [Test]
    public void NextHit_PastTheLast_GoesOnFromTheStartAndSaysSo()
    {
        var log = PaperLog.Numbered(60);
        var view = GivenLogs
            .View()
            .Read(log, Small)
            .Do(log, ContentAct.Start)
            .Find(log, "line [15]0")
            .Do(log, ContentAct.Open, LogAct.NextHit, LogAct.NextHit);
        Assert.That(view.CurrentLine(Small)!.Number, Is.EqualTo(10));
        Assert.That(view.Notice, Does.Contain("from the start"));
        Assert.That(view.Do(log, LogAct.PreviousHit).CurrentLine(Small)!.Number, Is.EqualTo(50));
    }

    [Test]
    public void NextAndPreviousHit_AnyLogAndPattern_GoWhereReadingTheLogFromTopToBottomFindsThem() =>
        AnyOf("abc", "b", "ab", "xyz", "c a", "")
            .Array[1, 300]
            .Select(AnyOf("b", "c a|xyz", "^$", "q", "["), Gen.Bool.Array[1, 12])
            .Sample(
                (lines, text, ways) =>
                {
                    var log = PaperLog.Of(lines);
                    var pattern = SearchPattern.Of(text)!;
                    var hits = lines
                        .Select((line, index) => (line, number: index + 1L))
                        .Where(line => pattern.IsMatch(line.line))
                        .Select(line => line.number)
                        .ToList();
                    var view = GivenLogs.View().Read(log, Small).Do(log, ContentAct.Start).Find(log, text).Do(log, ContentAct.Open);
                    Assert.That(view.Hits.Found, Is.EqualTo(hits.Count));
                    if (hits.Count == 0)
                        return;
                    var at = 0;
                    Assert.That(view.CurrentLine(Small)!.Number, Is.EqualTo(hits[0]));
                    foreach (var forward in ways)
                    {
                        at = (at + (forward ? 1 : -1) + hits.Count) % hits.Count;
                        view = view.Do(log, forward ? LogAct.NextHit : LogAct.PreviousHit);
                        Assert.That(view.CurrentLine(Small)!.Number, Is.EqualTo(hits[at]));
                        Assert.That(view.HitIndex, Is.EqualTo(at));
                    }
                },
                iter: 100
            );

    [Test]
    public void OnlyMatches_WithContext_ShowsTheLinesAround()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs
            .View()
            .Read(log, Small)
            .Do(log, ContentAct.Start)
            .Find(log, "line 50")
            .Do(log, ContentAct.Open, LogAct.OnlyMatches);
        Assert.That(Shown(view), Is.EqualTo(new long[] { 50 }));
        view = view.Do(log, LogAct.MoreContext);
        Assert.That(Shown(view), Is.EqualTo(new long[] { 49, 50, 51 }));
        Assert.That(Shown(view.Do(log, LogAct.LessContext)), Is.EqualTo(new long[] { 50 }));
        Assert.That(Shown(view.Do(log, LogAct.OnlyOthers)), Has.No.Member(50).And.Member(49));
    }

    [Test]
    public void Back_AfterSearchAndFilterAndFullScreen_UndoesOneAtATime()
    {
        var log = PaperLog.Numbered(100);
        var view = GivenLogs
            .View()
            .Read(log, Small)
            .Do(log, ContentAct.FullScreen)
            .Find(log, "50")
            .Do(log, ContentAct.Open, LogAct.OnlyMatches, ContentAct.Freeze);
        var seen = new List<(bool Frozen, FilterKind Filter, bool Searches, bool Full)>();
        while (view.CanUndo(Small))
        {
            view = view.Do(log, ContentAct.Back);
            seen.Add((view.Position.Frozen, view.Filter.Kind, view.Search.Pattern is not null, view.Look.FullScreen));
        }

        Assert.That(
            seen,
            Is.EqualTo(
                new[]
                {
                    (false, FilterKind.Matching, true, true),
                    (false, FilterKind.All, true, true),
                    (false, FilterKind.All, false, true),
                    (false, FilterKind.All, false, false),
                }
            )
        );
    }

    [Test]
    public void Hits_InAColouredLine_AreHighlightedWhereTheyAreSeen()
    {
        var log = PaperLog.Of("\e[0;32m    openstack: 日本 \e[1mneedle\e[0m end");
        var view = GivenLogs.View().Read(log, Small).Find(log, "needle");
        var cells = new CellBuffer(Small);
        LogPane.Render(view, view.Build, MonitorState.Empty, GivenLogs.Noon, cells, Palette.Dark, Glyphs.Unicode);
        var row = LogLayout.Of(view, Small).Log.Y;
        var found = Enumerable
            .Range(0, Small.Columns)
            .Where(column => cells[row, column].Style == Palette.Dark.Hit)
            .Select(column => cells[row, column].Grapheme);
        Assert.That(string.Concat(found), Is.EqualTo("needle"));
    }

    [Test]
    public void Everywhere_HitChosen_AsksForThatBuildsLog()
    {
        var log = PaperLog.Numbered(10);
        var view = GivenLogs.View().Read(log, Small).Find(log, "line").Do(log, ContentAct.Open, LogAct.SearchEverywhere);
        Assert.That(view.AllBuilds.Pattern, Is.EqualTo(SearchPattern.Of("line")));
        view = view.With(
            new OtherHits(
                view.AllBuilds.Pattern!,
                [new("web@1", "web.managed", 3, null, "line 3"), new("db@1", "db.managed", 8, "Provision", "line 8")],
                11,
                2,
                false
            )
        );
        Assert.That(view.Do(log, ContentAct.Open).CurrentLine(Small)!.Number, Is.EqualTo(3));
        Assert.That(view.Do(log, ContentAct.LineDown, ContentAct.Open).AllBuilds.Jump!.BuildId, Is.EqualTo("db@1"));
        Assert.That(view.Picture(Small), Does.Contain("HITS  /line/  10 hits in this log, 1 in 1 other build"));
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static long[] Shown(LogView view) => [.. view.Page!.Lines.Select(line => line.Number!.Value)];
}
