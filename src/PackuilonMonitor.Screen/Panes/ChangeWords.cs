using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>What a change became, in short for a narrow screen and hop by hop for a wide one. Only what failed is red.</summary>
public static class ChangeWords
{
    /// <summary>The image, once it is known; else the profile, which ends in .json.</summary>
    public static string Name(TriggerRow row) => row switch
    {
        { Runs.Count: > 0 } => "cdb2rabbit, no profile named",
        _ when IsUnchangedList(row) => $"{Times(row.Triggers.Count)}unchanged",
        { Trigger.Images: [var image, .., _] images } => string.Create(CultureInfo.InvariantCulture, $"{image} +{images.Count - 1}"),
        { Image: { } image } => image.Text,
        { Trigger: { } trigger } => Profile(trigger),
        _ => "?",
    };

    /// <summary>The profiles of a row that stands for several of them, in the column of the name where that has to do.</summary>
    public static string NameAndProfiles(TriggerRow row) =>
        IsUnchangedList(row) ? $"{Name(row)}: {Profiles(row, Words.Profile)}" : Name(row);

    public static IEnumerable<Piece> Short(TriggerRow row, Snapshot snapshot, Paint paint)
    {
        if (IsUnchangedList(row))
            return [];
        return Verdict(row, paint, isWide: false)
            ?? (
                row.Trigger is { Waiting: true } waiting
                    ? [new(Queued(waiting, snapshot.Of(row.Factory), paint, isWide: false))]
                    : ShortJob(row, snapshot, paint)
            );
    }

    public static IEnumerable<Piece> Long(TriggerRow row, Snapshot snapshot, Paint paint)
    {
        if (IsUnchangedList(row))
            return [new(Profiles(row, profile => $"{Words.Profile(profile)}.json"), paint.Palette.Dim)];
        if (row.Trigger is { Waiting: true } waiting)
            return [new(Queued(waiting, snapshot.Of(row.Factory), paint, isWide: true))];
        var verdict = Verdict(row, paint, isWide: true);
        if (verdict is not null && row.Trigger is not { TakenAt: not null })
            return verdict;
        var queued = row.Trigger is null ? new Piece("queued by hand?", paint.Palette.Warning) : new Piece($"queued {Waited(row.Trigger)}");
        return [queued, new($" {paint.Glyphs.Arrow} ", paint.Palette.Dim), .. verdict ?? LongJob(row, snapshot, paint)];
    }

    /// <summary>Among the changes of one profile, where the names of others in its row say nothing.</summary>
    public static IEnumerable<Piece> OfProfile(TriggerRow row, Snapshot snapshot, Paint paint) =>
        IsUnchangedList(row) ? [new("unchanged", paint.Palette.Dim)] : Long(row, snapshot, paint);

    /// <summary>When all of it is done, or that nothing came of it.</summary>
    public static Piece End(TriggerRow row, Snapshot snapshot, Paint paint)
    {
        if (row.Runs.Count > 0 || row.Trigger is { Result: TriggerResult.Unchanged })
            return new("");
        if (row.IsUnfinished)
            return ChangeOutlook.EndOf(snapshot.Of(row.Factory), row, paint.Now) is { } end ? new($"~{paint.Minute(end)}")
                : row.Trigger is { Result: null } ? new("")
                : new("?", paint.Palette.Warning);
        if (row.Builds.Count == 0)
            return row.IsProblem ? new("not built") : new("?", paint.Palette.Warning);
        return row.Builds.Any(build => build.State is BuildState.Lost) || row.NeverBegun.Count > 0 ? new("not built")
            : row.Builds.Max(build => build.EndedAt) is { } ended ? new(paint.Minute(ended)) : new("?", paint.Palette.Warning);
    }

