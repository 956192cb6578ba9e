namespace PackuilonMonitor.Cells;

/// <summary>The signs of the screen, each one column wide unless it says otherwise.</summary>
public sealed record Glyphs
{
    private Glyphs()
    {
    }

    public bool IsAscii { get; private init; }

    public string Rule { get; private init; } = "─";

    public string Bar { get; private init; } = "│";

    public string Cursor { get; private init; } = "▶";

    /// <summary>Not seen yet.</summary>
    public string Unseen { get; private init; } = "*";

    public string Running { get; private init; } = "●";

    public string Succeeded { get; private init; } = "✓";

    public string Failed { get; private init; } = "✗";

    public string Cancelled { get; private init; } = "⊘";

    public string Problem { get; private init; } = "!";

    public string ToDo { get; private init; } = "○";

    public string Done { get; private init; } = "█";

    public string Left { get; private init; } = "▒";

    /// <summary>The arrow between two links of a chain; several columns.</summary>
    public string Arrow { get; private init; } = "──►";

    public string Ellipsis { get; private init; } = "…";

    public string Above { get; private init; } = "▲";

    public string Below { get; private init; } = "▼";

    /// <summary>A bar of a timeline: its beginning, its middle, its regular end, and its continuation beyond the edges.</summary>
    public string BarBegins { get; private init; } = "┣";

    public string BarFill { get; private init; } = "━";

    public string BarEnds { get; private init; } = "┫";

    public string BarFromBefore { get; private init; } = "◄";

    public string BarRuns { get; private init; } = "▶";

    /// <summary>Within a bar, where the next part begins; in a row of steps, where the usual one ends.</summary>
    public string BarParts { get; private init; } = "┃";

    /// <summary>What is gone, and what is usual.</summary>
    public string Shade { get; private init; } = "░";

    public string None { get; private init; } = "·";

    /// <summary>Levels of a sparkline, from the lowest to the highest.</summary>
    public IReadOnlyList<string> Levels { get; private init; } = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

    public static Glyphs Unicode { get; } = new();

    public static Glyphs Ascii { get; } = new()
    {
        IsAscii = true,
        Rule = "-",
        Bar = "|",
        Cursor = ">",
        Running = "o",
        Succeeded = "+",
        Failed = "X",
        Cancelled = "C",
        ToDo = "-",
        Done = "#",
        Left = ".",
        Arrow = "->",
        Ellipsis = "$",
        Above = "^",
        Below = "v",
        None = ".",
        BarBegins = "[",
        BarFill = "=",
        BarEnds = "]",
        BarFromBefore = "<",
        BarRuns = ">",
        BarParts = "|",
        Shade = ".",
        Levels = ["_", ".", "-", "=", "+", "*", "#", "@"],
    };

    /// <summary>ASCII if requested or if the locale is not UTF-8; LC_ALL precedes LC_CTYPE, and that precedes LANG.</summary>
    public static Glyphs For(bool ascii, Func<string, string?> environment)
    {
        var locale = LocaleNames.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        var utf8 = locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase)
            || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
        return ascii || !utf8 ? Ascii : Unicode;
    }

    private static readonly string[] LocaleNames = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>A progress bar of exactly <paramref name="width"/> columns for a part of the whole from 0 to 1.</summary>
    public string Progress(double part, int width)
    {
        var columns = Math.Max(0, width);
        var full = double.IsFinite(part) ? (int)Math.Round(Math.Clamp(part, 0, 1) * columns) : 0;
        return string.Concat(Enumerable.Repeat(Done, full)) + string.Concat(Enumerable.Repeat(Left, columns - full));
    }
}
