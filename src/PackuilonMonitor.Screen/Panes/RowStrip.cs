using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The row under the cursor, whole: what its columns had no room for.</summary>
public static class RowStrip
{
    /// <summary>A rule and the lines of text.</summary>
    public const int Rows = 4;

    /// <summary>The screens that show it.</summary>
    public static bool IsOn(ScreenKind screen) => Where.WithStrip.HasFlag(Wheres.Of(screen));

    public static void Render(Row? row, Snapshot snapshot, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (into.Size.Rows == 0)
            return;
        RowList.Rule(into, 0, null, false, paint, form);
        if (row is null)
            return;
        var left = form is ScreenForm.Wide ? 3 : 1;
        var room = Math.Max(1, into.Size.Columns - left - 1);
        var lines = WordWrap.Lines(SafeText.Plain(TextOf(row, snapshot, paint)), room).ToList();
        var shown = Math.Min(lines.Count, into.Size.Rows - 1);
        for (var line = 0; line < shown; line++)
        {
            // What has no room continues the last line, so that a sign shows that it is cut.
            var text = line == shown - 1 ? string.Join(' ', lines.Skip(line)) : lines[line];
            into.Write(1 + line, left, text, paint.Palette.Plain, room);
        }
    }

    public static string TextOf(Row row, Snapshot snapshot, Paint paint) =>
        row switch
        {
            BuildRow { View: { Running: true } build } =>
                $"{Running(build, snapshot, paint)} {Words.Name(build)}{Thread(build.Worker)}"
                + $"{Since(build.StartedAt, paint)}: {StepWords.Of(build, snapshot.PastOf(build).Plan)}",
            BuildRow { View: var build } =>
                $"{Words.Result(build.State)} {When(row, paint)} "
                + $"{Words.Name(build)}{Thread(build.Worker)}{(build.Took is { } took ? $", took {Words.Span(took)}" : "")}."
                    + $" {RecentPane.WhyOf(row, snapshot)} {build.ImageId}",
            RejectionRow { Rejection: var rejection } =>
                $"refused {When(row, paint)} {rejection.Image?.Text ?? "a message"}{Thread(rejection.Worker)}: "
                + $"{snapshot.Of(row.Factory).WhyRefused(rejection)}. {rejection.Text}",
            TriggerRow trigger =>
                $"{paint.Clock(trigger.At)} {ChangeWords.Name(trigger)}  {Piece.Joined(ChangeWords.Long(trigger, snapshot, paint)).Text}",
            WorkerRow worker => WorkersPane.TextOf(worker, snapshot, paint),
            ChainRow hop => $"{(hop.At is { } at ? $"{paint.Clock(at)} " : "")}{hop.Stage} {hop.Text.TrimStart()}",
            MemberRow member => TextOf(member.Of, snapshot, paint),
            CauseRow cause => $"{cause.Members.Count}x {cause.Cause.TrimEnd('.')}. {string.Join(", ", CausesPane.Names(cause))}",
            CheckRow { Raised.Check: var check } =>
                $"{check.Code.Name()}{Since(check.Since, paint)}: {check.Words.In(int.MaxValue)}",
            CheckItemRow { Item: var item } => $"{item.Id}{Since(item.Since, paint)}: {item.Text}",
            DoctorRow found => found.Text,
            SourceRow source => SourcesPane.TextOf(source, snapshot, paint),
            EventRow seen => $"{EventsPane.TextOf(seen, paint)}",
            _ => "",
        };

    private static string Running(BuildView build, Snapshot snapshot, Paint paint) =>
        snapshot.OutlookOf(build, paint.Now).Stuck is null ? "building" : "STUCK";

    private static string Since(DateTimeOffset? at, Paint paint) => at is { } since ? $" since {paint.Clock(since)}" : "";

    private static string When(Row row, Paint paint) => NewsList.At(row) is { } at ? paint.Clock(at) : "";

    private static string Thread(Core.Events.WorkerId? worker) => worker is { } known ? $" on {Words.Thread(known)}" : "";
}
