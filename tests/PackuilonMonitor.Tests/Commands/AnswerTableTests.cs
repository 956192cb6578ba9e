using System.Text;
using System.Text.RegularExpressions;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>What the commands that end by themselves answer about one host. ACCEPT=1 rewrites the tables.</summary>
[NonParallelizable]
public sealed partial class AnswerTableTests
{
    private GivenHost _host = null!;
    private StringBuilder _text = null!;

    [SetUp]
    public void MakeHost() => (_host, _text) = (new GivenHost(), new StringBuilder());

    [TearDown]
    public void RemoveHost() => _host.Dispose();

    [Test]
    public void Reports_AreAsListed()
    {
        Tell("status");
        Tell("status --json");
        Tell("status --since-seen");
        Tell("status --no-history");
        Tell("events");
        Tell("events --json");
        Tell("events --since-seen");
        Tell("events --json --since-seen");
        _host.Folder.Delete("state/seen.json");
        _host.Folder.Write("state/seen.json", "not json");
        Tell("status --since-seen");
        Golden.Matches("Commands.Reports.txt", _text.ToString());
    }

    [Test]
    public void Logs_AreAsListed()
    {
        Tell("log web-el9-x86_64");
        Tell("log web-el9-x86_64 --plain");
        Tell("log web-el9-x86_64 --color always");
        Tell("log web-el9-x86_64 --color always --plain");
        Tell("log web-el9-x86_64 --color never");
        Tell("log web-el9-x86_64 --since-last-good --plain");
        Tell("log web-el9-x86_64.managed --plain --follow");
        Tell("log web-el9-x86_64.managed.json.1795248002.log@1795248002 --plain");
        Tell("log lab-el8-x86_64 --plain");
        Tell("log lab-el8-x86_64 --since-last-good");
        Tell("log web-el9-x86_64 --no-history --plain --since-last-good");
        // Packer has written nothing yet.
        _host.Folder.Write("log/lab-el8-x86_64.managed.json.1795350603.log", "");
        Tell("log lab-el8-x86_64");
        Tell("log testbed-el7-x86_64");
        Tell("log nobody");
        _host.Folder.Delete("log/web-el9-x86_64.managed.json.1795348802.log");
        Tell("log web-el9-x86_64");
        _host.Folder.Delete("log/web-el9-x86_64.managed.json.1795248002.log");
        Tell("log web-el9-x86_64 --since-last-good");
        _host.Folder.Delete("messages");
        Tell("log nobody");
        Golden.Matches("Commands.Logs.txt", _text.ToString());
    }

    [Test]
    public void History_IsAsListed()
    {
        Tell("history");
        Tell("history --json");
        Tell("history web-el9-x86_64");
        Tell("history web-el9-x86_64.managed");
        Tell("history web-el9-x86_64.unmanaged");
        Tell("history lab");
        Tell("history --factory harwell");
        Tell("history --no-history");
        _host.Folder.Delete("state/history.db");
        Tell("history");
        Tell("history --json");
        _host.Folder.Write("state/history.db", "no store");
        Tell("history");
        Tell("status");
        Golden.Matches("Commands.History.txt", _text.ToString());
    }

    [Test]
    public void Health_AndMutes_AreAsListed()
    {
        Tell("health");
        Tell("health --json");
        Tell("health -x");
        Tell("health --no-perfdata");
        Tell("health WORKER_LOST");
        Tell("health build_failed worker_lost -x");
        Tell("health --no-history");
        Tell("mute BUILD_FAILED 4h");
        Tell("mute BUILD_FAILED 2d");
        Tell("mute WORKER_LOST 4h");
        Tell("mute WORKER_LOST 4h --sticky");
        Tell("mute WORKER_LOST 31d --sticky");
        Tell("mute BUILD_FAILED:web-el9-x86_64.managed 30m");
        Tell("mute BUILD_FAILED:nothing 30m");
        Tell("mute BUILD_FAILED soon");
        Tell("health");
        Tell("health --json");
        Tell("unmute WORKER_LOST:x");
        Tell("unmute WORKER_LOST");
        Tell("unmute WORKER_LOST");
        Tell("health -x");
        Tell("unmute BUILD_FAILED");
        Tell("unmute BUILD_FAILED:web-el9-x86_64.managed");
        Tell("unmute BUILD_FAILED");
        _host.Folder.Write("state/mutes.json", "no mutes");
        Tell("health -x");
        Tell("mute BUILD_FAILED 4h");
        Tell("unmute BUILD_FAILED");
        _host.Folder.Write("state/history.db", "no store");
        _host.Folder.Delete("messages");
        Tell("health");
        Golden.Matches("Commands.Health.txt", _text.ToString());
    }

