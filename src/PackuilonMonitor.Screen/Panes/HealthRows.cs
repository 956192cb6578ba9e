using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The rows of HEALTH, and the lines behind them.</summary>
public static class HealthRows
{
    public static IReadOnlyList<Row> Checks(Snapshot snapshot, DateTimeOffset now) =>
        [.. snapshot.ChecksAt(now).Select(raised => new CheckRow(raised))];

    /// <summary>The items of the check that the cursor is on.</summary>
    public static IReadOnlyList<Row> Items(Snapshot snapshot, Place place, DateTimeOffset now) =>
        Chosen(snapshot, place, now) is { } raised ? [.. raised.Check.Items.Select(item => new CheckItemRow(raised, item))] : [];

    /// <summary>The check that the cursor is on, whichever part of the screen has the focus.</summary>
    public static RaisedCheck? Chosen(Snapshot snapshot, Place place, DateTimeOffset now)
    {
        var rows = Lists.Of(snapshot, place, Pane.Whole, now);
        return rows.Count == 0 ? null : (rows[place[Pane.Whole].In(rows)] as CheckRow)?.Raised;
    }

    /// <summary>The item whose lines and command are shown: the one under the cursor, or the check's first.</summary>
    public static CheckItemRow? ChosenItem(Snapshot snapshot, Place place, DateTimeOffset now)
    {
        var rows = Lists.Of(snapshot, place, Pane.Items, now);
        return rows.Count == 0 ? null : rows[place.Focus is Pane.Items ? place[Pane.Items].In(rows) : 0] as CheckItemRow;
    }

    /// <summary>The lines that a check's item or a lost thread rests on, oldest first.</summary>
    /// <param name="subject">The row's id.</param>
    public static IReadOnlyList<Row> Lines(Snapshot snapshot, string? subject, DateTimeOffset now)
    {
        foreach (var raised in snapshot.ChecksAt(now))
        {
            if (raised.Check.Items.FirstOrDefault(item => new CheckItemRow(raised, item).Id == subject) is { } item)
                return Rows(item.Lines, raised.Factory);
        }

        return snapshot.Workers.FirstOrDefault(row => row.Id == subject) is { Worker: { Activity: Lost lost } worker } lostRow
            ? Rows(LinesOf(snapshot.Of(lostRow.Factory).State, worker, lost), lostRow.Factory)
            : [];
    }

    /// <summary>What the lines are about, for a heading.</summary>
    public static string About(Snapshot snapshot, string? subject, DateTimeOffset now)
    {
        foreach (var raised in snapshot.ChecksAt(now))
        {
            if (raised.Check.Items.FirstOrDefault(item => new CheckItemRow(raised, item).Id == subject) is { } item)
                return $"{raised.KeyOf(item)}  {item.Text}";
        }

        return snapshot.Workers.FirstOrDefault(row => row.Id == subject) is { Worker.Activity: Lost } row
            ? $"{FactoryName.Own(row.Factory, Words.Thread(row.Thread))} LOST"
            : "it is over";
    }

    /// <summary>The exception's last line and the first, which names the thread.</summary>
    private static ImmutableArray<EvidenceLine> LinesOf(MonitorState state, Worker worker, Lost lost)
    {
        var words = state.Vitals.Daemon.LastWords.GetValueOrDefault(worker.Id.Number);
        var first = new EvidenceLine(words?.Source ?? new SourceId(""), lost.Since, lost.Text);
        return words is null ? [first] : [first, words];
    }

    private static IReadOnlyList<Row> Rows(ImmutableArray<EvidenceLine> lines, string? factory) =>
        [.. lines.OrderBy(line => line.At).Select((line, place) => new LineRow(place, line, factory))];
}
