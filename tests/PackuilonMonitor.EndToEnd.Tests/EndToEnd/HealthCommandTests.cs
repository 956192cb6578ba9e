using System.Text.Json;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>health as a plugin, and mute and unmute, as processes.</summary>
public sealed class HealthCommandTests
{
    private const string Well = """
        Nov 22 12:00:00 vm318 /rabbit2packer.py: Starting
        Nov 22 12:00:00 vm318 /rabbit2packer.py: Starting Thread-1

        """;

    private const string Failed = Well + """
        Nov 22 12:00:01 vm318 /rabbit2packer.py: Thread-1 processing lab
        Nov 22 12:00:02 vm318 /rabbit2packer.py: packer build starting, see: /log//lab.managed.json.log for details
        Nov 22 12:07:02 vm318 /rabbit2packer.py: Thread-1: packer exited with non zero exit code, lab.managed.json build failed

        """;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void WellFactory_IsOk_AndSaysItInOneLine()
    {
        var (code, output, _) = Health(Well, "-x");

        Assert.That((code, output), Is.EqualTo((0, "factory vm318 is healthy\n")));
    }

    [Test]
    public void FailedBuild_IsAWarning_WithFiguresBehindTheFirstLine()
    {
        var (code, output, _) = Health(Failed);
        var first = output.Split('\n')[0];

        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            first,
            Does.StartWith(
                "PACKUILON WARN: BUILD_FAILED 1 image fails: lab.managed 12:07 | error=0;;0;0 warn=1;0;;0 unknown=0;0;;0 muted=0;;;0 workers=1;1:;1:;0;1"
            )
        );
        Assert.That(output, Does.Contain("    do: packuilon-monitor log lab.managed\n"));
    }

    [Test]
    public void Json_IsOneLineWithTheCodes()
    {
        var (code, output, _) = Health(Failed, "--json");
        var said = JsonDocument.Parse(output).RootElement;

        Assert.That(
            (
                code,
                said.GetProperty("status").GetString(),
                said.GetProperty("checks")[0].GetProperty("code").GetString(),
                output.TrimEnd('\n').Contains('\n')
            ),
            Is.EqualTo((1, "WARN", "BUILD_FAILED", false))
        );
    }

    [Test]
    public void MissingSystemLog_IsUnknown()
    {
        var (code, output, _) = ProgramHelp.Run(
            "health",
            "--messages",
            _folder["none"],
            "--log-dir",
            _folder["log"],
            "--now",
            "2026-11-22T12:08:00Z",
            "--state-dir",
            _folder.Path,
            "--no-history",
            "--time-zone",
            "UTC"
        );

        Assert.That((code, output.Split(' ')[1]), Is.EqualTo((3, "UNKNOWN:")));
    }

    [TestCase("--nonsense")]
    [TestCase("NO_SUCH_CHECK")]
    public void WrongUse_IsUnknown_WithOneLineOnStandardOutput(string word)
    {
        var (code, output, _) = Health(Well, word);

        Assert.That(code, Is.EqualTo(3));
        Assert.That(output, Does.StartWith("PACKUILON UNKNOWN: ").And.EndsWith("\n"));
        Assert.That(output.TrimEnd('\n'), Does.Not.Contain('\n'));
    }

    [Test]
    public void Codes_LeaveOutTheOthers() => Assert.That(Health(Failed, "WORKER_LOST").Code, Is.Zero);

    [Test]
    public void Mute_TakesACheckOut_UntilItIsTakenBack()
    {
        var muted = Run(Failed, "mute", "BUILD_FAILED", "4h");
        var (code, output, _) = Health(Failed);
        var back = Run(Failed, "unmute", "BUILD_FAILED");

        Assert.That((muted.Code, code, back.Code, Health(Failed).Code), Is.EqualTo((0, 0, 0, 1)), muted.Error);
        Assert.That(output, Does.EndWith("(muted: BUILD_FAILED 4h)\n"));
    }

    [Test]
    public void Mute_OfWhatIsNotRaised_IsWrongUse_UnlessItIsSticky()
    {
        var (code, _, error) = Run(Well, "mute", "BUILD_FAILED", "4h");

        Assert.That(
            (
                code,
                error.Contains("BUILD_FAILED is not raised"),
                Run(Well, "mute", "BUILD_FAILED", "4h", "--sticky").Code,
                Run(Well, "mute", "BUILD_FAILED", "31d", "--sticky").Code
            ),
            Is.EqualTo((64, true, 0, 64))
        );
    }

    private (int Code, string Output, string Error) Health(string messages, params string[] words) => Run(messages, ["health", .. words]);

    private (int Code, string Output, string Error) Run(string messages, params string[] words) =>
        ProgramHelp.Run([
            .. words,
            "--messages",
            _folder.Write("messages", messages),
            "--log-dir",
            _folder["log"],
            "--now",
            "2026-11-22T12:08:00Z",
            "--state-dir",
            _folder.Path,
            "--no-history",
            "--time-zone",
            "UTC",
        ]);
}
