namespace PackuilonMonitor.Cells;

/// <summary>Which set of styles is used: for a dark or a light background, or without any colour.</summary>
public enum Theme
{
    Dark,
    Light,
    Mono,
}

/// <summary>When colours are used.</summary>
public enum ColourChoice
{
    Auto,
    Always,
    Never,
}

/// <summary>Styles by their meaning; without colours bold, reverse or underline still distinguish them.</summary>
public sealed record Palette
{
    private Palette()
    {
    }

    public Theme Theme { get; private init; }

    public Style Heading { get; private init; } = new(Emphasis: Emphasis.Bold);

    public Style Plain { get; private init; }

    public Style Dim { get; private init; }

    public Style Good { get; private init; }

    public Style Bad { get; private init; } = new(Emphasis: Emphasis.Bold);

    public Style Warning { get; private init; } = new(Emphasis: Emphasis.Bold);

    /// <summary>For what the monitor cannot see, so that nobody draws conclusions.</summary>
    public Style Blind { get; private init; } = new(Emphasis: Emphasis.Bold);

    public Style Running { get; private init; }

    public Style Selected { get; private init; } = new(Emphasis: Emphasis.Reverse);

    public Style Hit { get; private init; } = new(Emphasis: Emphasis.Reverse);

    public Style Mark { get; private init; } = new(Emphasis: Emphasis.Bold | Emphasis.Underline);

    public Style Key { get; private init; } = new(Emphasis: Emphasis.Bold);

    public Style Rule { get; private init; }

    /// <summary>Something that the last good build did not have.</summary>
    public Style New { get; private init; } = new(Emphasis: Emphasis.Underline);

    public Style Prompt { get; private init; } = new(Emphasis: Emphasis.Bold);

    public static Palette Mono { get; } = new() { Theme = Theme.Mono };

    public static Palette Dark { get; } = new()
    {
        Theme = Theme.Dark,
        Heading = new(Hue.BrightCyan, Emphasis: Emphasis.Bold),
        Dim = new(Hue.BrightBlack),
        Good = new(Hue.Green),
        Bad = new(Hue.BrightRed, Emphasis: Emphasis.Bold),
        Warning = new(Hue.BrightYellow),
        Blind = new(Hue.BrightMagenta, Emphasis: Emphasis.Bold),
        Running = new(Hue.BrightCyan),
        Hit = new(Hue.Black, Hue.BrightYellow),
        Mark = new(Hue.BrightMagenta, Emphasis: Emphasis.Bold),
        Key = new(Hue.BrightYellow),
        Rule = new(Hue.BrightBlack),
        New = new(Hue.BrightMagenta),
        Prompt = new(Hue.BrightYellow, Emphasis: Emphasis.Bold),
    };

    public static Palette Light { get; } = new()
    {
        Theme = Theme.Light,
        Heading = new(Hue.Blue, Emphasis: Emphasis.Bold),
        Dim = new(Hue.BrightBlack),
        Good = new(Hue.Green),
        Bad = new(Hue.Red, Emphasis: Emphasis.Bold),
        Warning = new(Hue.Magenta),
        Blind = new(Hue.Magenta, Emphasis: Emphasis.Bold),
        Running = new(Hue.Blue),
        Hit = new(Hue.Black, Hue.BrightYellow),
        Mark = new(Hue.Magenta, Emphasis: Emphasis.Bold),
        Key = new(Hue.Blue),
        Rule = new(Hue.BrightBlack),
        New = new(Hue.Magenta),
        Prompt = new(Hue.Blue, Emphasis: Emphasis.Bold),
    };

    public static Palette Of(Theme theme) => theme switch
    {
        Theme.Dark => Dark,
        Theme.Light => Light,
        Theme.Mono => Mono,
    };

    /// <summary>
    /// The palette for a theme (null: dark, or light if COLORFGBG says so). There are no colours if they are refused, or, unless they are
    /// requested, if NO_COLOR is set or TERM names a terminal without them.
    /// </summary>
    public static Palette For(Theme? theme, ColourChoice colours, Func<string, string?> environment)
    {
        var without = colours switch
        {
            ColourChoice.Never => true,
            ColourChoice.Always => false,
            ColourChoice.Auto => !string.IsNullOrEmpty(environment("NO_COLOR")) || IsColourless(environment("TERM")),
        };
        return without ? Mono : Of(theme ?? (HasLightBackground(environment("COLORFGBG")) ? Theme.Light : Theme.Dark));
    }

    /// <summary>Another style, such as a log's own, as this palette can show it: without colours, bold replaces any.</summary>
    public Style Adapt(Style style) => Theme != Theme.Mono
        ? style
        : new Style(Emphasis: style.Foreground is Hue.None && style.Background is Hue.None
            ? style.Emphasis
            : style.Emphasis | Emphasis.Bold);

    private static bool IsColourless(string? term) => string.IsNullOrEmpty(term)
        || term is "dumb" or "unknown"
        || term.EndsWith("-m", StringComparison.Ordinal)
        || term.EndsWith("-mono", StringComparison.Ordinal)
        || (term.StartsWith("vt", StringComparison.Ordinal) && term.Length > 2 && char.IsAsciiDigit(term[2]));

    // "foreground;background" of rxvt, konsole and others: 7 and 15 are the light backgrounds.
    private static bool HasLightBackground(string? colours) => colours?.Split(';')[^1] is "7" or "15";
}
