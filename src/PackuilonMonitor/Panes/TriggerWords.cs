using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Panes;

/// <summary>What changed, and what came of it, in short for a narrow screen and as a chain for a wide one.</summary>
internal static class TriggerWords
{
    public static string What(TriggerRow row) => row switch
    {
        { Trigger: null } => $"{row.Image?.Text}: no trigger seen (by hand?)",
        { Trigger: { Result: TriggerResult.Unchanged } trigger } => row.Triggers.Count == 1
            ? $"{Words.Profile(trigger.Profile)} rebuilt, same content"
            : $"{Words.Count(row.Triggers.Count, "profile")} rebuilt, same content",
        { Trigger.New: true } => $"{Words.Profile(row.Trigger.Profile)} is a new profile",
        _ => $"{Words.Profile(row.Trigger.Profile)} profile changed",
    };

    /// <summary>For a wide screen, which has a column of its own for what happened.</summary>
    public static string Name(TriggerRow row) => row.Trigger is not { } trigger
        ? row.Image?.Text ?? "?"
        : row.Triggers.Count > 1 ? $"{Words.Count(row.Triggers.Count, "profile")} rebuilt" : Words.Profile(trigger.Profile);

    public static Piece Short(TriggerRow row, Snapshot snapshot, Paint paint)
    {
        if (NoBuild(row) is { } why)
            return new(why.Bad ? $"no build: {why.Short}" : "no build", why.Bad ? paint.Palette.Bad : paint.Palette.Dim);
        if (row.Trigger is { Waiting: true } waiting)
            return new(Queued(waiting, snapshot.Of(row.Factory), paint, ", "), paint.Palette.Warning);
        var builds = string.Join(", ", row.Builds.Select(build => $"{Words.Template(build.Template)} {Words.Result(build.State)}"));
        return new($"{Taken(row)}{Waited(row, " after ")}{(builds.Length > 0 ? $": {builds}" : $": {Missing(row)}")}", Shade(row, paint));
    }

    public static Piece Chain(TriggerRow row, Snapshot snapshot, Paint paint)
    {
        var arrow = $" {paint.Glyphs.Arrow} ";
        if (row.Trigger is { Result: TriggerResult.Unchanged })
            return new($"same content, nothing queued{(row.Triggers.Count > 1 ? $": {string.Join(", ", row.Triggers.Select(trigger => Words.Profile(trigger.Profile)))}" : "")}", paint.Palette.Dim);
        var links = new List<string> { row.Trigger is null ? "no trigger seen (packuilon.py by hand?)" : row.Trigger.New ? "new profile" : "profile changed" };
        if (NoBuild(row) is { } why)
            links.Add(row.Rejection is null ? $"{paint.Glyphs.Failed} {why.Long}" : $"{Taken(row)}{arrow}{paint.Glyphs.Failed} {why.Long}");
        else if (row.Trigger is { Waiting: true } waiting)
            links.Add(Queued(waiting, snapshot.Of(row.Factory), paint, arrow));
        else
            links.AddRange(Links(row, paint));
        return new(string.Join(arrow, links), NoBuild(row) is null ? Shade(row, paint) : paint.Palette.Bad);
    }

    private static IEnumerable<string> Links(TriggerRow row, Paint paint)
    {
        if (row.Trigger?.QueuedAt is not null)
            yield return $"queued{Waited(row, " ")}";
        yield return Taken(row);
        foreach (var build in row.Builds)
            yield return $"{Words.Template(build.Template)} {paint.Sign(build.State)} {State(build)}";
        foreach (var template in row.ToCome)
            yield return $"{Words.Template(template)} {paint.Glyphs.ToDo}";
        if (row.Builds.Count == 0 && row.ToCome.Count == 0)
            yield return Missing(row);
    }

    private static string State(BuildView build) => build.State switch
    {
        BuildState.Building => "building",
        BuildState.Succeeded => build.Took is { } took ? Words.Span(took) : "ok",
        BuildState.Failed => "failed",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "LOST",
        BuildState.Unknown => "unknown",
    };

    /// <summary>Why nothing was built; null where something was or may still be.</summary>
    private static (string Short, string Long, bool Bad)? NoBuild(TriggerRow row) => row switch
    {
        { Rejection: { } rejection } => (Words.Refused(rejection.Why), $"before packer: {Words.Refused(rejection.Why)}", true),
        { Trigger.Result: TriggerResult.Unchanged } => ("same content", "same content, nothing queued", false),
        { Trigger.Result: TriggerResult.NewUnchanged } => ("new, but taken as unchanged", "new, but cdb2rabbit took it for unchanged: nothing queued", true),
        { Trigger.Result: TriggerResult.NotDownloaded } => ("not downloaded", "the profile was not downloaded: nothing queued", true),
        { Trigger.Result: TriggerResult.PushFailed } => ("push failed", "RabbitMQ did not take the message", true),
        _ => null,
    };

    private static string Queued(Trigger waiting, FactorySnapshot snapshot, Paint paint, string join)
    {
        var since = waiting.QueuedAt is { } at ? paint.Since(at) : "";
        return QueueOutlook.Of(snapshot, waiting, paint.Now) is { } next
            ? $"queued {since}{join}{Words.Thread(next.Thread)} in ~{Words.Span(next.In)}"
            : $"queued {since}";
    }

    private static string Taken(TriggerRow row) =>
        Words.Thread(row.Taker);

    private static string Waited(TriggerRow row, string before) =>
        row.Trigger is { QueuedAt: { } queued, TakenAt: { } taken } ? $"{before}{Words.Span(taken - queued)}" : "";

    private static string Missing(TriggerRow row) => row switch
    {
        { Trigger: { Result: null } } => "cdb2rabbit is at it",
        { Holder.Activity: Preparing } => "no build yet",
        _ => "no build seen",
    };

    private static Style Shade(TriggerRow row, Paint paint) => row.Builds.Count == 0
        ? paint.Palette.Plain
        : row.Builds.Any(build => build.State is BuildState.Failed or BuildState.Lost) ? paint.Palette.Bad : paint.Style(row.Builds[^1].State);
}
