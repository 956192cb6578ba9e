using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

public sealed class ReasonTests
{
    private const string ScriptFailed = "Script exited with non-zero exit status: 2.Allowed exit codes are: [0]";

    [Test]
    public void Reason_OfPackersError_IsItsFirstLine()
    {
        string[] lines =
        [
            .. GivenLog.Start,
            GivenLog.Red("==> openstack: Timeout waiting for SSH."),
            .. GivenLog.FailedEnd("Timeout waiting for SSH."),
        ];

        var reason = Reason.Of(GivenLog.Log(lines))!;

        Assert.That((reason.Text, reason.Line), Is.EqualTo(("Timeout waiting for SSH.", GivenLog.Start.Length + 1L)));
    }

    // Each list of lines, and which of them is the reason when the script has failed after them.
    [TestCase(
        "==> openstack: [ERROR] fetch failed: profile not found",
        "[ERROR] fetch failed: profile not found",
        "red:==> openstack: [WARN] slow",
        "red:==> openstack: [ERROR] fetch failed: profile not found"
    )]
    [TestCase(
        "stderr without a mark",
        "cp: cannot stat 'x': No such file or directory",
        "red:==> openstack: cp: cannot stat 'x': No such file or directory"
    )]
    [TestCase("warnings only", ScriptFailed, "red:==> openstack: [WARN] slow")]
    [TestCase(
        "a component",
        "configure on component spma executed, 2 errors, 1 warnings",
        "red:==> openstack: [WARN] slow",
        "out:[INFO] configure on component spma executed, 2 errors, 1 warnings",
        "out:[ERROR] 2 errors, 1 warnings executing configure"
    )]
    [TestCase(
        "an error in the output",
        "[ERROR] spma: cannot resolve",
        "out:[ERROR] spma: cannot resolve",
        "out:[INFO] configure on component spma executed, 2 errors, 1 warnings"
    )]
    [TestCase(
        "Packer's own after a component's",
        "Error creating image: quota exceeded",
        "out:[INFO] configure on component spma executed, 2 errors, 1 warnings",
        "red:==> openstack: Error creating image: quota exceeded"
    )]
    [TestCase("no result of Ansible's", "[ERROR] mapping a =>", "out:[ERROR] mapping a =>", "out:msg: noise")]
    [TestCase("a warning in other letters", ScriptFailed, "red:==> openstack: Warning: /etc/hosts could not be saved")]
    [TestCase("the trace of a shell", ScriptFailed, "red:==> openstack: + false", "red:==> openstack: ++ error")]
    [TestCase(
        "what a tool tells on stderr", ScriptFailed, "red:==> openstack: Created symlink /etc/failed",
        "red:==> openstack: Cloning into 'error'...")]
    public void Reason_OfFailedScript_IsTheLineThatSaysMost(string about, string expected, params string[] lines)
    {
        var log = GivenLog.Log([
            .. GivenLog.Start,
            .. GivenLog.Provisioning,
            .. lines.Select(Coloured),
            .. GivenLog.FailedEnd(ScriptFailed),
        ]);

        Assert.That(Reason.Of(log)?.Text, Is.EqualTo(expected), about);
    }

    [Test]
    public void Reason_KnownFromGoodBuilds_IsNone()
    {
        var noise = GivenLog.Red("==> openstack: [ERROR] no entropy, going on");
        var baseline = Baseline.Of([.. GivenLog.Start, .. GivenLog.Provisioning, noise, .. GivenLog.ClearingUp, .. GivenLog.GoodEnd]);
        string[] lines = [.. GivenLog.Start, .. GivenLog.Provisioning, noise, .. GivenLog.FailedEnd(ScriptFailed)];

        Assert.That(Reason.Of(GivenLog.Log(lines))?.Text, Is.EqualTo("[ERROR] no entropy, going on"));
        Assert.That(Reason.Of(PackerSamples.Fold(lines, baseline))?.Text, Is.EqualTo(ScriptFailed));
    }

    [Test]
    public void Reason_WithoutAnyError_IsTheFirstNewLineThatSoundsBad()
    {
        var baseline = Baseline.Of(GivenLog.GoodBuild);
        string[] lines =
        [
            .. GivenLog.Start,
            .. GivenLog.Provisioning,
            GivenLog.Output("fetched from a mirror"),
            GivenLog.Output("mkfs: cannot open /dev/vdb"),
            GivenLog.Daemon(1),
        ];

        Assert.That(Reason.Of(PackerSamples.Fold(lines, baseline))?.Text, Is.EqualTo("mkfs: cannot open /dev/vdb"));
        Assert.That(Reason.Of(GivenLog.Log(lines))?.Text, Is.EqualTo("exit code 1, and no line that says why"));
    }

    /// <summary>A line that no good build had is a cause only if it also reads badly.</summary>
    [TestCase("fetched from a mirror", ScriptFailed)]
    [TestCase("mkfs: cannot open /dev/vdb", "mkfs: cannot open /dev/vdb")]
    public void Reason_OfFailedScriptWithANewLine_IsThatLineIfItSoundsBad(string line, string expected)
    {
        string[] lines = [.. GivenLog.Start, .. GivenLog.Provisioning, GivenLog.Output(line), .. GivenLog.FailedEnd(ScriptFailed)];

        Assert.That(Reason.Of(PackerSamples.Fold(lines, Baseline.Of(GivenLog.GoodBuild)))?.Text, Is.EqualTo(expected));
    }

    [Test]
    public void Problem_ThatEndsInHalfACharacter_EndsBeforeIt() =>
        Assert.That(
            GivenLog.Log([.. GivenLog.Start, GivenLog.Red("==> openstack: Timeout \ud83d")]).Problems.Problems.Single().Text.TrimEnd(),
            Is.EqualTo("Timeout")
        );

    [Test]
    public void Reason_OfHostileText_IsPlainAndShort()
    {
        var text = "Error \u001b[2J\u001b]0;title\u0007of \u001b[31;5mtext\u0000\u009b" + new string('x', 70_000);
        var log = GivenLog.Log([.. GivenLog.Start, GivenLog.Red($"==> openstack: {text}"), .. GivenLog.FailedEnd(text)]);

        var reason = Reason.Of(log)!;

        Assert.That(reason.Text, Does.StartWith("Error of text").And.Length.EqualTo(200).And.Not.Matches("[\\p{Cc}]"));
    }

    [Test]
    public void Reason_OfCancelledBuild_NamesTheStepAndTheSignal()
    {
        var log = GivenLog.Log([
            .. GivenLog.Start,
            "Cancelling build after receiving terminated",
            .. GivenLog.ClearingUp,
            "Cleanly cancelled builds after being interrupted.",
        ]);

        var reason = Reason.Of(log)!;

        Assert.That(
            (reason.Text, reason.Line),
            Is.EqualTo(("interrupted (terminated) during: Provisioning with shell script", GivenLog.Start.Length + 1L))
        );
    }

    [Test]
    public void Reason_OfErrorInTwoLines_KeepsRedUntilItIsSwitchedOff()
    {
        var log = GivenLog.Log([
            .. GivenLog.Start,
            "\u001b[1;31m==> openstack: Error launching source server: 403",
            "==> openstack: Launching server...\u001b[0m",
        ]);

        Assert.That(log.RedCount, Is.EqualTo(2));
        Assert.That(log.Trail.Current?.Kind, Is.EqualTo(StepKind.Provision), "the second line is the error's, no step");
    }

    private static string Coloured(string line) =>
        line.StartsWith("red:") ? GivenLog.Red(line[4..]) : GivenLog.Output(line[4..]);
}
