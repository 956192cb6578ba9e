using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Builds.History;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>What systemd says of the daemons' units, and what it means for the builds that run then.</summary>
public sealed class UnitTests
{
    private const string Daemon = "rabbit2packer.service";
    private const string Listener = "cdp-listend.service";

    private static readonly (string Text, MonitorEvent Means)[] Ours =
    [
        ("Started rabbit2packer.", new UnitStarted(Daemon)),
        ("Started rabbit2packer.service.", new UnitStarted(Daemon)),
        ("Started rabbit2packer.service - Packuilon's builds, v. 2.", new UnitStarted(Daemon)),
        ("Started cdp-listend.service - cdp-listend.", new UnitStarted(Listener)),
        ("Stopped rabbit2packer.", new UnitStopped(Daemon)),
        ("Stopped rabbit2packer.service - rabbit2packer.", new UnitStopped(Daemon)),
        ("rabbit2packer.service: Succeeded.", new UnitStopped(Daemon)),
        ("rabbit2packer.service: Deactivated successfully.", new UnitStopped(Daemon)),
        ("rabbit2packer.service: Main process exited, code=killed, status=9/KILL", new UnitFailed(Daemon, "killed (status 9)")),
        ("rabbit2packer.service: main process exited, code=exited, status=1/FAILURE", new UnitFailed(Daemon, "exited (status 1)")),
        ("rabbit2packer.service: Failed with result 'exit-code'.", new UnitFailed(Daemon, "failed (exit-code)")),
        ("Unit rabbit2packer.service entered failed state.", new UnitFailed(Daemon, "failed")),
        ("rabbit2packer.service failed.", new UnitFailed(Daemon, "failed")),
        ("rabbit2packer.service: Start request repeated too quickly.", new UnitFailed(Daemon, "started too often")),
        ("start request repeated too quickly for rabbit2packer.service", new UnitFailed(Daemon, "started too often")),
        ("Failed to start rabbit2packer.", new UnitFailed(Daemon, "failed to start")),
        ("Failed to start cdp-listend.service - cdp-listend.", new UnitFailed(Listener, "failed to start")),
        (
            "rabbit2packer.service: A process of this unit has been killed by the OOM killer.",
            new UnitFailed(Daemon, "out of memory", IsOneProcess: true)
        ),
    ];

    private static readonly (string Tag, string Text)[] Nobodys =
    [
        ("systemd[1]", "rabbit2packer-exporter.service: Main process exited, code=exited, status=1/FAILURE"),
        ("systemd[1]", "packuilon-rabbit2packer.service: Failed with result 'exit-code'."),
        ("systemd[1]", "Started rabbit2packer exporter."),
        ("systemd[1]", "Started rabbit2packer.timer."),
        ("systemd[1]", "Stopping rabbit2packer..."),
        ("systemd[1]", "rabbit2packer.service: Scheduled restart job, restart counter is at 5."),
        ("systemd[1]", "rabbit2packer.service: Main process exited, code="),
        ("sshd[99]", "rabbit2packer.service: Failed with result 'signal'."),
        ("my-systemd[1]", "Stopped rabbit2packer."),
        ("systemd-logind[1]", "Stopped rabbit2packer."),
    ];

    private static readonly (string Name, Func<string, string, string> Write)[] Headers =
    [
        ("traditional", (tag, text) => $"Nov 22 09:05:07 vm {tag}: {text}"),
        ("iso", (tag, text) => $"2026-11-22T09:05:07.123456+00:00 vm {tag}: {text}"),
        ("rfc 5424", (tag, text) => $"<30>1 2026-11-22T09:05:07.123456+00:00 vm {tag.Split('[')[0]} - - -  {text}"),
    ];

    private static readonly string[] Tags = ["systemd", "systemd[1]"];

    private static IEnumerable<TestCaseData> OurLines =>
        from header in Headers
        from tag in Tags
        from line in Ours
        select new TestCaseData(header.Write(tag, line.Text), line.Text, line.Means).SetArgDisplayNames(header.Name, tag, line.Text);

    private static IEnumerable<TestCaseData> OtherLines =>
        from header in Headers
        from line in Nobodys
        select new TestCaseData(header.Write(line.Tag, line.Text)).SetArgDisplayNames(header.Name, line.Tag, line.Text);

    [TestCaseSource(nameof(OurLines))]
    public void Line_AboutOurUnits_IsReadAndFound(string line, string text, MonitorEvent means)
    {
        var seen = Given.Read(line).Single();
        var bytes = Encoding.UTF8.GetBytes($"Nov 22 09:05:06 vm sshd[7]: a line before\n{line}\n");

        Assert.Multiple(() =>
        {
            Assert.That((seen.Speaker, seen.Text, seen.Event), Is.EqualTo((Speaker.Systemd, text, means)));
            Assert.That(LineFilter.Concerns(Encoding.UTF8.GetBytes(line)));
            Assert.That(LineFilter.NamesUs(Encoding.UTF8.GetBytes(line)), Is.False);
            Assert.That((LineSieve.Next(bytes, out var ends) >= 0, ends), Is.EqualTo((true, 1)));
        });
    }

    [TestCaseSource(nameof(OtherLines))]
    public void Line_AboutAnythingElse_IsNobodys(string line) => Assert.That(Given.Read(line), Is.Empty);

    [Test]
    public void Line_OfSystemdAboutOthers_NeedNotBecomeText() =>
        Assert.That(LineFilter.Concerns("Nov 22 09:05:07 vm systemd[1]: Started Session 12 of user root."u8), Is.False);

    [TestCase("Stopped rabbit2packer.", true)]
    [TestCase("rabbit2packer.service: Main process exited, code=killed, status=9/KILL", true)]
    [TestCase("rabbit2packer.service: A process of this unit has been killed by the OOM killer.", false)]
    [TestCase("Stopped cdp-listend.", false)]
    [TestCase("Started rabbit2packer.", false)]
    public void Line_ThatTheDaemonIsGone_LosesWhatRuns(string text, bool lost)
    {
        var state = Given
            .After(Takes("12:00:01", 1), Starts("12:00:02", "norm.a.json.log"))
            .Apply(Given.Read($"Nov 22 12:00:05 vm systemd[1]: {text}"));
        var build = state.Builds.All.Single();

        Assert.That(build.State, Is.EqualTo(lost ? BuildState.Lost : BuildState.Building));
        Assert.That((build.EndedAt, build.Line), Is.EqualTo((lost ? Given.Noon.AddSeconds(5) : (DateTimeOffset?)null, lost ? text : null)));
    }
}
