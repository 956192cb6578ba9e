using System.Text.RegularExpressions;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>Each key of the table, pressed in a real terminal, and what the screen then shows.</summary>
public sealed partial class KeyTests
{
    private const string Cursor = "▶";

    private readonly HashSet<string> _pressed = [];
    private StillFactory _factory = null!;
    private TempFolder _folder = null!;
    private TmuxTerminal _terminal = null!;
    private BuildView _failed = null!;

    [SetUp]
    public void Begin()
    {
        TmuxTerminal.Require();
        _factory = new StillFactory();
        _folder = new TempFolder();
        // One that failed, with a good one of the same image and template before it.
        _failed = _factory.Builds.Last(build =>
            build is { State: BuildState.Failed, Reason: not null, Log.LineCount: > 100 }
            && _factory
                .Builds.TakeWhile(earlier => earlier.Id != build.Id)
                .Any(earlier =>
                    earlier.Image == build.Image
                    && earlier.Template == build.Template
                    && earlier is { State: BuildState.Succeeded, LogGone: false }
                )
        );
        _terminal = TmuxTerminal.Start(
            $"'{Path.Combine(AppContext.BaseDirectory, "packuilon-monitor")}' {_factory.Arguments}", 140, 40,
            ("LC_ALL", "C.UTF-8"), ("PAGER", "less"), ("XDG_CONFIG_HOME", _folder.Path), ("HOME", _folder.Path));
        _terminal.WaitUntil(
            screen => screen.Contains("WORKERS") && screen.Contains("T4") && !screen.Contains("reading the logs"),
            "the overview"
        );
    }

    [TearDown]
    public void End()
    {
        _terminal.Dispose();
        _folder.Dispose();
        _factory.Dispose();
    }

    [Test]
    public void EveryKeyOfTheTable_PressedInATerminal_DoesWhatItSays()
    {
        OnTheOverview();
        InALog();
        AroundTheProgram();

        var left = KeyMap
            .Default.Bindings.SelectMany(binding => binding.Keys)
            .Select(key => key.Name)
            .Distinct()
            .Where(key => !_pressed.Contains(key));
        Assert.That(left, Is.Empty, "no step presses these keys");
    }

    private void OnTheOverview()
    {
        CursorGoes(
            ("j", 1),
            ("k", -1),
            ("Down", 1),
            ("Up", -1),
            ("G", 3),
            ("g", -3),
            ("End", 3),
            ("Home", -3),
            ("Space", 3),
            ("b", -3),
            ("PgDn", 3),
            ("PgUp", -3)
        );
        CursorMoves("Ctrl-d", down: true);
        CursorMoves("Ctrl-u", down: false);
        CursorGoes(("2", 1), ("3", 1), ("4", 1), ("1", -3));
        foreach (var nobody in new[] { "5", "6", "7", "8", "9" })
            Shows(nobody, $"no worker T{nobody}");

        Shows("Tab", screen => CursorRow(screen) > HeadingRow(screen, "CHANGES"), "the cursor among the changes");
        Shows("Shift-Tab", screen => CursorRow(screen) < HeadingRow(screen, "CHANGES"), "the cursor among the workers");
        Changes("e", "the next problem");
        Changes("E", "the problem before");
        Shows("!", screen => screen.Contains("HEALTH") && screen.Contains("clears "), "what is raised");
        Shows("Tab", screen => CursorRow(screen) > HeadingRow(screen, " clear ──"), "the cursor among the items");
        Shows("m", " for: 4h");
        Shows("Esc", screen => !screen.Contains(" for: 4h"), "no question");
        Shows("c", "command copied");
        Shows("Esc", "CHANGES");
        Shows("R", screen => screen.Contains("DOCTOR") && screen.Contains("messages"), "what doctor found");
        Shows("Esc", "CHANGES");
        Shows("X", "FAILURES BY CAUSE");
        Shows("X", "CHANGES");
        Changes("i", "the row whole", mayStay: true);
        Press("i");
        Press("1");
        Shows("f", screen => !screen.Contains("CHANGES"), "one pane alone");
        Shows("Esc", "CHANGES");
        Shows("=", "FROZEN");
        Shows("=", screen => !screen.Contains("FROZEN"), "no frozen screen");
        Shows("u", screen => screen.Contains("unseen 1 of") || screen.Contains("nothing is unseen"), "what was not seen");
        Shows("U", "marked as seen since");
        Shows("B", "no bell for failures any more");
        Shows("B", "a bell for any failure");
        Press("Tab", "Tab");
        Shows("/", "filter");
        Type(_failed.Image.Text);
        Shows("Enter", screen => screen.Contains(_failed.Image.Text), "what was filtered");
        Shows("H", $"HISTORY of {_failed.Image}");
        Shows("d", "compared with this build");
        Shows("d", "the last good build again");
        Changes("l", "the list sideways", mayStay: true);
        Changes("h", "the list back", mayStay: true);
        Shows("q", "WORKERS");
        Shows("-", "HISTORY of");
        Shows("T", "CHANGE ");
        Shows("-", "HISTORY of");
        Shows("Esc", "WORKERS");
    }

