namespace PackuilonMonitor.Cells;

/// <summary>One column of one row: a grapheme and its style; the second column of a wide grapheme is a continuation.</summary>
public readonly record struct Cell(string Grapheme, Style Style)
{
    public static Cell Blank { get; } = new(" ", Style.Plain);

    public bool IsContinuation => Grapheme.Length == 0;

    public bool IsWide => Grapheme.Length > 0 && Grapheme[0] > 0x7f && TextWidth.OfGrapheme(Grapheme) == 2;

    public static Cell Continuation(Style style) => new("", style);
}