    [Test]
    public void Waits_ForWhatHasEnded_AreAsListed()
    {
        Tell("wait web-el9-x86_64.managed --since 11:00");
        Tell("wait testbed-el7-x86_64 --since 2h");
        Tell("wait testbed-el7-x86_64 --since 33m");
        Tell("wait testbed-el7-x86_64 --since 32m --timeout 0");
        Tell("wait web-el9-x86_64.managed.json.1795248002.log@1795248002");
        Tell("wait testbed-el7-x86_64 --since 2026-11-22T12:00:00Z");
        Tell("wait --change web-el9-x86_64.example.org --since 1h30m");
        Tell("wait web-el9-x86_64 --since whenever");
        Tell("wait web-el9-x86_64 --since ''");
        Tell("wait web-el9-x86_64 --timeout 0s");
        Tell("wait lab-el8-x86_64 --timeout 0");
        Tell("wait web-el9-x86_64.managed.json.log@1");
        Tell("wait --change lab-el8-x86_64 --timeout 0h0m0s");
        _host.Folder.Delete("messages");
        Tell("wait web-el9-x86_64 --since 11:00");
        Golden.Matches("Commands.Waits.txt", _text.ToString());
    }

    [Test]
    public void Sources_AreReadAsListed()
    {
        Tell("status --json", File.ReadAllText(_host.Folder["messages"]), ["--messages", "-", .. _host.Options.Skip(2)]);
        foreach (var name in (string[])["messages.2.gz", "messages.3.lz4"])
            _host.Folder.Write(name, "bad\n");
        Directory.CreateDirectory(_host.Folder["messages.4"]);
        Tell("status");
        Tell("events --json");
        Tell("log lab-el8-x86_64 --plain");
        File.CreateSymbolicLink(_host.Folder["log/other.log"], _host.Folder["messages"]);
        _host.Folder.Write("config.ini", "[rabbit2packer]\nLOG_DIR = HOME/nowhere\nTHREAD_COUNT = many\n[global]\nRABBIT_PORT = abc\n");
        Tell("status");
        Tell("health -x");
        _host.Folder.Write("messages", "2026/11/22 12:00:00 factory rabbit2packer.py: Starting\n");
        Tell("status");
        Golden.Matches("Commands.Sources.txt", _text.ToString());
    }

    /// <summary>Two factories of the settings, of which one is not there, and a third without a name of its own.</summary>
    [Test]
    public void Factories_OfTheSettings_AreAsListed()
    {
        _host.Folder.Write(
            "two.ini",
            """
            [sources]
            time-zone = UTC
            [history]
            state-dir = HOME/state
            [factory harwell]
            messages = HOME/messages
            log-dir = HOME/log
            config = HOME/config.ini
            [factory oxford]
            messages = HOME/oxford
            log-dir = HOME/log2
            time-zone = Europe/Paris

            """.Replace("HOME", _host.Path, StringComparison.Ordinal)
        );
        _host.Folder.Write(
            "oxford",
            "Nov 22 12:00:00 ox1 /rabbit2packer.py: Starting\nNov 22 12:00:00 ox1 /rabbit2packer.py: Starting Thread-1\n"
        );
        foreach (
            var line in (string[])
                [
                    "status", "status --json", "status --factory oxford", "status --factory oxford --factory harwell --time-zone UTC",
                    "status --factory Oxford", "status --factory oxford --log-dir HOME/log",
                    "status --log-dir HOME/log --messages HOME/messages",
                    "events --factory oxford", "health -x", "health -x --factory oxford", "mute BUILD_FAILED 4h",
                    "mute BUILD_FAILED 4h --factory oxford", "mute BUILD_FAILED 4h --factory harwell", "health -x",
                    "unmute BUILD_FAILED --factory oxford", "unmute BUILD_FAILED --factory harwell", "log web-el9-x86_64 --plain",
                    "log web-el9-x86_64 --plain --factory oxford", "log oxford:web-el9-x86_64", "log harwell:web-el9-x86_64 --plain",
                    "wait lab-el8-x86_64 --timeout 0", "wait lab-el8-x86_64 --timeout 0 --factory oxford",
                    "history", "history --factory harwell",
                    "ship", "ship --factory harwell", "ship --factory oxford --factory harwell", "status --since-seen",
                    "status --broker --factory oxford",
                ]
        )
            Tell(line, "", ["--settings", "HOME/two.ini", "--now", GivenHost.Now]);
        _host.Folder.Append("two.ini", "[factory oxford2]\nmessages = HOME/oxford\n".Replace("HOME", _host.Path, StringComparison.Ordinal));
        Tell("status", "", ["--settings", "HOME/two.ini", "--now", GivenHost.Now]);
        Tell("status --factory oxford2 --factory oxford", "", ["--settings", "HOME/two.ini", "--now", GivenHost.Now]);
        _host.Folder.Append("two.ini", "[factory bad]\nmessages = \n[display]\ncolour = pink\n");
        Tell("status", "", ["--settings", "HOME/two.ini", "--now", GivenHost.Now]);
        Golden.Matches("Commands.Factories.txt", CommandTable.Untimed(_text));
    }

