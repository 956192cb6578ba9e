using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>Rows Top to Bottom, both included, moved up or down by this many rows.</summary>
internal readonly record struct Scroll(int Top, int Bottom, int Rows, bool Up)
{
    private const int FurthestMove = 16;

    // The approximate cost of a scroll's sequences, in cells; a smaller saving is not worth it.
    private const int LeastSaved = 40;

    private static readonly bool[] Ways = [true, false];

    /// <summary>The move that saves the most cells, or null if sending the changes is as cheap.</summary>
    public static Scroll? Find(Cell[][] shown, Cell[][] wanted)
    {
        var changed = new int[wanted.Length];
        for (var row = 0; row < wanted.Length; row++)
            changed[row] = Changed(shown[row], wanted[row]);
        if (changed.Sum() <= LeastSaved)
            return null;

        var (shownHashes, wantedHashes) = (Array.ConvertAll(shown, Hash), Array.ConvertAll(wanted, Hash));
        Scroll? best = null;
        var most = LeastSaved;
        for (var rows = 1; rows <= Math.Min(FurthestMove, wanted.Length - 2); rows++)
        {
            foreach (var up in Ways)
            {
                foreach (var scroll in Blocks(shownHashes, wantedHashes, rows, up))
                {
                    var saved = Saved(scroll, wanted, changed);
                    if (saved <= most || !IsTrue(scroll, shown, wanted))
                        continue;
                    most = saved;
                    best = scroll;
                }
            }
        }

        return best;
    }

    /// <summary>The rows whose new content the scroll moves there; the others of its rows become blank.</summary>
    public (int First, int Last) Moved => Up ? (Top, Bottom - Rows) : (Top + Rows, Bottom);

    // Runs of rows that are needed a few rows above or below their present place.
    private static IEnumerable<Scroll> Blocks(int[] shown, int[] wanted, int rows, bool up)
    {
        var first = -1;
        for (var row = 0; row <= wanted.Length; row++)
        {
            var source = up ? row + rows : row - rows;
            if (row < wanted.Length && source >= 0 && source < shown.Length && wanted[row] == shown[source])
            {
                first = first < 0 ? row : first;
            }
            else if (first >= 0)
            {
                yield return up ? new Scroll(first, row - 1 + rows, rows, true) : new Scroll(first - rows, row - 1, rows, false);
                first = -1;
            }
        }
    }

    // Moved rows cost nothing; rows left blank cost everything in them that is not blank, even if they were right before.
    private static int Saved(Scroll scroll, Cell[][] wanted, int[] changed)
    {
        var saved = 0;
        for (var row = scroll.Top; row <= scroll.Bottom; row++)
        {
            saved += changed[row];
            if (row < scroll.Moved.First || row > scroll.Moved.Last)
                saved -= wanted[row].Count(cell => cell != Cell.Blank);
        }

        return saved;
    }

    private static bool IsTrue(Scroll scroll, Cell[][] shown, Cell[][] wanted)
    {
        for (var row = scroll.Moved.First; row <= scroll.Moved.Last; row++)
        {
            if (!wanted[row].AsSpan().SequenceEqual(shown[scroll.Up ? row + scroll.Rows : row - scroll.Rows]))
                return false;
        }

        return true;
    }

    private static int Changed(Cell[] shown, Cell[] wanted)
    {
        var cells = 0;
        for (var column = 0; column < wanted.Length; column++)
            cells += shown[column] == wanted[column] ? 0 : 1;
        return cells;
    }

    private static int Hash(Cell[] row)
    {
        var hash = 17;
        foreach (var cell in row)
            hash = unchecked(hash * 31 + (cell.IsContinuation ? 0 : cell.Grapheme[0]) * 7 + (int)cell.Style.Foreground);
        return hash;
    }
}
