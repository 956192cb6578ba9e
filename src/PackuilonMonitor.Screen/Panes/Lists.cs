using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The rows of each list.</summary>
public static class Lists
{
    /// <summary>The rows that a list shows, its filter applied.</summary>
    public static IReadOnlyList<Row> Of(Snapshot snapshot, Place place, Pane pane, DateTimeOffset now)
    {
        if (place[pane].Filter is not { Length: > 0 } filter)
            return All(snapshot, place, pane, now);
        // The signs are not looked for, so any will do.
        var paint = new Paint(Palette.Mono, Glyphs.Unicode, snapshot.Facts.Zone, now);
        return snapshot.Filtered(
            (
                place.Screen,
                place.Subject,
                place.Factory,
                pane,
                filter,
                place.First,
                place.Unfolded,
                place.Window,
                place.Findings,
                TellsOnlyOfThePast(place.Screen, pane) ? TimeZoneInfo.ConvertTime(now, snapshot.Facts.Zone).Date : paint.Now.UtcDateTime
            ),
            () =>
                Matching(All(snapshot, place, pane, now), SearchPattern.Of(filter)!, row => RowText.Of(row, place.Screen, snapshot, paint))
        );
    }

    /// <summary>What is shown of its rows changes with the date, not with every second.</summary>
    private static bool TellsOnlyOfThePast(ScreenKind screen, Pane pane) =>
        pane is Pane.Recent or Pane.Events
        || pane is Pane.Whole && screen is ScreenKind.Events or ScreenKind.Unrecognised or ScreenKind.Chain;

    /// <summary>A heading stays with what is left below it.</summary>
    private static List<Row> Matching(IReadOnlyList<Row> rows, SearchPattern wanted, Func<Row, string> textOf)
    {
        var left = new List<Row>();
        foreach (var row in rows.Where(row => row is FactoryRow || wanted.IsMatch(textOf(row))))
        {
            if (row is FactoryRow && left is [.., FactoryRow])
                left.RemoveAt(left.Count - 1);
            left.Add(row);
        }

        if (left is [.., FactoryRow])
            left.RemoveAt(left.Count - 1);
        return left;
    }

    /// <summary>The row under the cursor of the list with the focus, or null in an empty one.</summary>
    public static Row? Selected(Snapshot snapshot, Place place, DateTimeOffset now)
    {
        var rows = Of(snapshot, place, place.Focus, now);
        return rows.Count == 0 ? null : rows[place.Cursor.In(rows)];
    }

    private static IReadOnlyList<Row> All(Snapshot snapshot, Place place, Pane pane, DateTimeOffset now) => (place.Screen, pane) switch
    {
        (ScreenKind.Overview, Pane.Workers) when NothingReadPane.IsAll(snapshot) => [.. NothingReadPane.Unread(snapshot)],
        (ScreenKind.Overview, Pane.Workers) => snapshot.WorkerLines,
        (ScreenKind.Overview, Pane.Triggers) => snapshot.Triggers,
        (ScreenKind.Overview, Pane.Recent) => EndedWithFirst(snapshot, place.First, place[pane].Filter.Length == 0, now),
        (ScreenKind.Overview, Pane.Events) or (ScreenKind.Events, Pane.Whole) => snapshot.Events,
        (ScreenKind.Unrecognised, Pane.Whole) => snapshot.Unrecognised,
        (ScreenKind.Sources, Pane.Whole) => [.. snapshot.Sources],
        (ScreenKind.Health, Pane.Whole) => HealthRows.Checks(snapshot, now),
        (ScreenKind.Health, Pane.Items) => HealthRows.Items(snapshot, place, now),
        (ScreenKind.Causes, Pane.Whole) => CauseRows.Of(snapshot, place, now),
        (ScreenKind.Lines, Pane.Whole) => HealthRows.Lines(snapshot, place.Subject, now),
        (ScreenKind.Timeline, Pane.Whole) => Lanes.Rows(snapshot, place.Window, now),
        (ScreenKind.Steps, Pane.Whole) =>
            snapshot.Find(place.Subject) is { } build ? StepBars.Of(build, snapshot.PastBeside(build).Plan, now) : [],
        (ScreenKind.Doctor, Pane.Whole) => place.Findings is { } found ? [.. found] : [],
        (ScreenKind.History, Pane.Whole) => History(snapshot, place),
        (ScreenKind.Chain, Pane.Whole) => snapshot.ChainOf(place.Subject).Rows,
        _ => [],
    };

    /// <summary>So many failures stand first one by one; of more there is a row a cause.</summary>
    private const int MostAlone = 4;

    /// <summary>
    /// Ended builds and refused messages, those of these ids before all others: what is lost first, then what failed, each newest first.
    /// </summary>
    private static IReadOnlyList<Row> EndedWithFirst(
        Snapshot snapshot,
        ImmutableHashSet<string> first,
        bool grouped,
        DateTimeOffset now
    ) =>
        first.IsEmpty
            ? snapshot.Ended
            : snapshot.Latest<IReadOnlyList<Row>>((first, grouped), () =>
            {
                var leading = snapshot.Ended.Where(row => first.Contains(row.Id)).OrderBy(NewsList.KindOf).ToList();
                var shown = grouped && leading.Count > MostAlone ? CauseRows.Grouped(leading, now) : leading;
                return leading.Count == 0 ? snapshot.Ended : [.. shown, .. snapshot.Ended.Where(row => !first.Contains(row.Id))];
            });

    private static Row[] History(Snapshot snapshot, Place place) =>
        place.Subject is not { } image
            ? []
            : [.. snapshot.Of(new ImageName(image), place.Factory).Reverse().Select(build => new BuildRow(build))];
}