    /// <summary>Why it did not come to a job; null where it did or still may.</summary>
    private static IReadOnlyList<Piece>? Verdict(TriggerRow row, Paint paint, bool isWide)
    {
        var sign = isWide ? $"{paint.Glyphs.Failed} " : "";
        Piece[] Bad(string word, string why) => [new($"{sign}{word}", paint.Palette.Bad), new($"{(isWide ? "" : ":")} {why}{Again(row)}")];
        return row switch
        {
            { Runs: [.., var run] } =>
            [
                new($"{sign}FAILED", paint.Palette.Bad),
                new($" {(isWide ? $"after {Words.Span(run.EndedAt - run.At)}: " : "")}{run.Why.TrimEnd(':', '.')}{Again(row)}"),
            ],
            { Trigger.Refused: { } why } => Refused(row, why, row.Trigger.RefusedWhy),
            { Rejection: { } rejection } => Refused(row, rejection.Why, rejection.Text),
            { Trigger.Result: TriggerResult.Unchanged } => [new($"{Times(row.Triggers.Count)}unchanged", paint.Palette.Dim)],
            { Trigger.Result: TriggerResult.NewUnchanged } => Bad("NOT BUILT", "new, taken as unchanged"),
            { Trigger.Result: TriggerResult.NotDownloaded } => Bad("NOT BUILT", isWide ? "profile not downloaded" : "not downloaded"),
            { Trigger.Result: TriggerResult.PushFailed } => Bad("NOT BUILT", isWide ? "RabbitMQ did not take the message" : "push failed"),
            { Trigger: { Result: null, RunOver: true } } => Bad(
                "NOT BUILT",
                isWide ? "cdb2rabbit ended without a word" : "cdb2rabbit died"
            ),
            { Trigger: { Result: null } } => paint.Now - row.At < LongRun
                ? [new("cdb2rabbit runs")]
                : [new($"? no result since {paint.Minute(row.At)}", paint.Palette.Warning)],
            { Trigger: { PassedOver: true, TakenAt: { } taken } } =>
            [
                new(isWide ? $"? taken {paint.Clock(taken)}, by which job cannot be told" : "? taken, job unknown", paint.Palette.Warning),
            ],
            { Trigger.PassedOver: true } =>
            [
                new(
                    isWide ? "? younger messages were taken: refused, lost or another's job" : "? not in the queue any more",
                    paint.Palette.Warning
                ),
            ],
            _ => null,
        };

        IReadOnlyList<Piece> Refused(TriggerRow of, Core.Events.Refusal why, string? line)
        {
            var text = isWide && line is { Length: > 0 } ? $": {line}" : "";
            var thread = isWide && of.Taker is { } taker ? Thread(of, Words.Thread(taker), paint) : [];
            return [.. thread, new($"{sign}REFUSED", paint.Palette.Bad), new($"{(isWide ? "" : ":")} {Words.Refused(why)}{text}")];
        }
    }

    /// <summary>A run usually ends within seconds.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(1);

    private static IEnumerable<Piece> ShortJob(TriggerRow row, Snapshot snapshot, Paint paint)
    {
        var hand = row.Trigger is null ? [new Piece("by hand? ", paint.Palette.Warning)] : Array.Empty<Piece>();
        if (
            !row.IsUnfinished
            && row.NeverBegun.Count == 0
            && row.Builds.Count > 0
            && row.Builds.All(build => build is { State: BuildState.Succeeded, ImageId: not null })
        )
            return
            [
                .. hand,
                new("ok", paint.Palette.Good),
                .. Doubt(row, paint),
                new($"  {string.Join(' ', row.Builds.Select(build => Id(build.ImageId!)))}"),
            ];
        return [.. hand, .. Thread(row, Words.Thread(row.Taker), paint), .. Templates(row, snapshot, paint, isWide: false)];
    }

    private static IEnumerable<Piece> LongJob(TriggerRow row, Snapshot snapshot, Paint paint) =>
        [
            .. Thread(row, Words.Thread(row.Taker), paint),
            .. Templates(row, snapshot, paint, isWide: true),
            .. row.Trigger is { Certain: false } trigger
                ? [new Piece($"  ? {Unproven(trigger)}", paint.Palette.Warning)]
                : Array.Empty<Piece>(),
        ];

    public static string Unproven(Trigger trigger) =>
        trigger.Ground is TieGround.Order ? "by queue order, not proven" : "by name, but another may be the same image's";

    private static Piece[] Thread(TriggerRow row, string thread, Paint paint) => [new(thread), .. Doubt(row, paint), new(": ")];

    private static Piece[] Doubt(TriggerRow row, Paint paint) => row.Trigger is { Certain: false } ? [new("?", paint.Palette.Warning)] : [];

