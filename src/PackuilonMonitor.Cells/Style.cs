namespace PackuilonMonitor.Cells;

/// <summary>The terminal's sixteen colours; <see cref="None"/> is the terminal's own foreground or background.</summary>
public enum Hue : byte
{
    None,
    Black,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White,
    BrightBlack,
    BrightRed,
    BrightGreen,
    BrightYellow,
    BrightBlue,
    BrightMagenta,
    BrightCyan,
    BrightWhite,
}

/// <summary>How a cell is emphasised besides its colours.</summary>
[Flags]
public enum Emphasis : byte
{
    None = 0,
    Bold = 1,
    Dim = 2,
    Underline = 4,
    Reverse = 8,
}

/// <summary>How a cell looks; the palette decides what that means.</summary>
public readonly record struct Style(Hue Foreground = Hue.None, Hue Background = Hue.None, Emphasis Emphasis = Emphasis.None)
{
    public static Style Plain => default;

    public Style On(Hue background) => this with { Background = background };

    public Style With(Emphasis more) => this with { Emphasis = Emphasis | more };

    public Style Without(Emphasis less) => this with { Emphasis = Emphasis & ~less };

    /// <summary>The same look with reverse toggled, so that it differs from its neighbours in any style.</summary>
    public Style Reversed() => this with { Emphasis = Emphasis ^ Emphasis.Reverse };
}
