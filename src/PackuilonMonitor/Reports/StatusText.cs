using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Reports;

/// <summary>The state for people without a dashboard: plain lines, without anything that controls a terminal.</summary>
public static class StatusText
{
    private const int MostEnded = 20;

    /// <summary>Several factories one below the other, each under its name.</summary>
    public static string Of(IReadOnlyList<MonitorState> states) => string.Join("\n\n", states.Select(Of));

    public static string Of(MonitorState state)
    {
        var text = new StringBuilder();
        if (state.Factory is { } factory)
            text.Append(CultureInfo.InvariantCulture, $"FACTORY {factory}\n\n");
        var now = state.Sources.LastLineAt;
        var asOf =
            now is { } at ? $"as of {Moment(at)}"
            : state.Sources.Readings.Any(reading => reading.Untimed is not null) ? "as of unknown"
            : "nothing read";
        text.Append(
            CultureInfo.InvariantCulture,
            $"{asOf}   queue {state.Waiting} ({ContractWords.QueueSource(state)})   unrecognised {state.UnrecognisedLines}\n"
        );
        foreach (var reading in state.Sources.Readings.Where(reading => reading.Untimed is not null))
            text.Append(CultureInfo.InvariantCulture, $"{Safe(reading.Source.Path)}: {Safe(reading.UntimedText!)}\n");
        if (now is { } last && state.Vitals.Hosts.MixedAt(last) is { } hosts)
            text.Append(
                CultureInfo.InvariantCulture,
                $"two hosts in one file, {Safe(string.Join(" and ", hosts))}: "
                + $"builds may be lost or mixed up; give each host a file of its own\n"
            );
        text.Append("\nWORKERS\n");
        if (state.Workers.Values.Any())
            text.Append(CultureInfo.InvariantCulture, $"  {"thread",-10} {"state",-12} {"for",8}  what\n");
        foreach (var worker in state.Workers.Values)
        {
            var build = state.Builds.Find(worker.Build);
            var what = build is null ? worker.Job?.Image.Text ?? "" : Named(BuildView.Of(state, build));
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {worker.Id,-10} {ContractWords.Of(worker.Activity),-12} {Age(worker.Since, now),8}  {Safe(worker.Text ?? what)}\n"
            );
        }

        var views = BuildView.All(state);
        text.Append(CultureInfo.InvariantCulture, $"\nBUILDS  {views.Count}, the last {Math.Min(MostEnded, views.Count)}\n");
        if (views.Count > 0)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {"started",-19}  {"state",-10} {"took",8}  {"thread",-10} image.template, id, image id, reason\n"
            );
        foreach (var view in views.TakeLast(MostEnded))
        {
            var started = view.StartedAt is { } start ? Moment(start) : "?";
            var took = view.Took is { } time ? Words.Span(time) : "";
            var outcome = view.State is BuildState.Unknown ? "unknown" : ContractWords.Of(view.State);
            var image = view.ImageId is { } id ? $"  image {Safe(id)}" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {started}  {outcome,-10} {took,8}  {view.Worker?.ToString() ?? "-",-10} "
                + $"{Safe(Named(view))}  {Safe(view.Id)}{image}{Why(view)}\n"
            );
        }

        var changes = state.Triggers.Triggers;
        text.Append(CultureInfo.InvariantCulture, $"\nCHANGES  {changes.Count}, the last {Math.Min(MostEnded, changes.Count)}\n");
        if (changes.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"  {"at",-19}  {"result",-14} profile, images and how they ended\n");
        foreach (var change in changes.TakeLast(MostEnded))
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {Moment(change.At)}  {Result(change),-14} {Safe(change.Profile)}  {Safe(Outcome(state, change))}\n"
            );
        text.Append(CultureInfo.InvariantCulture, $"\nREJECTED  {state.Rejections.Count}\n");
        if (state.Rejections.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"  {"at",-19}  {"reason",-18} {"thread",-10} image, line\n");
        foreach (var rejection in state.Rejections.TakeLast(MostEnded))
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {Moment(rejection.At)}  {ContractWords.Of(rejection.Why),-18} "
                + $"{rejection.Worker?.ToString() ?? "-",-10} {Safe(rejection.Image?.Text ?? "")}  {Safe(rejection.Text)}\n"
            );
        return text.ToString().TrimEnd('\n');
    }

    private static string Result(Trigger change) =>
        change.Result is { } result ? ContractWords.Of(result)
        : change.RunOver ? "unknown"
        : "running";

    /// <summary>The result of its message: the images, marked if no name proves the match, or why there is none.</summary>
    private static string Outcome(MonitorState state, Trigger change) => change switch
    {
        { Refused: { } why } => $"refused: {ContractWords.Of(why)}  {change.RefusedWhy}",
        { Images: { } images } => $"{string.Join(", ", images)}{(change.Certain ? "" : "?")}  {Ends(state, change)}",
        { Waiting: true } => "waiting in the queue",
        { TakenAt: not null } => "taken; which job it is cannot be told",
        { PassedOver: true } => change.RefusedWhy ?? "",
        { Result: null, RunOver: true } => "cdb2rabbit ended without a word",
        _ => "",
    };

    private static string Ends(MonitorState state, Trigger change) =>
        string.Join(
            ", ",
            state
                .Builds.All.Where(build => build.Trigger == change.Id)
                .Select(build => ContractWords.Of(BuildView.Of(state, build).State))
                .DefaultIfEmpty("no build yet")
        );

    private static string Named(BuildView view) => view.Template is null ? view.Image.Text : $"{view.Image}.{view.Template}";

    private static string Why(BuildView view) => view.Reason is { } reason ? $"  {Safe(reason)}" : "";

    private static string Safe(string text) => SafeText.Plain(text);

    private static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Age(DateTimeOffset since, DateTimeOffset? now) => now is { } at && at > since ? Words.Span(at - since) : "";
}
