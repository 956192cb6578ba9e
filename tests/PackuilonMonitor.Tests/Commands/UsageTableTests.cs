using System.Text;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Commands;

/// <summary>What each command says of itself, and of a command line that cannot be. ACCEPT=1 rewrites the tables.</summary>
[NonParallelizable]
public sealed class UsageTableTests
{
    private static readonly string[] Commands =
    [
        "demo", "status", "events", "log", "history", "record", "replay", "snapshot", "serve", "wait", "health", "mute", "unmute", "doctor",
        "ship",
    ];

    /// <summary>Command lines that cannot be, whatever there is to read.</summary>
    private static readonly string[] Wrong =
    [
        "",
        "stat",
        "statsu --json",
        "--jsno",
        "status --jsno",
        "status --json --json=maybe",
        "status extra",
        "status extra --bogus",
        "status --now",
        "status --now=",
        "status --now soon",
        "status --now 2026-11-23T00:00:00Z --now 2026-11-24T00:00:00Z",
        "status --time-zone Nowhere/Land",
        "status --theme pink",
        "status --color sometimes",
        "status --config /nonexistent/config.ini",
        "status --settings /nonexistent/mine.ini",
        "status --settings ''",
        "status --messages ''",
        "status --messages ' '",
        "status --log-dir ''",
        "status --config ''",
        "status --state-dir ''",
        "status --journal x",
        "status --journal x --messages y",
        "status --journal --messages y",
        "status --since next",
        "status --since soon",
        "status --since-seen --json",
        "status --factory none",
        "status --factory none --log-dir /x",
        "status --from amqp://user:secret@host",
        "status --from amqp://user:secret@host --messages x --factory a",
        "status --from amqp://user:secret@host --journal --factory a",
        "status --from http://user:secret@host --factory a",
        "status --from amqp://user:secret@host --factory a --since soon",
        "status amqp://user:secret@host",
        "events --follow --json extra",
        "log",
        "log --journal web",
        "log a b",
        "log --",
        "history a b",
        "history --no-history",
        "history --now 2026-11-23T00:00:00Z",
        "record --no-history",
        "record --now 2026-11-23T00:00:00Z",
        "replay ''",
        "replay",
        "replay /nonexistent",
        "replay /etc/passwd",
        "replay --time whenever /nonexistent",
        "snapshot",
        "snapshot ''",
        "snapshot x.snapshot",
        "snapshot x.snapshot --since whenever",
        "serve --listen",
        "serve --listen nowhere",
        "serve --listen 127.0.0.1:99999",
        "serve --listen http://user:secret@host",
        "wait",
        "wait ''",
        "wait web --change web",
        "wait --change ''",
        "wait web --timeout 5x",
        "wait web --timeout ''",
        "wait web --messages -",
        "wait web --bogus",
        "health --bogus",
        "health NO_SUCH_CHECK",
        "health build_lots",
        "mute",
        "mute BUILD_FAILED",
        "mute NO_SUCH 4h",
        "mute BUILD_FAILED soon",
        "mute BUILD_FAILED 4h extra",
        "unmute",
        "unmute NO_SUCH",
        "unmute BUILD_FAILED",
        "unmute BUILD_FAILED:x",
        "ship",
        "ship --to http://x",
        "ship --to amqp://user:secret@host --factory a --factory b",
        "ship --log-limit 0 --to amqp://h",
        "ship --log-rate 0 --to amqp://h",
        "ship --log-rate many",
        "demo --speed fast",
        "demo --speed 0.09",
        "demo --speed 1001",
        "demo --seed -1",
        "demo --seed x",
        "demo --dialect klingon",
        "demo --packer 9",
        "demo --speed 0.1",
        "demo --speed 1000 --seed 2 --packer 1.0",
    ];

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Help_OfEachCommand_IsAsListed()
    {
        var text = new StringBuilder();
        foreach (var command in Commands.Prepend(""))
            CommandTable.Tell(text, _folder.Path, $"{command} --help".Trim());
        CommandTable.Tell(text, _folder.Path, "--help status");
        CommandTable.Tell(text, _folder.Path, "log --help --bogus");
        CommandTable.Tell(text, _folder.Path, "status -h");
        Golden.Matches("Commands.Help.txt", text.ToString());
    }

    [Test]
    public void WrongUse_OfEachCommand_IsAsListed()
    {
        var text = new StringBuilder();
        foreach (var line in Wrong)
            CommandTable.Tell(text, _folder.Path, line);
        Golden.Matches("Commands.Wrong.txt", text.ToString());
    }
}
