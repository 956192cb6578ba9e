using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LogPaneTests
{
    private static readonly Size[] Sizes = [new(80, 24), new(140, 40), new(40, 10), new(20, 5)];

    private static IEnumerable<TestCaseData> Pictures() =>
        from size in Sizes
        from glyphs in new[] { Glyphs.Ascii, Glyphs.Unicode }
        where glyphs.IsAscii == size.Columns <= 80 || size.Columns == 80
        from name in new[] { "Running", "Failed", "Shared", "Paused", "Wrapped", "Found", "Typing", "Everywhere", "Steps" }
        select new TestCaseData(name, size, glyphs).SetArgDisplayNames(
            $"{name} {size.Columns}x{size.Rows} {(glyphs.IsAscii ? "ascii" : "utf8")}"
        );

    [TestCaseSource(nameof(Pictures))]
    public void Render_InventedLogs_LookAsTheyDid(string name, Size size, Glyphs glyphs)
    {
        var (view, log) = Given(name);
        view = view.Read(log, size);
        view = name switch
        {
            "Paused" => view.Do(log, size, new ContentCommand(ContentAct.PageUp))
                .Grown(log.Arrive(GivenLogs.Noon.AddSeconds(195), GivenLogs.Good[24].Text), size),
            "Wrapped" => view.Do(log, size, new LogCommand(LogAct.Wrap), new LogCommand(LogAct.TimeColumn), new LogCommand(LogAct.Prefix)),
            "Found" => view.Do(
                log,
                size,
                new ContentCommand(ContentAct.Find, Text: "waiting"),
                new ContentCommand(ContentAct.Open),
                new LogCommand(LogAct.NextHit)
            ),
            "Typing" => view.Do(log, size, new ContentCommand(ContentAct.Find), new ContentCommand(ContentAct.Find, Text: "waiting (")),
            "Everywhere" => view.Do(
                    log,
                    size,
                    new ContentCommand(ContentAct.Find, Text: "waiting"),
                    new ContentCommand(ContentAct.Open),
                    new LogCommand(LogAct.SearchEverywhere)
                )
                .With(
                    new OtherHits(
                        SearchPattern.Of("waiting")!,
                        [
                            new("web@1", "web-el9-x86_64.managed", 10, "Launching server", "==> Waiting for server to become ready..."),
                            new(
                                "db@1",
                                "db-el9-x86_64.unmanaged",
                                1234,
                                "Waiting for SSH to become available",
                                "==> Waiting for SSH to become available..."
                            ),
                        ],
                        31,
                        6,
                        true
                    )
                )
                .Do(log, size, new ContentCommand(ContentAct.LineDown)),
            "Steps" => view.Do(log, size, new LogCommand(LogAct.Steps)),
            _ => view,
        };

        Golden.Matches(
            $"Logs/{name}.{size.Columns}x{size.Rows}.{(glyphs.IsAscii ? "ascii" : "utf8")}.txt",
            view.Picture(size, glyphs, GivenLogs.Noon.AddSeconds(view.IsOver ? 400 : 195))
        );
    }

    [Test]
    public void Render_AnySizeDownToOneCell_DoesNotThrow()
    {
        foreach (var name in new[] { "Running", "Failed", "Wrapped" })
        {
            foreach (var columns in new[] { 0, 1, 2, 3, 5, 8, 9, 10, 11, 20, 45, 110 })
            {
                foreach (var rows in new[] { 0, 1, 2, 3, 4, 5, 8, 13, 14, 15, 30 })
                {
                    var (view, log) = Given(name);
                    var size = new Size(columns, rows);
                    Assert.That(
                        () =>
                            view.Do(
                                    log,
                                    size,
                                    new LogCommand(LogAct.Wrap),
                                    new LogCommand(LogAct.Steps),
                                    new ContentCommand(ContentAct.LineUp)
                                )
                                .Picture(size),
                        Throws.Nothing
                    );
                }
            }
        }
    }

    [Test]
    public void Render_StepsInThePlaceOfTheLog_AreMovedThroughToTheirFirstAndLeftAgain()
    {
        var (view, log) = Given("Failed");
        var size = new Size(80, 16);
        view = view.Read(log, size).Do(log, size, new LogCommand(LogAct.Steps));
        Assert.That(view.Picture(size), Does.Contain("more above").And.Not.Contain("Loading flavor"));

        view = view.Do(log, size, new ContentCommand(ContentAct.Start));
        Assert.That(view.Picture(size), Does.Contain("more below").And.Contain("Loading flavor"));
        Assert.That(view.Do(log, size, new ContentCommand(ContentAct.End)).Picture(size), Does.Contain("more above"));

        Assert.That(view.CanUndo(size));
        Assert.That(view.Do(log, size, new ContentCommand(ContentAct.Back)).Picture(size), Does.Not.Contain("STEPS"));
    }

    [Test]
    public void Render_BeforeTheFirstPage_SaysItOpens() => Assert.That(GivenLogs.View().Picture(GivenLogs.Small), Does.Contain("OPENING"));

    [Test]
    public void Render_EscapesInALog_AreShownAndNotObeyed()
    {
        var log = PaperLog.Of("\e]0;title\a\e[2J\e[31mred\e[0m FAILED\rPASSED", "a\u202eb");
        var picture = GivenLogs.View().Read(log, GivenLogs.Small).Picture(GivenLogs.Small, Glyphs.Unicode);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture, Does.Contain("␛]0;title␇␛[2Jred FAILED␍PASSED"));
            Assert.That(picture, Does.Contain("a<U+202E>b"));
            Assert.That(picture.Any(character => char.IsControl(character) && character != '\n'), Is.False);
        }
    }

    [Test]
    public void Render_LineReadAfterwards_HasNoInventedTime()
    {
        var log = GivenLogs.Paper(GivenLogs.Good, live: false);
        var picture = GivenLogs
            .View(GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good, live: false)))
            .Read(log, GivenLogs.Small)
            .Picture(GivenLogs.Small);
        Assert.That(picture, Does.Contain("\n         ==> Deleting temporary keypair").And.Contain("  no times  "));
    }

    [Test]
    public void Render_LineReadAfterwardsThatBeganAStepSeenLive_HasTheStepsTime()
    {
        var log = GivenLogs.Paper(GivenLogs.Good, live: false);
        var picture = GivenLogs
            .View(GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good)))
            .Read(log, GivenLogs.Small)
            .Picture(GivenLogs.Small);
        Assert.That(picture, Does.Contain("+4:30  ==> Deleting temporary keypair"));
    }

    [TestCase(true, false, "log gone")]
    [TestCase(false, true, "Nothing is concluded from it")]
    public void Render_LogThatIsNotTheBuildsOwn_SaysSo(bool gone, bool shared, string says)
    {
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Failed, seconds: 10, gone: gone, shared: shared));
        Assert.That(view.Picture(GivenLogs.Small), Does.Contain(says));
    }

    [Test]
    public void Render_FileGone_SaysWhy()
    {
        var page = PaperLog.Of().Answer(GivenLogs.View().Request(GivenLogs.Small)!) with
        {
            File = LogFileState.Unreadable,
            Why = "not readable: as uid 7",
        };
        Assert.That(GivenLogs.View().With(page).Picture(GivenLogs.Small), Does.Contain("log not readable: not readable: as uid 7"));
    }

    [Test]
    public void Render_ServerLeftBehind_ShowsTheCommandThatRemovesIt()
    {
        var (view, log) = Given("Failed");
        Assert.That(
            view.Read(log, GivenLogs.Small).Picture(GivenLogs.Small),
            Does.Contain("openstack server delete 0a1b2c3d-0a1b-4c2d-8e3f-001122334455")
        );
    }

    [Test]
    public void Render_LineWiderThanTheScreen_IsCutBetweenCharacters()
    {
        var log = PaperLog.Of("日本語日本語日本語日本語");
        var view = GivenLogs
            .View()
            .Read(log, new Size(21, 5))
            .Do(
                log,
                new Size(21, 5),
                new LogCommand(LogAct.TimeColumn),
                new LogCommand(LogAct.TimeColumn),
                new LogCommand(LogAct.TimeColumn)
            );
        var rows = view.Picture(new Size(21, 5), Glyphs.Unicode).Split('\n');
        Assert.That(rows[1], Is.EqualTo("  日本語日本語日本語›").Or.EqualTo("  日本語日本語日本語 ›"));
    }

    private static (LogView View, PaperLog Log) Given(string name) =>
        name is "Shared"
            ? (GivenLogs.SharedView, GivenLogs.Paper(GivenLogs.Failed, live: false))
        : name is "Failed"
            ? (
                GivenLogs.View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(GivenLogs.Failed), 346)).With(GivenLogs.Past, null),
                GivenLogs.Paper(GivenLogs.Failed)
            )
            : (
                GivenLogs.View(GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good[..24]))).With(GivenLogs.Past, null),
                GivenLogs.Paper(GivenLogs.Good[..24])
            );
}
