using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The parts of a change's way within the body of the screen; a part without room is empty. Depends on the size alone.</summary>
/// <param name="List">Its headings and hops.</param>
/// <param name="Sum">Where the time went.</param>
/// <param name="Others">Other changes of the profile.</param>
/// <param name="Strip">The hop under the cursor, whole.</param>
internal sealed record ChainLayout(Area List, Area Sum, Area Others, Area Strip)
{
    /// <summary>Rows above the hops: the name and the outcome, the tie, what would prove it or a rule, and the titles.</summary>
    public const int Headings = 4;

    private const int LeastWithSum = 12;
    private const int LeastWithBars = 24;
    private const int LeastHops = 5;

    /// <summary>A line of figures, and why it waited.</summary>
    private const int SumRows = 2;

    /// <summary>A rule, two bars, and why it waited.</summary>
    private const int BarRows = 4;

    private const int OtherRows = 6;

    public bool HasBars => Sum.Height == BarRows;

    /// <param name="body">The size of the body.</param>
    /// <param name="form">How much there is room for.</param>
    /// <param name="strip">The hop under the cursor is to be shown whole: in place of the other changes, or of the sum.</param>
    public static ChainLayout Of(Size body, ScreenForm form, bool strip)
    {
        var (height, isTall) = (body.Rows, form is ScreenForm.Wide && body.Rows >= LeastWithBars);
        var whole = strip && form is not ScreenForm.Minimal && height >= Headings + LeastHops + RowStrip.Rows ? RowStrip.Rows : 0;
        var others = isTall && whole == 0 ? OtherRows : 0;
        var sum =
            isTall ? BarRows
            : form is not ScreenForm.Minimal && height >= LeastWithSum && height - whole >= Headings + LeastHops + SumRows ? SumRows
            : 0;
        var parts = new Area(0, 0, body.Columns, height).Rows(-1, sum, others, whole);
        return new ChainLayout(parts[0], parts[1], parts[2], parts[3]);
    }
}
