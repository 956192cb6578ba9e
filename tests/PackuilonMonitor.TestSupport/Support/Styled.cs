using System.Text;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Tests.Support;

/// <summary>A picture with its colours: below each line that has any a line with a letter for each cell.</summary>
internal static class Styled
{
    private static readonly (char Letter, Style Style)[] Letters =
    [
        ('b', Palette.Dark.Bad), ('w', Palette.Dark.Warning), ('m', Palette.Dark.Blind), ('g', Palette.Dark.Good),
        ('r', Palette.Dark.Running), ('h', Palette.Dark.Heading), ('d', Palette.Dark.Dim),
    ];

    /// <summary>Drawn with the dark palette: bad, warning, blind (magenta), good, running, heading, dim; a capital is reversed.</summary>
    public static string Of(CellBuffer picture)
    {
        var text = new StringBuilder();
        foreach (var line in picture.ToLines())
        {
            text.Append(line.ToText().TrimEnd(' ')).Append('\n');
            var styles = string.Concat(Enumerable.Range(0, line.Width).Select(column => Letter(line.Cells[column].Style))).TrimEnd(' ');
            if (styles.Length > 0)
                text.Append(styles).Append('\n');
        }

        return text.ToString();
    }

    private static char Letter(Style style)
    {
        var letter = Letters.FirstOrDefault(known => known.Style.Foreground == style.Foreground && style.Foreground is not Hue.None).Letter;
        letter = letter == default ? ' ' : letter;
        return style.Emphasis.HasFlag(Emphasis.Reverse) ? letter == ' ' ? '#' : char.ToUpperInvariant(letter) : letter;
    }
}
