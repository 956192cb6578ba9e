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
            Ended(BuildState.Failed).Picture(new Size(40, 40)),
            Does.Contain("log: $").And.Contain("web-el9-x86_64.managed.json.log\n")
        );

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
            .With(GivenLogs.Past, "last good: 11:00")
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
