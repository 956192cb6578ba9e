using System.Text.Json;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The dashboard in a real terminal while it tells: the screen and its modes are left alone, and what fails is shown.</summary>
public sealed class NotificationTests
{
    private const string Begun = """
        Nov 22 12:00:00 factory /rabbit2packer.py: Starting
        Nov 22 12:00:00 factory /rabbit2packer.py: Starting Thread-1
        Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing old-sl7x-x86_64
        Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: /log//old-sl7x-x86_64.managed.json.1795348802.log for details
        Nov 22 12:01:02 factory /rabbit2packer.py: Thread-1: packer exited with non zero exit code, old-sl7x-x86_64.managed.json build failed
        Nov 22 12:01:03 factory /rabbit2packer.py: Thread-1 processing lab-sl7x-x86_64
        Nov 22 12:01:04 factory /rabbit2packer.py: packer build starting, see: /log//lab-sl7x-x86_64.managed.json.1795348864.log for details

        """;

    private const string Failed =
        "Nov 22 12:07:02 factory /rabbit2packer.py: Thread-1: packer exited with non zero exit code, lab-sl7x-x86_64.managed.json build failed\n";

    [Test]
    public void Hook_ThatWritesAndFails_IsRunOnceAndLeavesTheScreenAlone()
    {
        TmuxTerminal.Require();
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        folder.Append("messages", Begun);
        var hook = folder.Write("hook", $"""
            #!/bin/sh
            cd '{folder.Path}' || exit 9
            (: < /dev/tty) 2> /dev/null && echo 'a terminal' > modes
            echo 'on standard output'
            echo 'no such pager' >&2
            cat >> events.new
            mv events.new events
            exit 3

            """);
        TempFolder.SetMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var settings = folder.Write(
            "mine.ini",
            $"[sources]\nmessages = messages\nlog-dir = log\nconfig = none.ini\ntime-zone = UTC\n[notify]\nosc9 = always\nhook = {hook}\n"
        );
        folder.Write("none.ini", "");
        using var terminal = TmuxTerminal.Start(
            $"'{Path.Combine(AppContext.BaseDirectory, "packuilon-monitor")}' --settings '{settings}' --now 2026-11-22T12:06:00Z",
            120,
            30,
            ("LC_ALL", "C.UTF-8")
        );
        terminal.WaitUntil(screen => screen.Contains("lab-sl7x-x86_64") && !screen.Contains("reading the logs"), "a worker that builds");

        folder.Append("messages", Failed);
        var screen = terminal.WaitFor("exit code 3: no such pager");
        var modes = Ingest.Shell.Tell("", "stty", "-F", terminal.Flag("pane_tty"), "-a").Printed;
        terminal.Keys("?");
        terminal.WaitFor("HELP");
        terminal.Keys("Escape");
        var after = terminal.WaitUntil(seen => seen.Contains("WORKERS") && !seen.Contains("HELP"), "the overview");
        terminal.Keys("q");

        var events = File.ReadAllLines(folder["events"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(
                events.Select(told => (told.GetProperty("event").GetString(), told.GetProperty("image").GetString())),
                Is.EqualTo(new[] { ("failed", "lab-sl7x-x86_64") })
            );
            Assert.That(modes, Does.Contain("-icanon").And.Contain(" -echo "), "still raw");
            Assert.That(File.Exists(folder["modes"]), Is.False, "the hook has no terminal");
            Assert.That(screen, Does.Contain("WORKERS").And.Not.Contain("on standard output").And.Not.Contain("]9;"));
            Assert.That(after, Does.Contain("! hook: hook: exit code 3"), "a sign stays");
            Assert.That(terminal.ExitCode(), Is.Zero);
            Assert.That(terminal.ModesAreAsFound);
            Assert.That(terminal.Flag("alternate_on"), Is.EqualTo("0"));
        });
    }

