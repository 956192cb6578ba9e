using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LogHeaderTests
{
    [Test]
    public void Title_PartsThatDoNotFit_AreLeftOutWhole([Range(40, 100, 1)] int columns)
    {
        var title = Ended(BuildState.Failed).Picture(new Size(columns, 23), now: GivenLogs.Noon.AddMinutes(9)).Split('\n')[0];

        Assert.That(
            title,
            Does.EndWith("X FAILED 5:46")
                .Or.EndWith("at step 7")
                .Or.EndWith("ended 12:05")
                .Or.EndWith("ended 12:05 (3m ago)")
                .Or.EndWith("$")
        );
    }

    [Test]
    public void Title_OfAnotherDay_HasItsDate() =>
        Assert.That(
            Ended(BuildState.Failed).Picture(new Size(100, 23), now: GivenLogs.Noon.AddDays(1)),
            Does.Contain("ended 22 Nov 12:05 (23h ago)").And.Contain("22 Nov 11:59:59 T2 -> 12:00:00 packer")
        );

    [Test]
    public void Path_TooLong_KeepsTheNameOfTheFile() =>
        Assert.That(
            Ended(BuildState.Failed).Picture(new Size(42, 40)),
            Does.Contain("log     $").And.Contain("web-el9-x86_64.managed.json.log\n")
        );

    /// <summary>What a person would name, what Packer made of it, and what is left; nothing that ended well, and no clean-up.</summary>
    [TestCase(80)]
    [TestCase(140)]
    public void Rows_OfAFailedBuild_BeginWithItsCause(int columns)
    {
        (int Second, string Text)[] lines =
        [
            .. GivenLogs.Good.Where(line => line.Second < 100),
            (101, GivenLogs.Output("provision.sh: line 31: quattor-install: command not found")),
            (102, GivenLogs.Step("Terminating the source server: 0a1b2c3d-0a1b-4c2d-8e3f-001122334455 ...")),
            (103, GivenLogs.Error("Error terminating server, may still be around: 0a1b2c3d-0a1b-4c2d-8e3f-001122334455")),
            (103, GivenLogs.Step("Deleting temporary keypair: packer 11112222-3333-4444-5555-666677778888 ...")),
            (104, "Build 'openstack' errored: Script exited with non-zero exit status: 2"),
        ];
        var picture = GivenLogs.View(GivenLogs.Build(BuildState.Failed, GivenLogs.Folded(lines), 105))
            .With(GivenLogs.Past, null)
            .Picture(new Size(columns, 39))
            .Split('\n');

        Assert.That(picture[1], Does.Match(@"^ cause   provision.sh: line 31: quattor-install: command not found +line \d+$"));
        Assert.That(picture[2], Is.EqualTo(" then    Script exited with non-zero exit status: 2"));
        Assert.That(picture[3], Is.EqualTo(" left    server: openstack server delete 0a1b2c3d-0a1b-4c2d-8e3f-001122334455"));
        Assert.That(picture[4], Does.StartWith(" change  "));
    }

    [Test]
    public void Cause_TooLongForItsLine_CoversTheNumber()
    {
        var picture = Ended(BuildState.Failed).Picture(new Size(40, 40));

        Assert.That(picture, Does.Contain("\n cause   Timeout waiting for SSH.\n"));
    }

    [Test]
    public void Chain_OfAFailedBuild_HasNothingToDo() =>
        Assert.That(Ended(BuildState.Failed).Picture(new Size(100, 40)), Does.Contain("packer -> no SSH -> no image"));

    [Test]
    public void Lost_SaysWhyAndThatPackerRanOn()
    {
        var build = GivenLogs.Build(BuildState.Lost, GivenLogs.Folded(GivenLogs.Good), 50);
        var picture = GivenLogs
            .View(build with { Build = build.Build! with { End = build.Build.End! with { Line = "Starting" } } })
            .Picture(new Size(140, 39), now: GivenLogs.Noon.AddMinutes(9));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture, Does.Contain("! rabbit2packer restarted, no sign since: \"Starting\""));
            Assert.That(picture, Does.Contain("packer ran on without it for 3:42, to the end of its log"));
            Assert.That(picture, Does.Not.Contain("X Builds finished").And.Not.Contain("at step"));
        }
    }

    [Test]
    public void OnlyNew_WithNothingNew_SaysSo()
    {
        var log = GivenLogs.Paper(GivenLogs.Good, baseline: Baseline.Of([.. GivenLogs.Good.Select(line => line.Text)]));
        var view = GivenLogs
            .View(GivenLogs.Build(BuildState.Succeeded, GivenLogs.Folded(GivenLogs.Good), 272))
            .With(GivenLogs.Past, "the last good build (11:00)")
            .Read(log, GivenLogs.Small)
            .Do(log, LogAct.OnlyNew);
        view = view.With(view.Latest! with { NewCount = 0 });

        Assert.That(view.Picture(GivenLogs.Small), Does.Contain("no line is new: the last good build had them all"));
    }

    [Test]
    public void Total_HasTheUsualThatStandsBelow()
    {
        var picture = Ended(BuildState.Failed).Picture(new Size(140, 39));

        Assert.That(picture, Does.Match(@"total +5:46 +4:32").And.Contain("usual 4:32, worst 4:32"));
    }

    private static LogView Ended(BuildState state) =>
        GivenLogs.View(GivenLogs.Build(state, GivenLogs.Folded(GivenLogs.Failed), 346)).With(GivenLogs.Past, null);
}