    private static IEnumerable<Piece> Templates(TriggerRow row, Snapshot snapshot, Paint paint, bool isWide)
    {
        var parts = row
            .Builds.Select(build => OfBuild(build, snapshot, paint, isWide))
            .Concat(
                row.ToCome.Select(
                    (template, place) =>
                        (IEnumerable<Piece>)
                            [
                                new(
                                    $"{Words.Template(template)} {(isWide ? paint.Glyphs.ToDo : place == 0 ? "next" : "later")}",
                                    paint.Palette.Dim
                                ),
                            ]
                )
            )
            .Concat(
                row.NeverBegun.Select(template =>
                    (IEnumerable<Piece>)[new($"{Words.Template(template)} never begun{(isWide ? " (the message is gone)" : "")}")]
                )
            )
            .ToList();
        if (row.Builds.Count == 0)
            parts.Insert(0, [new(row.Holder is { Activity: Preparing } ? "taken, no build begun" : "taken, nothing seen since")]);
        return parts.SelectMany((part, place) => place == 0 ? part : part.Prepend(new Piece(", ")));
    }

    private static IEnumerable<Piece> OfBuild(BuildView build, Snapshot snapshot, Paint paint, bool isWide)
    {
        var name = new Piece($"{Words.Template(build.Template)} ");
        if (build.State is BuildState.Building && snapshot.OutlookOf(build, paint.Now).Stuck is not null)
            return [name, new(isWide ? $"{paint.Glyphs.Problem} STUCK" : "STUCK", paint.Palette.Warning)];
        var style = build.State is BuildState.Building ? paint.Palette.Plain : paint.Style(build.State);
        if (!isWide)
            return [name, new(State(build.State), style)];
        var sign = new Piece(paint.Sign(build.State), paint.Style(build.State));
        return build.State is BuildState.Succeeded
            ? [name, sign, new($" {(build.ImageId is { } id ? Id(id) : build.Took is { } took ? Words.Span(took) : "ok")}")]
            : [name, sign, new($" {State(build.State)}", style)];
    }

    private static string State(BuildState state) => state switch
    {
        BuildState.Building => "building",
        BuildState.Succeeded => "ok",
        BuildState.Failed => "FAILED",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "LOST",
        BuildState.Unknown => "unknown",
    };

    private static string Queued(Trigger waiting, FactorySnapshot snapshot, Paint paint, bool isWide)
    {
        var since = $"queued since {(waiting.QueuedAt is { } at ? paint.Minute(at) : "?")}";
        if (snapshot.State.Workers.Values.All(worker => worker.Activity is Lost))
            return isWide
                ? $"{since}; no worker"
                    + $"{(snapshot.State.Vitals.Daemon is { Down: not null } or { Stopped: not null } ? ": rabbit2packer is down" : "")}"
                : $"{since}, no worker";
        var before = QueueOutlook.Before(snapshot, waiting);
        return before > 0 ? string.Create(CultureInfo.InvariantCulture, $"{since}, {before} before it")
            : QueueOutlook.Of(snapshot, waiting, paint.Now) is { } next ? $"{since}, {Words.Thread(next.Thread)} next" : since;
    }

    /// <summary>How long its message waited for a free worker, and then for that one's next look into the queue.</summary>
    private static string Waited(Trigger trigger) =>
        trigger is { QueuedAt: { } queued, TakenAt: { } taken } ? Words.Span(taken - queued) : "?";

    private static string Id(string image) => image[..Math.Min(8, image.Length)];

    private static string Profile(Trigger trigger) => $"{Words.Profile(trigger.Profile)}.json";

    private static bool IsUnchangedList(TriggerRow row) =>
        row.Trigger is { Result: TriggerResult.Unchanged } newest && row.Triggers.Any(trigger => trigger.Profile != newest.Profile);

    private static string Again(TriggerRow row) =>
        Math.Max(row.Triggers.Count, row.Runs.Count) is > 1 and var times ? string.Create(CultureInfo.InvariantCulture, $", {times}x") : "";

    private static string Times(int count) => count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{count}x ") : "";

    private static string Profiles(TriggerRow row, Func<string, string> name) =>
        string.Join(
            ", ",
            row.Triggers.GroupBy(trigger => trigger.Profile, StringComparer.Ordinal)
                .Select(profile =>
                    profile.Count() == 1
                        ? name(profile.Key)
                        : string.Create(CultureInfo.InvariantCulture, $"{name(profile.Key)} {profile.Count()}x")
                )
        );
}
