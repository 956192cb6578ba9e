using System.Collections.Immutable;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.Places;

/// <summary>Where the cursor of a list is: on a row, wherever that row is by now.</summary>
/// <param name="Row">The row's id; null until the cursor was moved.</param>
/// <param name="Index">Where it was last, for when the row is gone.</param>
/// <param name="Top">The first row shown.</param>
/// <param name="Filter">Only rows that match are in the list; empty for all.</param>
public sealed record ListCursor(string? Row = null, int Index = 0, int Top = 0, string Filter = "")
{
    public static readonly ListCursor Start = new();

    /// <summary>The cursor's place among these rows; 0 where there are none.</summary>
    public int In(IReadOnlyList<Row> rows)
    {
        if (Row is not null)
        {
            for (var index = 0; index < rows.Count; index++)
            {
                if (rows[index].Id == Row)
                    return index;
            }
        }

        return Math.Clamp(Index, 0, Math.Max(0, rows.Count - 1));
    }

    /// <summary>The first row to show of so many, so that the cursor's is among them.</summary>
    public int TopOf(int index, int count, int height)
    {
        var shown = Math.Max(1, height);
        var top = Math.Clamp(Top, 0, Math.Max(0, count - shown));
        return index < top ? index : index >= top + shown ? index - shown + 1 : top;
    }
}

/// <summary>A screen as it was left: where one comes back to.</summary>
/// <param name="Screen">Which.</param>
/// <param name="Subject">What it is about: a build's id for a log, an image for its history, a row's id for a chain.</param>
/// <param name="Factory">Whose image it is, where factories are named.</param>
public sealed record Place(ScreenKind Screen, string? Subject = null, string? Factory = null)
{
    public Pane Focus { get; init; } = Screen is ScreenKind.Overview ? Pane.Workers : Pane.Whole;

    private ImmutableDictionary<Pane, ListCursor> Cursors { get; init; } = ImmutableDictionary<Pane, ListCursor>.Empty;

    /// <summary>The pane with the focus has the screen for itself.</summary>
    public bool Full { get; init; }

    /// <summary>Columns that are scrolled out at the left.</summary>
    public int Sideways { get; init; }

    /// <summary>
    /// The rows of RECENT that stand first, by their ids: failures that were not seen when the list was last put in order.
    /// </summary>
    public ImmutableHashSet<string> First { get; init; } = [];

    /// <summary>The rows whose members are shown below them, by their ids.</summary>
    public ImmutableHashSet<string> Unfolded { get; init; } = [];

    /// <summary>The time that a timeline shows.</summary>
    public TimeWindow Window { get; init; } = TimeWindow.Start;

    /// <summary>What doctor found; null while it runs.</summary>
    public ImmutableArray<DoctorRow>? Findings { get; init; }

    /// <summary>The screen that a help is about.</summary>
    public ScreenKind About { get; init; }

    /// <summary>A help about everything.</summary>
    public bool Everything { get; init; }

    public ListCursor this[Pane pane] => Cursors.GetValueOrDefault(pane, ListCursor.Start);

    public ListCursor Cursor => this[Focus];

    public bool IsSame(Place other) => Screen == other.Screen && Subject == other.Subject && Factory == other.Factory;

    public Place With(Pane pane, ListCursor cursor) => this with { Cursors = Cursors.SetItem(pane, cursor) };

    public Place With(ListCursor cursor) => With(Focus, cursor);
}