    /// <summary>What doctor says of the files that were named; what it says of the machine differs from one to the next.</summary>
    [Test]
    public void Doctor_OfNamedFiles_IsAsListed()
    {
        Doctor("doctor");
        _host.Folder.Write("messages.2.gz", "bad\n");
        _host.Folder.Write("messages.3.lz4", "bad\n");
        File.CreateSymbolicLink(_host.Folder["log/other.log"], _host.Folder["messages"]);
        Doctor("doctor");
        _host.Folder.Write("config.ini", "[rabbit2packer]\nLOG_DIR = HOME/nowhere\nTHREAD_COUNT = many\n[global]\nRABBIT_PORT = abc\n");
        _host.Folder.Write("state/history.db", "no store");
        Doctor("doctor");
        _host.Folder.Write("messages", "2026/11/22 12:00:00 factory rabbit2packer.py: Starting\n");
        Doctor("doctor --no-history");
        Doctor("doctor --messages -", ["--config", _host.Folder["config.ini"], "--now", GivenHost.Now]);
        _host.Folder.Write("mine.ini", "[display]\ncolour = pink\ntheme = light\n[notify]\nhook = /nonexistent/hook\nwebhook = x\n");
        Doctor("doctor --settings HOME/mine.ini");
        _host.Folder.Write(
            "two.ini",
            "[factory a]\nmessages = messages\nlog-dir = log\n[factory b]\nmessages = messages\nlog-dir = log\n[factory c]\nthreads = 2\n"
                + "[factory d]\nmessages = none\n"
        );
        Doctor("doctor --settings HOME/two.ini", ["--state-dir", _host.Folder["state"]]);
        Doctor("doctor --settings HOME/two.ini --factory a", ["--state-dir", _host.Folder["state"]]);
        Doctor("doctor --settings HOME/two.ini --factory x", ["--state-dir", _host.Folder["state"]]);
        Golden.Matches("Commands.Doctor.txt", CommandTable.Untimed(_text));

        void Doctor(string line, IEnumerable<string>? options = null) =>
            CommandTable.Tell(_text, _host.Path, line, options ?? _host.Options, keeps: IsOfFiles);
    }

    /// <summary>Neither of the user who runs the tests nor of the machine.</summary>
    private static bool IsOfFiles(string said) =>
        !MachineFinding().IsMatch(said) && !said.Contains("sudo -u USER", StringComparison.Ordinal)
        && !said.Contains("sysctl", StringComparison.Ordinal) && !said.Contains("limit", StringComparison.Ordinal);

    private void Tell(string line, string input = "", IEnumerable<string>? options = null) =>
        CommandTable.Tell(_text, _host.Path, line, options ?? _host.Options, input);

    [GeneratedRegex(@"^\w+ +(user|inotify|open files|locale|colours): ")]
    private static partial Regex MachineFinding();
}
