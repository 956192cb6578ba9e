using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>
/// What a filter looks at: the words that the columns of a list show of a row, at whatever width, and its names in full.
/// </summary>
public static class RowText
{
    public static string Of(Row row, ScreenKind screen, Snapshot snapshot, Paint paint) =>
        $"{Shown(row, screen, snapshot, paint)} {row.SearchedWhole}";

    /// <summary>The words of columns, each whether or not there is room for it.</summary>
    public static string Of<TRow>(IEnumerable<Column<TRow>> columns, TRow row, Snapshot snapshot, Paint paint) =>
        string.Join(
            ' ',
            columns
                .Where(column => !column.IsPicture)
                .Select(column => column.Text(row, snapshot, paint).Text)
                .Where(text => text.Length > 0)
        );

    private static string Shown(Row row, ScreenKind screen, Snapshot snapshot, Paint paint) => row switch
    {
        WorkerRow worker => WorkersPane.TextOf(worker, snapshot, paint),
        TriggerRow trigger => TriggersPane.TextOf(trigger, snapshot, paint),
        BuildRow build when screen is ScreenKind.History => HistoryPane.TextOf(build, snapshot, paint),
        BuildRow or RejectionRow => RecentPane.TextOf(row, snapshot, paint),
        EventRow seen => EventsPane.TextOf(seen, paint),
        SourceRow source => SourcesPane.TextOf(source, snapshot, paint),
        CauseRow cause => CausesPane.TextOf(cause, snapshot, paint),
        MemberRow member => CausesPane.TextOf(member, snapshot, paint),
        CheckRow check => HealthPane.TextOf(check, snapshot, paint),
        CheckItemRow item => CheckPane.TextOf(item, snapshot, paint),
        StepBarRow step => step.Name,
        DoctorRow found => found.Text,
        LineRow line => LinesPane.TextOf(line, paint),
        ChainRow link => TriggerChainPane.TextOf(link, paint),
        _ => "",
    };
}
