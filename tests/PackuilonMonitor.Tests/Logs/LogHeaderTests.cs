using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Tests.Core.Health;

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
            Does.Contain("ended 22 Nov 12:05 (23h ago)").And.Contain("queued by hand? -> T2 22 Nov 11:59:59 -> packer 12:00:00")
        );

    [Test]
    public void Path_TooLong_KeepsTheNameOfTheFile() =>
        Assert.That(
            Ended(BuildState.Failed).Picture(new Size(42, 40)),
            Does.Contain("log     $").And.Contain("web-el9-x86_64.managed.json.log\n")
        );

    /// <summary>The reader need not look for it: what led to it stands above, and what Packer made of it below.</summary>
    [TestCase(BuildState.Failed, 12)]
    [TestCase(BuildState.Succeeded, null)]
    public void Log_ThatTellsACause_OpensThere(BuildState state, int? line)
    {
        var size = new Size(80, 16);
        var lines = state is BuildState.Failed ? GivenLogs.Failed : GivenLogs.Good;
        var view = GivenLogs.View(GivenLogs.Build(state, GivenLogs.Folded(lines), 346)).AtCause(size).Read(GivenLogs.Paper(lines), size);
        var rows = view.Picture(size).Split('\n');

        Assert.That(view.CurrentLine(size)?.Number, Is.EqualTo(line ?? lines.Length));
        if (line is not null)
            Assert.That(rows[6 + (16 - 8) / 3], Does.Contain("Timeout waiting for SSH."), view.Picture(size));
    }

    [TestCase(80)]
    [TestCase(140)]
    public void Header_OfALogThatArrives_TellsHowMuchIsHere_AndWhatIsNotCertain(int columns)
    {
        var size = new Size(columns, 24);
        var build = GivenLogs.Build(BuildState.Building, GivenLogs.Folded(GivenLogs.Good));
        var view = GivenLogs.View(build).Read(GivenLogs.Paper(GivenLogs.Good), size);
        string Shown(long? whole) => view.With(view.Latest! with { Here = 62 * 1024, Whole = whole }).Picture(size);

        Assert.That(Shown(180 * 1024), Does.Contain("\n REMOTE  62 of 180 KiB are here; 118 KiB on their way\n"));
        Assert.That(Shown(180 * 1024), Does.Match(@"\d/\? +0 problems so far"));
        Assert.That(Shown(62 * 1024 + 100), Does.Not.Contain("REMOTE").And.Not.Contain("so far"), "one that grows");
        Assert.That(Shown(null), Does.Not.Contain("REMOTE"));
    }

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
        Assert.That(
            picture[3],
            Is.EqualTo(
                $" left    server: openstack server delete 0a1b2c3d-0a1b-4c2d-8e3f-001122334455{(columns > 80 ? "  (c copies)" : "")}"
            )
        );
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
        Assert.That(Ended(BuildState.Failed).Picture(new Size(100, 40)), Does.Contain("packer 12:00:00 -> no SSH -> no image"));

    /// <summary>Of a failure the change and how sure it is stay; of a good build the image does.</summary>
    [TestCase(BuildState.Failed, 80, "change  11:55:00 profile -> queued 4:58 -> T2 11:59:59        certain, by name")]
    [TestCase(
        BuildState.Failed,
        120,
        "change  11:55:00 profile -> queued 4:58 -> T2 11:59:59 -> packer 12:00:00 -> no SSH -> no image       certain, by name"
    )]
    [TestCase(BuildState.Succeeded, 80, "change  11:55:00 profile -> queued 4:58 -> T2 11:59:59 -> image 99998888")]
    [TestCase(BuildState.Building, 80, "11:55:00 profile -> queued 4:58 -> T2 11:59:59 -> SSH 0:15 -> image -")]
    public void Chain_KeepsWhatSaysMostForItsWidth(BuildState ended, int columns, string row)
    {
        var log = GivenLogs.Folded(ended is BuildState.Failed ? GivenLogs.Failed : GivenLogs.Good);
        var known = GivenLogs.Build(ended, log, 272);
        var state = GivenHealth.After(
            "11:55:00 c Starting",
            "11:55:00 c CI profile rebuilt: web-el9-x86_64.example.org.json",
            "11:55:00 c Profile has updated: web-el9-x86_64.example.org.json",
            "11:55:01 c Pushing message to queue for build",
            "11:59:59 r Thread-2 processing web-el9-x86_64"
        );
        var view = GivenLogs.View(
            known with
            {
                Build = known.Build! with { Owner = known.Build.Owner! with { Trigger = state.Triggers.Triggers.Single().Id } },
            }
        );

        Assert.That(view.Picture(new Size(columns, 39), state: state).Split('\n').Select(line => line.Trim()), Does.Contain(row));
    }

    [Test]
    public void Same_CountsTheFailuresOfOneCause()
    {
        var view = Ended(BuildState.Failed);

        Assert.That(view.Picture(new Size(80, 39)), Does.Not.Contain("same "));
        Assert.That(
            view.With([], new SameCause(3, GivenLogs.Noon.AddMinutes(-9))).Picture(new Size(80, 39)),
            Does.Contain("\n same    3 builds failed with this cause since 11:51  (X lists them)\n")
        );
    }

    /// <summary>Two builds wrote one file: who they are comes first, and nothing is said that only the file tells.</summary>
    [TestCase(80)]
    [TestCase(140)]
    public void Shared_SaysSoFirstAndHowEachEndedByTheSystemLog(int columns)
    {
        var size = new Size(columns, 23);
        var rows = GivenLogs.SharedView.Read(GivenLogs.Paper(GivenLogs.Failed), size).Picture(size).Split('\n');

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0], Does.StartWith(" web-el9-x86_64.managed   T2 and T3   log written by two builds"));
            Assert.That(rows[1], Is.EqualTo(" Two builds wrote this file at once (T2 since 12:00:00, T3 since 12:00:01)."));
            Assert.That(rows[2], Is.EqualTo(" Nothing is concluded from it: no cause, step, exit code or image id."));
            Assert.That(rows[3], Does.Match(@"^ T2  X FAILED +12:05:46   says rabbit2packer; the cause is unknown$"));
            Assert.That(rows[4], Does.Match(@"^ T3  \S+ OK +12:05:00   says rabbit2packer$"));
            Assert.That(rows[5], Does.Match("^-+$"), "no way to an image, no step, no cause");
            Assert.That(rows, Has.None.Contain("STEPS"));
            Assert.That(rows.Last(row => row.Length > 0), Does.StartWith(" SHARED").And.Contain("no problems marked"));
        }
    }

    [TestCase(-10, -1, false, Description = "it ended before")]
    [TestCase(-10, 0, true)]
    [TestCase(346, 400, true)]
    [TestCase(347, 400, false, Description = "it began afterwards")]
    public void OtherWriters_AreThoseOfTheSameTime(int from, int to, bool other)
    {
        var mine = GivenLogs.Build(BuildState.Failed, null, 346, shared: true);
        var one = GivenLogs.Build(BuildState.Succeeded, null, to, shared: true) with
        {
            Id = "b",
            StartedAt = GivenLogs.Noon.AddSeconds(from),
        };

        Assert.That(SharedLog.OtherWriters(mine, [mine, one]).Any(), Is.EqualTo(other));
    }

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
