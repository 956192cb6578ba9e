using System.Text;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>The dashboard as a conversation in lines, about a host and about what a recorder left. ACCEPT=1 rewrites the tables.</summary>
[NonParallelizable]
public sealed class ConversationTableTests
{
    private static readonly (int Minute, string Line)[] Recorded =
    [
        (0, "Starting"),
        (0, "Starting Thread-1"),
        (1, "Thread-1 processing web-el9-x86_64"),
        (2, "packer build starting, see: /log//web-el9-x86_64.managed.json.1795348920.log for details"),
        (5, "Thread-1: packer exited with non zero exit code, web-el9-x86_64.managed.json build failed"),
        (7, "Thread-1 processing lab-el8-x86_64"),
        (10, "packer build starting, see: /log//lab-el8-x86_64.managed.json.1795349400.log for details"),
    ];

    private GivenHost _host = null!;
    private StringBuilder _text = null!;

    [SetUp]
    public void MakeHost() => (_host, _text) = (new GivenHost(), new StringBuilder());

    [TearDown]
    public void RemoveHost() => _host.Dispose();

    /// <summary>Through a pipe: it answers each line, and ends with the input.</summary>
    [TestCase(
        "Views", "status", "workers", "changes", "recent", "health", "health BUILD_FAILED", "causes", "sources", "sources", "events",
        "more", "more", "unrecognised", "history web-el9-x86_64",
        "chain web-el9-x86_64", "help", "more", "more", "again", "hea BUILD_FAILED"
    )]
    [TestCase(
        "Logs", "log web-el9-x86_64", "plain-text", "back", "back", "log lab-el8-x86_64", "more", "log nobody", "copy", "next-problem",
        "redraw", "log web-el9-x86_64.managed.json.1795248002.log@1795248002", "find spma", "back", "workers"
    )]
    [TestCase(
        "Acts", "", "nonsense", "filter", "filter web", "tell steps", "tell stories", "at 14:02", "unseen", "unseen", "mark-seen",
        "mute BUILD_FAILED 4h", "mute BUILD_FAILED 4h", "health", "unmute BUILD_FAILED", "unmute BUILD_FAILED", "read-again",
        "quit", "workers"
    )]
    public void Linear_AnswersEachLine(string name, params string[] typed)
    {
        // When the history is there depends on a thread of its own.
        Tell("--linear --no-history", string.Join('\n', typed));
        Tell("--linear --messages -", "Nov 22 12:00:00 x sshd: y\n", _host.Options.Skip(2));
        Golden.Matches($"Commands.Linear.{name}.txt", CommandTable.Untimed(_text));
    }

    /// <summary>What a recorder left, as a snapshot and as lines of the dashboard.</summary>
    [Test]
    public void Recording_IsPassedOnAndReplayed()
    {
        HostFolder.Make(_host.Folder["rec"], "no-such-group");
        HostFolder.MakeIn(_host.Folder["rec"], HostFolder.Lines, HostFolder.Mode);
        using (var writer = new RecordingWriter(_host.Folder["rec/lines"], RecordingLimits.Usual, HostFolder.FileMode))
        {
            foreach (var (minute, line) in Recorded)
            {
                var at = Given.Noon.AddMinutes(minute);
                writer.Append(
                    new Frame(0, "", [new Batch(at, [.. Given.Lines($"12:{minute:00}:00 {line}").Select(seen => new Entry(seen, null))])])
                    {
                        Facts = minute == 0 ? new FactoryFacts(null, 2, "UTC", "/log") : null,
                    }
                );
            }
        }

        string[] here = ["--state-dir", "HOME/rec", "--time-zone", "UTC"];
        Tell("snapshot HOME/all.snapshot", "", here);
        Tell("snapshot HOME/all.snapshot", "", here);
        Tell("snapshot HOME/late.snapshot --since 2026-11-22T12:05:00Z", "", here);
        Tell("snapshot HOME/none.snapshot --since 2026-11-22T12:11:00Z", "", here);
        Tell("snapshot HOME/nowhere/x.snapshot --redact", "", here);
        Tell("snapshot HOME/red.snapshot --redact", "", here);
        foreach (
            var from in (string[])
                [
                    "HOME/rec", "HOME/rec/lines", "HOME/all.snapshot", "HOME/late.snapshot", "HOME/red.snapshot",
                    "HOME/rec --time 2026-11-22T12:03:00", "HOME/rec --time 2026-11-22T11:00:00", "HOME/rec --time whenever", "HOME/log",
                    "HOME/messages", "HOME/nothing.snapshot",
                ]
        )
            Tell($"replay {from} --linear", "workers\nrecent\nevents\nat 2026-11-22T12:01:30\nworkers\n", ["--time-zone", "UTC"]);
        Tell("replay --linear --time 2026-11-22T12:03:00", "workers\n", [.. here, "--messages", "HOME/messages", "--log-dir", "HOME/log"]);
        _host.Folder.Write("rec/lines/extra", "");
        Tell("snapshot HOME/other.snapshot", "", here);
        Golden.Matches("Commands.Recording.txt", CommandTable.Untimed(_text));
    }

    private void Tell(string line, string input = "", IEnumerable<string>? options = null) =>
        CommandTable.Tell(_text, _host.Path, line, options ?? _host.Options, input);
}
