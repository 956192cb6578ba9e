using System.Text;
using PackuilonMonitor.Tests.EndToEnd;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>The dashboard in a real terminal on hostile files: every byte that it sends is looked at, on every screen.</summary>
public sealed class HostileDashboardTests
{
    private const string Failed =
        $"Nov 22 12:30:01 factory /rabbit2packer.py: Thread-1: "
        + $"packer exited with non zero exit code, {HostileFiles.Image}.managed.json build failed\n";

    private TmuxTerminal _terminal = null!;

    [Test]
    public void EveryScreen_OnHostileFiles_SendsSequencesOfTheOwnListAlone()
    {
        TmuxTerminal.Require();
        using var files = new HostileFiles();
        var settings = files.Folder.Write("mine.ini", $"[notify]\nosc9 = always\nhook = {Hook(files.Folder)}\n");
        var recorded = files["recorded"];
        var start = files.Folder.Write("start", $"""
            until test -e '{files["go"]}'; do sleep 0.05; done
            unset TMUX
            exec '{RunningProgram.Monitor}' --settings '{settings}' {string.Join(' ', files.Sources.Select(word => $"'{word}'"))}

            """);
        using var terminal = _terminal = TmuxTerminal.Start(
            $"sh '{start}'",
            140,
            40,
            ("LC_ALL", "C.UTF-8"),
            ("HOME", files.Folder.Path),
            ("XDG_STATE_HOME", files["state"])
        );
        terminal.Record(recorded);
        files.Folder.Write("go", "");
        var title = terminal.Flag("pane_title");
        terminal.WaitUntil(
            screen => screen.Contains("WORKERS") && screen.Contains(HostileFiles.Image) && !screen.Contains("reading the logs"),
            "the overview"
        );

        string[] screens =
            ["events", "unrecognised", "sources", "help", "history", "chain", "timeline", "health", "causes", "overview"];
        foreach (var screen in screens)
            Go(screen).Keys("End", "PgUp", "PgUp", "Right", "Right", "Home", "Space", "Space");
        Go("timeline").Keys("Enter", "End", "PgUp", "Home");
        terminal.WaitFor("usual");
        Go("overview");
        Go("worker-1").Keys("Enter");
        terminal.WaitFor("errored: ");
        terminal.Keys("f", "g");
        for (var page = 0; page < 15; page++)
        {
            // Four pictures a second at most: what is not waited for is not drawn.
            var before = terminal.Screen();
            terminal.Keys("Space", "Space");
            terminal.WaitUntil(screen => screen != before, "the next page");
        }

        terminal.Keys("w", "p", "C", "t", "o", "g", "Space", "Space", "/").Literally("pwned").Keys("Enter", "n", "n", "A");
        Go("overview");
        files.Folder.Append("messages", Failed);
        terminal.WaitUntil(
            _ => Encoding.UTF8.GetString(File.ReadAllBytes(recorded)).Contains("]9;", StringComparison.Ordinal),
            "a notification"
        );
        terminal.WaitUntil(_ => File.Exists(files["told"]), "the hook");
        Go("overview").Keys("q");

        Assert.Multiple(() =>
        {
            Assert.That(terminal.ExitCode(), Is.Zero);
            Assert.That(terminal.ModesAreAsFound);
            Assert.That(
                (
                    terminal.Flag("alternate_on"),
                    terminal.Flag("cursor_flag"),
                    terminal.Flag("mouse_any_flag"),
                    terminal.Flag("insert_flag"),
                    terminal.Flag("pane_title")
                ),
                Is.EqualTo(("0", "1", "0", "0", title))
            );
            var sent = File.ReadAllBytes(recorded);
            TestContext.Out.WriteLine($"{sent.Length} bytes sent");
            Assert.That(sent, Has.Length.GreaterThan(20_000));
            Assert.That(SentBytes.FaultsOfScreen(sent), Is.Empty);
            Assert.That(SentBytes.FaultsOfText(File.ReadAllBytes(files["told"])), Is.Empty);
        });
    }

    /// <summary>By its name, since an Esc with a letter right behind it is Alt with that letter.</summary>
    private TmuxTerminal Go(string command) => _terminal.Keys(":").Literally(command).Keys("Enter");

    /// <summary>Notes its arguments and what it reads.</summary>
    private static string Hook(TempFolder folder)
    {
        var path = folder.Write(
            "hook",
            $"#!/bin/sh\ncd '{folder.Path}' || exit 9\n{{ printf '%s\\n' \"$@\"; "
            + $"cat; }} > told.new\nmv told.new told\nprintf '\\033]0;x\\007\\n' >&2\nexit 1\n"
        );
        TempFolder.SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return $"[\"{path}\", \"{{event}}\", \"{{image}}\", \"{{reason}}\", \"{{text}}\", \"{{log}}\", \"{{step}}\"]";
    }
}
