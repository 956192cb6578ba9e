using System.Reactive.Concurrency;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Logs;

/// <summary>A log of several builders, of which the view shows one.</summary>
public sealed class OneBuilderTests
{
    private static readonly LogCommand Next = new(LogAct.NextBuilder);
    private static readonly LogCommand Before = new(LogAct.PreviousBuilder);

    private static readonly (int Second, string Text)[] Two =
    [
        (0, "\e[1;32mopenstack.alma9: output will be in this color.\e[0m"),
        (0, "\e[1;36mopenstack.rocky9: output will be in this color.\e[0m"),
        (0, ""),
        (1, "\e[1;32m==> openstack.alma9: Launching server...\e[0m"),
        (1, "\e[1;36m==> openstack.rocky9: Launching server...\e[0m"),
        (2, "\e[0;36m    openstack.rocky9: Server ID: 0a1b2c3d-0a1b-4c2d-8e3f-001122334455\e[0m"),
        (3, "\e[1;31m==> openstack.alma9: Error launching source server: Quota exceeded\e[0m"),
        (4, "\e[1;31mBuild 'openstack.alma9' errored after 4 seconds: Error launching source server: Quota exceeded\e[0m"),
        (9, "\e[1;36m==> openstack.rocky9: Waiting for server to become ready...\e[0m"),
    ];

    [TestCase("\e[1;36m==> openstack.rocky9: Launching server...\e[0m", true)]
    [TestCase("\e[1;32m==> openstack.alma9: Launching server...\e[0m", false)]
    [TestCase("    openstack.rocky9: ok", true)]
    [TestCase("    openstack.alma9: ok", false)]
    [TestCase("==> openstack.rocky9 (shell-local): Running local shell script: /tmp/a", true)]
    [TestCase("==> openstack.alma9 (shell-local): Running local shell script: /tmp/a", false)]
    [TestCase("openstack.rocky9: output will be in this color.", true)]
    [TestCase("openstack.alma9: output will be in this color.", false)]
    [TestCase("Build 'openstack.rocky9' finished after 4 minutes.", true)]
    [TestCase("--> openstack.rocky9: An image was created: 99998888-7777-4666-9555-444433332222", true)]
    [TestCase("2026-11-22T09:12:31Z: ==> openstack.rocky9: Launching server...", true)]
    [TestCase("1795309774,,ui,say,==> openstack.rocky9: Launching server...", true)]
    [TestCase("1795309774,,ui,say,==> openstack.alma9: Launching server...", false)]
    [TestCase("2026/11/22 09:12:31 ui: ==> openstack.rocky9: Launching server...", true)]
    [TestCase("==> Builds finished but no artifacts were created.", false)]
    [TestCase("==> Some builds didn't complete successfully and had errors:", false)]
    [TestCase("a line that continues another", false)]
    [TestCase("", false)]
    public void Line_OfAnotherBuilder_IsKnownByItsName(string line, bool isOther) =>
        Assert.That(LineOwner.IsOther(line, "openstack.alma9"), Is.EqualTo(isOther));

