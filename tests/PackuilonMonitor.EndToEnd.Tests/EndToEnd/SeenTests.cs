using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The mark of what a user has seen, in its file, as the dashboard and the commands read and write it.</summary>
public sealed class SeenTests
{
    private const string Mark = """{"at":"2026-11-22T12:00:30+00:00","lookedAt":"2026-11-22T12:00:30+00:00","keys":[]}""";

    private const string Messages = """
        Nov 22 12:00:00 vm318 /rabbit2packer.py: Starting
        Nov 22 12:00:00 vm318 /rabbit2packer.py: Starting Thread-1
        Nov 22 12:00:01 vm318 /rabbit2packer.py: Thread-1 processing old
        Nov 22 12:00:02 vm318 /rabbit2packer.py: packer build starting, see: /log//old.managed.json.log for details
        Nov 22 12:00:20 vm318 /rabbit2packer.py: Thread-1: packer exited with non zero exit code, old.managed.json build failed
        Nov 22 12:01:01 vm318 /rabbit2packer.py: Thread-1 processing lab
        Nov 22 12:01:02 vm318 /rabbit2packer.py: packer build starting, see: /log//lab.managed.json.log for details
        Nov 22 12:07:02 vm318 /rabbit2packer.py: Thread-1: packer exited with non zero exit code, lab.managed.json build failed

        """;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("messages", Messages);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Status_SinceSeen_PrintsTheCountsAndEachProblem()
    {
        _folder.Write("seen.json", Mark);

        var (code, output, _) = Run("status", "--since-seen");

        Assert.That(
            (code, output),
            Is.EqualTo((0, "since 12:00: 1 FAILED\nFAILED 12:07 lab.mgd: exit code 1\n"))
                .Or.EqualTo((0, "since 12:00: 1 FAILED\nFAILED 12:07 lab.mgd\n"))
        );
        Assert.That(File.ReadAllText(_folder["seen.json"]), Is.EqualTo(Mark), "reading is no looking");
    }

    [Test]
    public void Events_SinceSeen_LeavesOutWhatWasBefore()
    {
        _folder.Write("seen.json", Mark);

        var (code, output, _) = Run("events", "--since-seen");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("Thread-1 processing lab").And.Not.Contain("processing old"));
    }

    [Test]
    public void SinceSeen_WithoutAMark_SaysSoAndIsNoFault()
    {
        var (code, output, error) = Run("status", "--since-seen");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("since ").And.EndWith(": nothing ended\n"));
        Assert.That(error, Does.Contain("nothing is marked as seen yet").And.Contain("seen.json"));
    }

    [TestCase("status", "--json")]
    public void SinceSeen_AsJson_IsWrongUse(string command, string option) =>
        Assert.That(Run(command, option, "--since-seen").Code, Is.EqualTo(64));

    [Test]
    public void SinceSeen_OfAFileThatIsNone_NamesIt()
    {
        _folder.Write("seen.json", "not json");

        var (code, _, error) = Run("status", "--since-seen");

        Assert.That(code, Is.EqualTo(64));
        Assert.That(error, Does.Contain("seen.json: not a mark of what was seen"));
    }

    [Test]
    public void Dashboard_MarksWithAKey_AndTheNextOneKnowsIt()
    {
        TmuxTerminal.Require();
        _folder.Write("seen.json", Mark);
        using (var terminal = Dashboard())
        {
            terminal.WaitUntil(
                screen => screen.Contains(" since 12:00: 1 FAILED") && screen.Contains("unseen first: 1 FAILED"),
                "what was not seen"
            );
            Assert.That(terminal.Screen(), Does.Contain("u unseen"));
            terminal.Keys("U");
            terminal.WaitFor("marked as seen since 12:00");
            terminal.Keys("q");
            Assert.That(terminal.ExitCode(), Is.Zero);
        }

        Assert.That(File.ReadAllText(_folder["seen.json"]), Is.Not.EqualTo(Mark));
        using var next = Dashboard();
        next.WaitUntil(screen => screen.Contains(" since 12:08: nothing ended"), "nothing unseen");
    }

    private TmuxTerminal Dashboard() =>
        TmuxTerminal.Start(
            $"'{Path.Combine(AppContext.BaseDirectory, "packuilon-monitor")}' {string.Join(' ', Options)}",
            80,
            24,
            ("LC_ALL", "C.UTF-8"),
            ("HOME", _folder.Path)
        );

    private (int Code, string Output, string Error) Run(params string[] words) => ProgramHelp.Run([.. words, .. Options]);

    private string[] Options =>
        [
            "--messages",
            _folder["messages"],
            "--log-dir",
            _folder["log"],
            "--now",
            "2026-11-22T12:08:00Z",
            "--state-dir",
            _folder.Path,
            "--no-history",
            "--time-zone",
            "UTC",
        ];
}
