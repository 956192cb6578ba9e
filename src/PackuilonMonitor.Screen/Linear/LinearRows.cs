using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Linear;

/// <summary>A row of a list as a sentence.</summary>
public static class LinearRows
{
    public static string Of(Row row, ScreenKind screen, Snapshot snapshot, Paint paint)
    {
        var whose = row.Factory is { } factory ? $"{factory}, " : "";
        return row switch
        {
            FactoryRow known => $"Factory {known.Name}.",
            WorkerRow worker => $"{whose}{Worker(worker, snapshot, paint)}",
            TriggerRow change => $"{whose}{Change(change, snapshot, paint)}",
            BuildRow { View: var build } => $"{When(row, paint)}{whose}{Build(build, snapshot, paint)}",
            MemberRow member => Of(member.Of, screen, snapshot, paint),
            RejectionRow { Rejection: var rejection } =>
                $"{When(row, paint)}{whose}refused: {rejection.Image?.Text ?? "a message"}, {Spoken.Worker(rejection.Worker)}. "
                + $"{snapshot.Of(row.Factory).WhyRefused(rejection)}.",
            CheckRow { Raised: var raised } => Check(raised, paint),
            CheckItemRow item => $"{item.Item.Id}: {item.Item.Text}.",
            CauseRow cause => string.Create(
                CultureInfo.InvariantCulture,
                $"{(cause.Members.Count == 1 ? "once" : $"{cause.Members.Count} times")}: {cause.Cause.TrimEnd('.')}."
            ),
            StepBarRow step => $"{step.Name}.",
            LineRow line => LinesPane.TextOf(line, paint),
            _ => RowStrip.TextOf(row, snapshot, paint) is { Length: > 0 } text ? text : RowText.Of(row, screen, snapshot, paint),
        };
    }

    /// <summary>What ended: the result first.</summary>
    public static string Build(BuildView build, Snapshot snapshot, Paint paint)
    {
        if (build.Running)
            return $"{Spoken.Name(build)}: {Progress(build, snapshot, paint)}.";
        var ending = snapshot.EndingOf(build);
        string?[] parts =
        [
            Spoken.Name(build),
            build.ImageId is { } image ? $"image {image[..Math.Min(8, image.Length)]}" : null,
            build.Took is { } took ? $"took {Spoken.Span(took)}" : null,
            ending.Slower.Length > 0 ? ending.Slower : null,
        ];
        var why = ending.Why.Length > 0 ? $" {Sentence(ending.Why)}" : "";
        return $"{Spoken.Result(build.State)}: {string.Join(", ", parts.OfType<string>())}.{why}";
    }

    /// <summary>What a worker does.</summary>
    public static string Worker(WorkerRow row, Snapshot snapshot, Paint paint)
    {
        var name = Spoken.Worker(row.Thread);
        if (row.Running is not { } build)
            return $"{name}: {WorkerWords.Sentence(row, snapshot, paint).Text}.";

        var place = (row.Position, row.Templates) is ({ } position, { } all)
            ? string.Create(CultureInfo.InvariantCulture, $", template {position} of {Math.Max(position, all)}")
            : "";
        return $"{name}: building {Spoken.Name(build)}{place}, {Progress(build, snapshot, paint)}.";
    }

    /// <summary>Where a running build is and how long it takes.</summary>
    public static string Progress(BuildView build, Snapshot snapshot, Paint paint)
    {
        var outlook = snapshot.OutlookOf(build, paint.Now);
        var spent = build.StartedAt is { } at ? $", {Spoken.Span(paint.Now - at)}" : "";
        var left = outlook switch
        {
            { Stuck: { } usual, InStep: { } inStep } =>
                $", STUCK: {Spoken.Span(inStep)} in this step, usual {Spoken.Span(usual.Median)}, worst {Spoken.Span(usual.Worst)}",
            { Late: true } => ", overdue",
            { Left: { } rest } => $", about {Spoken.Span(rest)} left",
            _ => "",
        };
        return $"{Step(build, snapshot, outlook)}{spent}{left}";
    }

    public static string Step(BuildView build, Snapshot snapshot, Outlook outlook)
    {
        var words = StepWords.Of(build, snapshot.PastOf(build).Plan);
        return outlook switch
        {
            { Position: 0 } => words.Length > 0 ? words : "starting",
            { Total: { } total } => string.Create(CultureInfo.InvariantCulture, $"step {outlook.Position} of {total} {words}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"step {outlook.Position} {words}"),
        };
    }

    public static string Check(RaisedCheck raised, Paint paint)
    {
        var check = raised.Check;
        var since = check.Since is { } at ? $", raised {paint.Minute(at)}" : "";
        return $"{HealthWords.Whose(raised)}{check.Code.Name()}, "
            + $"{Severity(check.Severity)}{since}{(check.IsMuted ? ", muted" : "")}. {check.Summary}";
    }

    private static string Severity(Severity severity) => severity switch
    {
        Core.Health.Severity.Error => "error",
        Core.Health.Severity.Warn => "warning",
        Core.Health.Severity.Unknown => "unknown",
    };

    private static string Change(TriggerRow change, Snapshot snapshot, Paint paint)
    {
        var words = Piece.Joined(ChangeWords.Short(change, snapshot, paint)).Text.Trim();
        var end = ChangeWords.End(change, snapshot, paint).Text switch
        {
            "" or "?" or "not built" => "",
            var at when at.StartsWith('~') => $", all done about {at[1..]}",
            var at => $", all done {at}",
        };
        return $"{paint.Minute(change.At)} {ChangeWords.NameAndProfiles(change)}{(words.Length > 0 ? $": {words}" : "")}{end}.";
    }

    /// <summary>A cause and what is said beside it, as one sentence.</summary>
    private static string Sentence(string why) =>
        $"{why.Replace(".  ", ", ", StringComparison.Ordinal).Replace("  ", ", ", StringComparison.Ordinal).TrimEnd('.')}.";

    private static string When(Row row, Paint paint) => NewsList.At(row) is { } at ? $"{paint.Minute(at)} " : "";
}