    [Test]
    public void Line_OfABuilderWithALongName_IsItsOwn()
    {
        var name = new string('x', 200);
        var log = BuildLog.Empty
            .Apply($"{name}: output will be in this color.", null)
            .Apply($"Build '{name}' finished after 4 minutes.", null)
            .Apply($"Build '{name}' finished after 4 minutes.", null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Builders, Has.Length.EqualTo(1), "a name that is cut is still the same name");
            Assert.That(LineOwner.IsOther($"Build '{name}' finished.", log.Builders[0].Name), Is.False);
        }
    }

    [Test]
    public void Key_ShowsEachBuilderInTurnAndThenAllAgain()
    {
        var paper = GivenLogs.Paper(Two);
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Building, GivenLogs.Folded(Two))).Read(paper, GivenLogs.Small);

        var alma = view.Do(paper, Next);
        var rocky = alma.Do(paper, Next);
        var all = rocky.Do(paper, Next);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Numbers(alma), Is.EqualTo(new[] { 1, 3, 4, 7, 8 }));
            Assert.That(Numbers(rocky), Is.EqualTo(new[] { 2, 3, 5, 6, 9 }));
            Assert.That(Numbers(all), Is.EqualTo(Enumerable.Range(1, 9)));
            Assert.That(alma.Picture(GivenLogs.Small), Does.Contain("only builder openstack.alma9"));
            Assert.That(all.Picture(GivenLogs.Small), Does.Not.Contain("only builder"));
        }
    }

    [Test]
    public void KeyBackwards_ShowsTheLastBuilderFirst()
    {
        var paper = GivenLogs.Paper(Two);
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Building, GivenLogs.Folded(Two))).Read(paper, GivenLogs.Small);

        string? Shown(params Command[] commands) => view.Do(paper, commands).Filter.Builder;

        Assert.That(Shown(Before), Is.EqualTo("openstack.rocky9"));
        Assert.That(Shown(Before, Before), Is.EqualTo("openstack.alma9"));
        Assert.That(Shown(Before, Before, Before), Is.Null);
        Assert.That(Shown(Next, Before), Is.Null);
    }

    [Test]
    public void Steps_AreThoseOfTheBuilderThatIsShown()
    {
        var paper = GivenLogs.Paper(Two);
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Building, GivenLogs.Folded(Two))).Read(paper, GivenLogs.Small);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Steps(view.Do(paper, Next)), Is.EqualTo(new[] { "Launching server" }));
            Assert.That(
                Steps(view.Do(paper, Next, Next)),
                Is.EqualTo(new[] { "Launching server", "Waiting for server to become ready" })
            );
        }
    }

    [TestCase(80)]
    [TestCase(140)]
    public void Header_OfSeveralBuilders_HasTheEndOfEach(int columns)
    {
        var size = new Size(columns, 24);
        (int Second, string Text)[] lines =
        [
            .. Two,
            (10, "\e[0;36m    openstack.rocky9: Image: 99998888-7777-4666-9555-444433332222\e[0m"),
            (11, "Build 'openstack.rocky9' finished after 11 seconds."),
        ];
        var paper = GivenLogs.Paper(lines);
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(lines), 12)).Read(paper, size);
        var all = view.Picture(size);
        var alma = view.Do(paper, Next).Picture(size);
        var rocky = view.Do(paper, Next, Next).Picture(size);

        const string row = "\n ( openstack.alma9 X FAILED at step 1   openstack.rocky9 + OK 99998888 )";
        Assert.That(all, Does.Contain(row).And.Contain(" cause   Error launching source server: Quota exceeded"));
        Assert.That(all.Split('\n')[0], Does.Not.Contain("builder"));
        Assert.That(alma, Does.Contain(row).And.Contain(" cause   Error launching source server: Quota exceeded"));
        Assert.That(alma.Split('\n')[0], Does.Contain("   builder 1 of 2"));
        Assert.That(rocky, Does.Contain(row).And.Not.Contain(" cause "), "the cause is another builder's");
        Assert.That(rocky.Split('\n')[0], Does.Contain("   builder 2 of 2"));
    }

    [Test]
    public void Header_OfBuildersWithoutRoom_CountsThemAndKeepsTheChosenOne()
    {
        var size = new Size(60, 24);
        (int Second, string Text)[] lines =
        [
            .. Enumerable.Range(1, 5).Select(number => (number, $"\e[1;32m==> openstack.alma{number}: Launching server...\e[0m")),
        ];
        var paper = GivenLogs.Paper(lines);
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Building, GivenLogs.Folded(lines))).Read(paper, size);

        Assert.That(view.Picture(size), Does.Contain("( openstack.alma1 o BUILDING at step 1   +4 )"));
        Assert.That(view.Do(paper, Before).Picture(size), Does.Contain("( openstack.alma5 o BUILDING at step 1   +4 )"));
    }

    [Test]
    public void Esc_ShowsAllBuildersAgain()
    {
        var paper = GivenLogs.Paper(Two);
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Building, GivenLogs.Folded(Two))).Read(paper, GivenLogs.Small).Do(paper, Next);

        Assert.That(view.CanUndo(GivenLogs.Small));
        Assert.That(Numbers(view.Do(paper, new ContentCommand(ContentAct.Back))), Is.EqualTo(Enumerable.Range(1, 9)));
    }

    [Test]
    public void Key_InALogOfOneBuilder_SaysSoAndHidesNothing()
    {
        var paper = GivenLogs.Paper(GivenLogs.Good);
        var view = GivenLogs.View(GivenLogs.Build(BuildState.Building, GivenLogs.Folded(GivenLogs.Good))).Read(paper, GivenLogs.Small);

        var after = view.Do(paper, Next);

        Assert.That((after.Filter.Kind, after.Notice), Is.EqualTo((FilterKind.All, "this log has one builder")));
    }

    /// <summary>The lines of a file are filtered as those of the plain model, also when one builder follows another.</summary>
    [Test]
    public void File_FilteredByBuilder_ShowsTheSameLinesAsTheModel()
    {
        using var folder = new TempFolder();
        var path = folder["web.log"];
        File.WriteAllLines(path, Two.Select(line => line.Text));
        var clock = new HistoricalScheduler(GivenLogs.Noon);
        using var source = new LogSource(FileLocation.At(path), clock);
        LogPage? last = null;
        using var pages = source.Pages.Subscribe(page => last = page);
        foreach (var name in new[] { "openstack.alma9", "openstack.rocky9", "openstack.alma9" })
        {
            var request = new LogRequest(LogTarget.End, 100, 0, new LogFilter(FilterKind.Builder, 0, name));
            source.Ask(request);
            clock.AdvanceBy(TimeSpan.FromSeconds(1));

            Assert.That(last!.Request, Is.EqualTo(request));
            Assert.That(
                last.Lines.Select(line => line.Text),
                Is.EqualTo(GivenLogs.Paper(Two).Answer(request).Lines.Select(line => line.Text)),
                name
            );
        }
    }

    private static IEnumerable<int> Numbers(LogView view) => view.Page!.Lines.Select(line => (int)line.Number!.Value);

    private static IEnumerable<string> Steps(LogView view) =>
        StepRows.Of(view, GivenLogs.Noon, 50)
            .Where(row => row.Progress is not StepProgress.ToCome && row.Depth == 0)
            .Select(row => row.Name);
}