    private void InALog()
    {
        Press("1", "Tab", "Tab");
        Shows(":", ":");
        Type("history");
        Shows("Enter", "HISTORY of");
        for (var row = 0; row < 40 && !CursorLine(_terminal.Screen()).Contains(Clock(_failed)); row++)
            Changes("j", $"a row down to the build of {Clock(_failed)}");
        Shows("Enter", "prefix hidden");
        Shows("F", screen => screen.Contains("DONE"), "a log of an ended build");
        Changes("g", "its start");
        foreach (var key in (string[])["j", "k", "Down", "Up", "Space", "b", "PgDn", "PgUp", "Ctrl-d", "Ctrl-u", "G", "g", "End", "Home"])
            Changes(key, "the log moved");
        Changes("l", "sideways");
        Changes("h", "back");
        Changes("Right", "sideways");
        Changes("Left", "back");
        Shows("}", "step 1 of");
        Shows("{", "step");
        Shows("e", "problem");
        Shows("E", "problem");
        Shows("w", "   wrap   ");
        Shows("w", "   chop   ");
        Shows("t", "time clock");
        Shows("t", "time gap");
        Shows("t", "time off");
        Shows("t", "time +build");
        Shows("p", "prefix shown");
        Shows("p", "prefix hidden");
        Shows("o", screen => !screen.Contains("STEPS"), "no steps");
        Shows("o", "STEPS");
        Shows("f", screen => !screen.Contains("STEPS"), "the log alone");
        Shows("f", "STEPS");
        Shows("d", "diff with last good");
        Shows("d", screen => !screen.Contains("diff with last good"), "all lines");
        Shows("D", "only new lines");
        Shows("D", screen => !screen.Contains("only new lines"), "all lines");
        Shows(")", "this log has one builder");
        Shows("(", "this log has one builder");
        Shows("C", "our colours");
        Shows("C", "no colours");
        Shows("C", screen => !screen.Contains("no colours"), "the log's colours");
        Shows("m", "marked");
        Shows("'", "marks 1");
        Shows("m", screen => !screen.Contains("marks 1"), "no mark");

        Press("g");
        Shows("&", "only lines with: ");
        Type("quit");
        Shows("Esc", screen => !screen.Contains("only lines with: ") && screen.Contains("prefix"), "the log, and no letter was a command");
        Shows("/", "Enter keep  Esc cancel");
        Type("ssh");
        Shows(
            "Left",
            screen => screen.TrimEnd().Split('\n')[^1].StartsWith(" /ssh ", StringComparison.Ordinal),
            "the pattern as it is typed"
        );
        Shows("End", "/ssh");
        Shows("Alt-c", "case counts");
        Shows("Alt-c", "case ignored");
        Shows("Alt-r", "text");
        Shows("Alt-r", "regex");
        Shows("Enter", "hit 1/");
        Shows("n", "hit 2/");
        Shows("N", "hit 1/");
        Shows("&", "only hits");
        Shows("z", "only hits ±1");
        Shows("Z", screen => !screen.Contains("±1"), "no context");
        Shows("!", "only others");
        Shows("!", screen => !screen.Contains("only others"), "all lines");
        Shows("A", "HITS");
        Press("Tab", "Tab");
        Changes("j", "the next hit of the list");
        Shows("Enter", screen => screen.Contains("DONE") || screen.Contains("FOLLOW") || screen.Contains("PAUSED"), "the log of the hit");
        Back();

        Press("1", "Tab", "Tab", "Enter");
        _terminal.WaitFor("prefix hidden");
        Changes("[", "an older build");
        Changes("]", "the newer build");
        Shows("y", "copied");
        Shows("Y", "path copied");
        Shows("I", screen => screen.Contains("image id copied") || screen.Contains("this build made no image"), "the image's id");
        Shows("c", screen => screen.Contains("clean-up command copied") || screen.Contains("left nothing behind"), "what would tidy up");
        Shows("M", screen => screen.Contains("a bell when this build ends") || screen.Contains("has ended"), "a bell");
        Shows("s", screen => screen.Contains("FOLLOW") || screen.Contains("DONE") || screen.Contains("PAUSED"), "following");
        Shows("x", "-- Enter goes back --");
        Shows("Enter", "prefix hidden");
        Shows("v", screen => !screen.Contains("prefix hidden"), "less");
        _terminal.Keys("q");
        _terminal.WaitFor("prefix hidden");
        foreach (var (key, file) in new[] { ("S", "one.log"), ("Ctrl-s", "two.log") })
        {
            Press(key);
            _terminal.WaitFor("save as: ");
            _terminal.Keys("C-u");
            var saved = new FileInfo(Path.Combine(_folder.Path, file));
            Type(saved.FullName);
            Shows("Enter", screen => screen.Contains($" bytes to {saved.FullName}"), $"{file} saved");
            Assert.That(saved.Length, Is.Positive);
        }

        Back();
    }