    [Test]
    public void Hook_WhoseChildBecameAnotherUser_CannotBeKilledAndThatIsSaid()
    {
        TmuxTerminal.Require();
        FaultTests.Needs("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "test", "-x", RunningProgram.Monitor);
        using var folder = new TempFolder();
        TempFolder.SetMode(folder.Path, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(folder["log"]);
        folder.Append("messages", Begun);
        // As sudo does: all its ids become those of another user.
        var other = folder["other"];
        File.Copy("/usr/bin/setpriv", other);
        TempFolder.SetMode(other, (UnixFileMode)0b100_111_101_101);
        FaultTests.Needs(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            other,
            "--reuid=0",
            "test",
            "-O",
            "/proc/1/environ"
        );
        var hook = folder.Write("hook", $"#!/bin/sh\n'{other}' --reuid=0 sh -c 'echo $$ > \"$0\"; exec sleep 1000' '{folder["child"]}'\n");
        TempFolder.SetMode(hook, (UnixFileMode)0b111_101_101);
        var settings = folder.Write(
            "mine.ini",
            $"[sources]\nmessages = messages\nlog-dir = log\nconfig = none.ini\n"
            + $"time-zone = UTC\n[notify]\nhook = {hook}\nhook-seconds = 1\n[history]\non = no\n"
        );
        folder.Write("none.ini", "");
        using var terminal = TmuxTerminal.Start(
            $"setpriv --reuid=65534 --regid=65534 --clear-groups '{RunningProgram.Monitor}' "
            + $"--settings '{settings}' --now 2026-11-22T12:06:00Z",
            140,
            30,
            ("LC_ALL", "C.UTF-8"),
            ("HOME", "/")
        );
        terminal.WaitUntil(screen => screen.Contains("lab-sl7x-x86_64") && !screen.Contains("reading the logs"), "a worker that builds");

        folder.Append("messages", Failed);
        terminal.WaitFor("cannot be killed");
        terminal.Keys("?");
        terminal.WaitFor("HELP");
        terminal.Keys("q", "q");

        Assert.That((terminal.ExitCode(), terminal.ModesAreAsFound), Is.EqualTo((0, true)));
        Ingest.Shell.Run("kill", File.ReadAllText(folder["child"]).Trim());
    }

    [Test]
    public void Hook_ForWhatEndedFarBackInALargeLog_IsNotRun()
    {
        TmuxTerminal.Require();
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        var noise = string.Concat(Enumerable.Repeat("Nov 22 12:00:30 factory systemd[1]: Started Session 1 of user root.\n", 120_000));
        var began = Begun.Split('\n');
        folder.Append("messages", string.Join('\n', began[..4]) + "\n" + noise + string.Join('\n', began[4..]) + noise);
        var hook = folder.Write("hook", $"#!/bin/sh\ncat >> '{folder["events"]}'\n");
        TempFolder.SetMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var settings = folder.Write(
            "mine.ini",
            $"[sources]\nmessages = messages\nlog-dir = log\nconfig = none.ini\ntime-zone = UTC\n[notify]\nhook = {hook}\n"
        );
        folder.Write("none.ini", "");
        using var terminal = TmuxTerminal.Start(
            $"'{Path.Combine(AppContext.BaseDirectory, "packuilon-monitor")}' --settings '{settings}' --now 2026-11-22T12:06:00Z",
            120,
            30,
            ("LC_ALL", "C.UTF-8")
        );
        terminal.WaitUntil(
            screen => screen.Contains("lab-sl7x-x86_64") && screen.Contains("old-sl7x-x86_64") && !screen.Contains("reading the logs"),
            "all is read"
        );

        folder.Append("messages", Failed);
        terminal.WaitUntil(
            _ => File.Exists(folder["events"]) && File.ReadAllText(folder["events"]).Contains("lab-sl7x"),
            "the hook is run"
        );
        terminal.Keys("q");

        Assert.That(terminal.ExitCode(), Is.Zero);
        Assert.That(
            File.ReadAllLines(folder["events"]).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("image").GetString()),
            Is.EqualTo(new[] { "lab-sl7x-x86_64" })
        );
    }

    [Test]
    public void Settings_AWrongLineInAFileNobodyNamed_IsOnTheScreen()
    {
        TmuxTerminal.Require();
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["packuilon-monitor"]);
        Directory.CreateDirectory(folder["log"]);
        folder.Append("messages", Begun);
        folder.Write("packuilon-monitor/config.ini", "[display]\ntheem = dark\n");
        using var terminal = TmuxTerminal.Start(
            $"'{Path.Combine(AppContext.BaseDirectory, "packuilon-monitor")}' --messages '{folder["messages"]}' "
            + $"--log-dir '{folder["log"]}' --config '{folder.Write("none.ini", "")}'",
            160,
            30,
            ("LC_ALL", "C.UTF-8"),
            ("XDG_CONFIG_HOME", folder.Path)
        );

        terminal.WaitFor("[display] theem: no such setting; did you mean theme?");
        terminal.Keys("q");

        Assert.That(terminal.ExitCode(), Is.Zero);
    }
}
