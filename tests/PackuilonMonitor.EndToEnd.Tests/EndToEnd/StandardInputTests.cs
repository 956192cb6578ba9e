using System.Text.Json;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The system log on standard input, which may never end: as from tail -F on another host.</summary>
public sealed class StandardInputTests
{
    private const string First = """
        Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing lab-sl7x-x86_64
        Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: /log//lab-sl7x-x86_64.managed.json.log for details

        """;

    private const string Last =
        "Nov 22 12:07:02 factory /rabbit2packer.py: Thread-1: image built successfully: lab-sl7x-x86_64.managed.json\n";

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
    public void Status_OfAnInputThatGoesOn_IsOfWhatCame_AndSaysSo()
    {
        using var status = RunningProgram.Start(RunningProgram.Monitor, ["status", "--json", "--messages", "-", .. Options()]);
        status.Input.Write(First);
        status.Input.Flush();

        var printed = JsonDocument.Parse(status.WaitFor("{")).RootElement;
        status.WaitFor("packuilon-monitor: -: not ended: read until it was silent");
        Assert.Multiple(() =>
        {
            Assert.That(printed.GetProperty("builds")[0].GetProperty("state").GetString(), Is.EqualTo("building"));
            Assert.That(status.Ended(), Is.Zero);
        });
    }

    [Test]
    public void Events_FollowingAnInput_GoOnWithItAndEndWithIt()
    {
        using var events = RunningProgram.Start(RunningProgram.Monitor, ["events", "--follow", "--json", "--messages", "-", .. Options()]);
        events.Input.Write(First);
        events.Input.Flush();
        events.WaitFor("\"build-started\"");
        Assert.That(
            () => events.Output.Count(static told => told.Contains("source-changed", StringComparison.Ordinal)),
            Is.EqualTo(2).After(TestPatience.Milliseconds, 100),
            "it was silent and is followed"
        );
        Assert.That(events.Output, Has.None.Contains("not ended"));
        events.Input.Write(Last);
        events.Input.Flush();
        events.WaitFor("\"build-succeeded\"");
        events.Input.Close();

        Assert.That(events.Ended(), Is.Zero);
    }

    [Test]
    public void Dashboard_OfAnInput_ShowsItAndTakesKeysFromTheTerminal()
    {
        _folder.Write("first", First);
        using var terminal = TmuxTerminal.Start(
            $"sh -c \"(cat '{_folder["first"]}'; sleep 60) | '{RunningProgram.Monitor}' "
            + $"--messages - {string.Join(' ', Options().Select(option => $"'{option}'"))}\"",
            100,
            30,
            ("LC_ALL", "C.UTF-8")
        );

        terminal.WaitUntil(screen => screen.Contains("lab-sl7x-x86_64"), "the build");
        terminal.Keys("?");
        terminal.WaitUntil(screen => !screen.Contains("WORKERS"), "help");
        terminal.Keys("Escape");
        terminal.WaitFor("WORKERS");
        terminal.Keys("q");
        terminal.WaitUntil(
            _ => terminal.ModesAreAsFound || !terminal.Flag("alternate_on").Equals("1", StringComparison.Ordinal),
            "the main screen"
        );
    }

    [Test]
    public void Dashboard_OfAnInputWithoutATerminal_SaysWhatToDo()
    {
        var (code, printed) = Shell.Tell(First, "setsid", "--wait", "env", "TERM=xterm", RunningProgram.Monitor, "--messages", "-");

        Assert.That(
            (code, printed),
            Is.EqualTo(
                (
                    64,
                    "packuilon-monitor: standard input is the log, and there is no terminal for the keys at /dev/tty; use packuilon-monitor status or packuilon-monitor events --follow\n"
                )
            )
        );
    }

    [Test]
    public void Status_OfTheJournalAsJson_IsThatOfTheSameLines()
    {
        var entries = string.Concat(
            (First + Last)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line =>
                    $$"""{"__REALTIME_TIMESTAMP":"{{DateTimeOffset.Parse($"2026-11-22T{line[7..15]}Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds()}}000000","_HOSTNAME":"factory","SYSLOG_IDENTIFIER":"/rabbit2packer.py","_UID":"0","MESSAGE":{{JsonSerializer.Serialize(line[43..])}}}"""
                    + "\n"
                )
        );
        var journal = Shell.Tell(entries, RunningProgram.Monitor, ["status", "--json", .. Options(), "--journal", "-"]);
        var messages = Shell.Tell(First + Last, RunningProgram.Monitor, ["status", "--json", .. Options(), "--messages", "-"]);

        Assert.That(
            journal,
            Is.EqualTo((messages.Code, messages.Printed.Replace("\"path\":\"-\"", "\"path\":\"journal\"", StringComparison.Ordinal)))
        );
    }

    [Test]
    public void Journal_BesideFiles_IsWrongUse() =>
        Assert.That(
            Shell.Tell("", RunningProgram.Monitor, "status", "--journal", "--messages", "x"),
            Is.EqualTo((64, "packuilon-monitor: --journal: the system log is the journal or files, not both; leave out --messages\n"))
        );

    [Test]
    public void Journal_WithAnotherValue_IsWrongUse() =>
        Assert.That(
            Shell.Tell("", RunningProgram.Monitor, "status", "--journal", "image").Printed,
            Does.StartWith("packuilon-monitor: --journal: takes nothing or - and not image; write what belongs to the command before it")
        );

    private string[] Options() =>
        ["--log-dir", _folder["log"], "--config", _folder.Write("config.ini", ""), "--time-zone", "UTC", "--now", "2026-11-22T12:10:00Z"];
}