    private void AroundTheProgram()
    {
        Shows("?", "HELP");
        Shows("?", "every key");
        Press("Esc");
        Shows("F1", "HELP");
        Back();
        Shows("F2", "mouse on");
        Shows("F2", "mouse off");
        Shows("F5", screen => screen.Contains("reading") || screen.Contains("WORKERS"), "everything read again");
        _terminal.WaitUntil(screen => screen.Contains("T4") && !screen.Contains("reading the logs"), "the overview again");
        Shows("Ctrl-l", "WORKERS");
        // No recorder runs beside this test; the tests of the past step through one's recording.
        foreach (
            var (key, said) in new[]
            {
                (",", "nothing is recorded here"),
                (".", "this is the present"),
                ("<", "nothing is recorded here"),
                (">", "this is the present"),
            }
        )
            Shows(key, said);
        Shows("@", " at:");
        Shows("Esc", screen => !screen.Contains(" at:"), "no question");
        Shows("L", "this is the present");
        Press("Ctrl-z");
        // No shell could continue it here; the tests of job control stop it.
        _terminal.WaitUntil(screen => screen.Contains("WORKERS") && screen.Contains("not suspended"), "the overview again");
        Press("Ctrl-c");
        Assert.That(_terminal.ExitCode(), Is.EqualTo(130));
        Assert.That(_terminal.ModesAreAsFound);
    }

    private void Back()
    {
        for (var step = 0; step < 8 && !_terminal.Screen().Contains("WORKERS"); step++)
        {
            Changes("Esc", "one step back");
        }

        _terminal.WaitFor("WORKERS");
    }

    private void CursorGoes(params (string Key, int Rows)[] moves)
    {
        foreach (var (key, rows) in moves)
        {
            var from = WorkerAt(_terminal.Screen());
            Shows(key, screen => WorkerAt(screen) == from + rows, $"the cursor {rows} rows on from T{from}");
        }
    }

    private void CursorMoves(string key, bool down)
    {
        var from = WorkerAt(_terminal.Screen());
        Shows(key, screen => down ? WorkerAt(screen) > from : WorkerAt(screen) < from, "the cursor moved");
    }

    private void Shows(string key, string text) => Shows(key, screen => screen.Contains(text, StringComparison.Ordinal), text);

    private void Shows(string key, Func<string, bool> isThere, string what)
    {
        Press(key);
        _terminal.WaitUntil(isThere, $"after {key}: {what}");
    }

    private void Changes(string key, string what, bool mayStay = false)
    {
        var before = Still(_terminal.Screen());
        Press(key);
        if (!mayStay)
            _terminal.WaitUntil(screen => Still(screen) != before, $"after {key}: {what}");
    }

    private void Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            _pressed.Add(key);
            _terminal.Keys(TmuxKey(key));
        }
    }

    private void Type(string text) => _terminal.Literally(text);

    private static string TmuxKey(string key) => key switch
    {
        "PgDn" => "NPage",
        "PgUp" => "PPage",
        "Esc" => "Escape",
        "Shift-Tab" => "BTab",
        _ => key.Replace("Ctrl-", "C-", StringComparison.Ordinal).Replace("Alt-", "M-", StringComparison.Ordinal),
    };

    /// <summary>The screen without what the clock changes.</summary>
    private static string Still(string screen) => Times().Replace(screen, "#");

    [GeneratedRegex(@"\d+:\d\d(:\d\d)?|<?\d+ ?[smh]( ago)?\b")]
    private static partial Regex Times();

    private static int CursorRow(string screen) => Array.FindIndex(screen.Split('\n'), line => line.Contains(Cursor));

    private static string CursorLine(string screen) => screen.Split('\n').FirstOrDefault(line => line.Contains(Cursor), "");

    private static int HeadingRow(string screen, string heading) => Array.FindIndex(screen.Split('\n'), line => line.Contains(heading));

    private static int WorkerAt(string screen) => Chosen().Match(screen) is { Success: true } match ? match.Groups[1].Value[0] - '0' : 0;

    [GeneratedRegex(@"▶ T(\d)")]
    private static partial Regex Chosen();

    private static string Clock(BuildView build) =>
        build.StartedAt!.Value.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
