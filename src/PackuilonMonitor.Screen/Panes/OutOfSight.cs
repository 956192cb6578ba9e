using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>Trouble that was not seen and is not on the screen is counted in the rule above its list, so that none hides there.</summary>
internal static class OutOfSight
{
    /// <summary>Rows of rule and column titles above a list.</summary>
    private const int Headings = 2;

    /// <summary>Nobody has left more unseen than this.</summary>
    private const int MostLooked = 500;

    /// <param name="free">The columns of the rule that nothing else has.</param>
    public static void Render(
        CellBuffer into,
        (int From, int To) free,
        IReadOnlyList<Row> rows,
        ListCursor cursor,
        bool focused,
        Func<Row, bool> isUnseen,
        Paint paint
    )
    {
        var height = Math.Max(0, into.Size.Rows - Headings);
        var top = focused ? cursor.TopOf(cursor.In(rows), rows.Count, height) : 0;
        bool IsHidden(Row row) => NewsList.KindOf(row) is not (null or NewsKind.Good) && isUnseen(row);
        string Counts(IEnumerable<Row> hidden) => NewsWords.Counts(NewsList.KindsOf(CauseRows.Members(hidden).Where(IsHidden)));
        var (above, below) = (Counts(rows.Take(top)), Counts(rows.Skip(top + height).Take(MostLooked)));
        var text = string.Join("  ", new[] { (above, "above", paint.Glyphs.Above), (below, "below", paint.Glyphs.Below) }
            .Where(part => part.Item1.Length > 0)
            .Select(part => $"{part.Item1} {part.Item2} {part.Item3}"));
        var x = free.From + Math.Max(0, (free.To - free.From - text.Length) / 2);
        if (text.Length > 0)
            into.Write(0, x, $" {text} ", paint.Palette.Bad, Math.Max(0, free.To - x));
    }
}
