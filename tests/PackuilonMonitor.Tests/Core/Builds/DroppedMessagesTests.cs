using System.Text.Json;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Builds.History;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>Where messages were thrown away nobody knows how a running build went on, until something says so.</summary>
public sealed class DroppedMessagesTests
{
    private const string File = "norm.a.json.1795348802.log";
    private const string Dropped = "Nov 22 12:00:05 vm rsyslogd: imjournal: 236 messages lost due to rate-limiting";

    private static readonly string[] Running = [Takes("12:00:01", 1), Starts("12:00:02", File)];

    private static MonitorState Doubted { get; } = After(Given.After(Running), Dropped);

    [Test]
    public void RunningBuild_IsUnknown_AndRestsOnThatLine()
    {
        var view = BuildView.All(Doubted).Single();

        Assert.That(
            (view.State, view.Running, view.EndedAt, view.Reason),
            Is.EqualTo((BuildState.Unknown, true, (DateTimeOffset?)null, "imjournal: 236 messages lost due to rate-limiting"))
        );
    }

    [Test]
    public void EndedBuild_StaysAsItIs() =>
        Assert.That(
            Outcomes(After(Given.After([.. Running, Succeeds("12:00:04", 1, "norm.a.json")]), Dropped)),
            Is.EqualTo(new[] { $"Thread-1 {File} Succeeded 2-4" })
        );

    [Test]
    public void BuildThatStartsLater_IsNotInDoubt() =>
        Assert.That(
            Outcomes(Doubted.Apply(Given.Lines(Takes("12:00:06", 2, "late"), Starts("12:00:07", "late.a.json.log"))))[1],
            Is.EqualTo("Thread-2 late.a.json.log Building 7-")
        );

    [Test]
    public void ItsEndLine_Decides() =>
        Assert.That(
            Outcomes(Doubted.Apply(Given.Lines(Fails("12:00:09", 1, "norm.a.json")))),
            Is.EqualTo(new[] { $"Thread-1 {File} Failed 2-9" })
        );

    [Test]
    public void ItsThreadGoingOn_LosesIt() =>
        Assert.That(Outcomes(Doubted.Apply(Given.Lines(Takes("12:00:09", 1, "next")))), Is.EqualTo(new[] { $"Thread-1 {File} Lost 2-9" }));

    [Test]
    public void NewDaemon_LosesIt() =>
        Assert.That(Outcomes(Doubted.Apply(Given.Lines("12:00:09 Starting"))), Is.EqualTo(new[] { $"Thread-1 {File} Lost 2-9" }));

    [Test]
    public void TheDaemonsLastLineInItsLog_Decides()
    {
        var log = Read([
            .. Begun,
            "==> Builds finished. The artifacts of successful builds are:",
            "rabbit2packer: Build finished at 1795348808 (epoch) with exit code 0",
        ]);

        Assert.That(
            BuildView.All(Doubted.Apply(Given.Seen(new BuildLogRead(File, log, 0)))).Single().State,
            Is.EqualTo(BuildState.Succeeded)
        );
    }

    [TestCase(6, BuildState.Building)]
    [TestCase(5, BuildState.Unknown)]
    [TestCase(4, BuildState.Unknown)]
    [TestCase(null, BuildState.Unknown)]
    public void ItsLogGrowing_ShowsThatItRuns_IfThatWasSeenSince(int? arrivedAt, BuildState expected)
    {
        var log = Begun.Aggregate(BuildLog.Empty, (log, line) =>
            log.Apply(line, arrivedAt is { } second ? Given.Noon.AddSeconds(second) : null)
        );

        Assert.That(BuildView.All(Doubted.Apply(Given.Seen(new BuildLogRead(File, log, 0), 6))).Single().State, Is.EqualTo(expected));
    }

    [Test]
    public void ItsLogSeenToEnd_DoesNotShowThatItRuns()
    {
        var log = new[] { "==> openstack: Launching server...", "==> Builds finished. The artifacts of successful builds are:" }
            .Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, Given.Noon.AddSeconds(7)));

        Assert.That(
            BuildView.All(Doubted.Apply(Given.Seen(new BuildLogRead(File, log, 0), 7))).Single().State,
            Is.EqualTo(BuildState.Unknown)
        );
    }

    [Test]
    public void ItsSource_HasAGap()
    {
        var reading = Doubted.Sources.Readings.Single();

        Assert.That(
            (reading.Gaps, reading.InTrouble, reading.GapText),
            Is.EqualTo((1, true, "lines may be missing: the system log dropped messages"))
        );
    }

    [Test]
    public void Status_FlagsItAndKnowsNoOtherStateThanPrograms()
    {
        var build = JsonDocument.Parse(StatusJson.Of(Doubted)).RootElement.GetProperty("builds")[0];

        Assert.That(
            (
                build.GetProperty("state").GetString(),
                build.GetProperty("flags")[0].GetString(),
                build.GetProperty("endedAt").ValueKind,
                build.GetProperty("reason").GetString()
            ),
            Is.EqualTo(("building", "unknown", JsonValueKind.Null, "imjournal: 236 messages lost due to rate-limiting"))
        );
        Assert.That(StatusText.Of(Doubted), Does.Contain("  unknown  "));
    }

    [TestCase("imjournal: 236 messages lost due to rate-limiting", "236")]
    [TestCase("imjournal: begin to drop messages due to rate-limiting", "null")]
    public void Events_TellIt(string text, string messages)
    {
        var said = JsonDocument.Parse(EventJson.Of(Given.Read($"Nov 22 12:00:05 vm rsyslogd: {text}").Single())).RootElement;

        Assert.That(
            (
                said.GetProperty("type").GetString(),
                said.GetProperty("program").GetString(),
                said.GetProperty("text").GetString(),
                said.GetProperty("messages").GetRawText()
            ),
            Is.EqualTo(("messages-dropped", "syslog", text, messages))
        );
    }

    [Test]
    public void Screen_SaysIt()
    {
        var picture = Picture
            .Render(
                Screens.Of(
                    Snapshot.Of(Doubted, Facts.None),
                    new Size(140, 40),
                    new Paint(Palette.Mono, Glyphs.Ascii, TimeZoneInfo.Utc, Given.Noon.AddSeconds(9))
                ),
                []
            )
            .ToLines();
        var screen = string.Join('\n', picture.Select(line => line.ToText()));

        Assert.That(
            screen,
            Does.Contain("unknown: messages dropped 12:00")
                .And.Contain("imjournal: 236 messages lost due to rate-limiting")
                .And.Contain("lines may be missing")
        );
    }

    private static readonly string[] Begun = ["openstack: output will be in this color.", "", "==> openstack: Launching server..."];

    private static BuildLog Read(params string[] lines) => lines.Aggregate(BuildLog.Empty, (log, line) => log.Apply(line, null));

    private static MonitorState After(MonitorState state, string line) => state.Apply(Given.Read(line));
}
