using PackuilonMonitor.Cells;
using Terminal.Gui.Drawing;

namespace PackuilonMonitor.Terminal;

/// <summary>Styles as Terminal.Gui's attributes, and back, so that sixteen colours remain sixteen.</summary>
internal static class Look
{
    private static readonly ColorName16[] Names =
    [
        ColorName16.Black, ColorName16.Red, ColorName16.Green, ColorName16.Yellow,
        ColorName16.Blue, ColorName16.Magenta, ColorName16.Cyan, ColorName16.Gray,
        ColorName16.DarkGray, ColorName16.BrightRed, ColorName16.BrightGreen, ColorName16.BrightYellow,
        ColorName16.BrightBlue, ColorName16.BrightMagenta, ColorName16.BrightCyan, ColorName16.White,
    ];

    private static readonly Color[] Colours = [Color.None, .. Names.Select(name => new Color(name))];

    private static readonly Dictionary<Color, Hue> Hues = Enumerable
        .Range(1, Names.Length)
        .ToDictionary(index => Colours[index], index => (Hue)index);

    public static Attribute ToAttribute(Style style) =>
        new(Colours[(int)style.Foreground], Colours[(int)style.Background], TextStyleOf(style.Emphasis));

    public static Style ToStyle(Attribute? attribute) => attribute is { } look
        ? new Style(HueOf(look.Foreground), HueOf(look.Background), EmphasisOf(look.Style))
        : default;

    /// <summary>Caches the last attribute: in a row of cells the next is mostly the same.</summary>
    public struct Reader
    {
        private Attribute? _last;
        private Style _style;

        public Style ToStyle(Attribute? attribute)
        {
            if (attribute != _last)
                (_last, _style) = (attribute, Look.ToStyle(attribute));
            return _style;
        }
    }

    // Only dialogs and similar views use colours that are not ours.
    private static Hue HueOf(Color colour)
    {
        if (colour.A == 0)
            return Hue.None;
        if (Hues.TryGetValue(colour, out var hue))
            return hue;
        return (Hue)(Array.IndexOf(Names, colour.GetClosestNamedColor16()) + 1);
    }

    private static TextStyle TextStyleOf(Emphasis emphasis) =>
        (emphasis.HasFlag(Emphasis.Bold) ? TextStyle.Bold : TextStyle.None)
        | (emphasis.HasFlag(Emphasis.Dim) ? TextStyle.Faint : TextStyle.None)
        | (emphasis.HasFlag(Emphasis.Underline) ? TextStyle.Underline : TextStyle.None)
        | (emphasis.HasFlag(Emphasis.Reverse) ? TextStyle.Reverse : TextStyle.None);

    private static Emphasis EmphasisOf(TextStyle style) =>
        (style.HasFlag(TextStyle.Bold) ? Emphasis.Bold : Emphasis.None)
        | (style.HasFlag(TextStyle.Faint) ? Emphasis.Dim : Emphasis.None)
        | (style.HasFlag(TextStyle.Underline) ? Emphasis.Underline : Emphasis.None)
        | (style.HasFlag(TextStyle.Reverse) ? Emphasis.Reverse : Emphasis.None);
}
