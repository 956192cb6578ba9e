using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>The way of a change from the packet to the images, or of what no change is known for.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Outcome">What became of it, in a few words; empty where nothing did.</param>
/// <param name="Tie">Whether the job is certainly this change's, and why.</param>
/// <param name="Rows">Hop by hop.</param>
public sealed record ChangeChain(string Title, string Outcome, ChainTie Tie, IReadOnlyList<Row> Rows)
{
    public static readonly ChangeChain Unknown = new("", "", new ChainTie("nothing is known of it any more"), []);

    /// <summary>A shorter wait is nobody's question.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    /// <summary>How long was waited for each thing, the longest first.</summary>
    public IReadOnlyList<(Wait For, TimeSpan Time)> Waits { get; private init; } = [];

    /// <summary>From the first hop to the last.</summary>
    public TimeSpan Whole { get; private init; }

    /// <summary>What was not waited for, in the whole seconds that both are shown in: the two are the whole.</summary>
    public TimeSpan Worked => Words.Positive(TimeSpan.FromSeconds((long)Whole.TotalSeconds - (long)Waited.TotalSeconds));

    public TimeSpan Waited => Waits.Aggregate(TimeSpan.Zero, static (sum, wait) => sum + wait.Time);

    /// <summary>Until when no worker was free; null where that was not what it waited for.</summary>
    public DateTimeOffset? BusyUntil { get; private init; }

    /// <summary>The row of CHANGES that it is of; null where there is none.</summary>
    public TriggerRow? Row { get; private init; }

    /// <summary>The rows of its profile, newest first, its own among them; a row that stands for several profiles is of each.</summary>
    private IReadOnlyList<TriggerRow> OfProfile { get; init; } = [];

    /// <summary>The other rows of the profile, newest first.</summary>
    public IEnumerable<TriggerRow> OthersOfProfile => OfProfile.Where(other => other.Id != Row?.Id);

    /// <summary>The ids of the images that it made, oldest first.</summary>
    public IEnumerable<string> ImageIds => Rows.OfType<ChainRow>().Select(hop => hop.Build).OfType<BuildView>().Distinct()
        .Select(build => build.ImageId).OfType<string>();

    /// <summary>The change of the same profile before this one or after it; null where none is known.</summary>
    public TriggerRow? Neighbour(bool older)
    {
        TriggerRow[] rows = [.. OfProfile.Where(other => other.Id == Row?.Id || other.Trigger?.Profile == Row?.Trigger?.Profile)];
        return rows.ElementAtOrDefault(Array.FindIndex(rows, other => other.Id == Row?.Id) + (older ? 1 : -1));
    }

    /// <param name="snapshot">What is known.</param>
    /// <param name="subject">The id of a row: a change's, a build's or a rejected message's.</param>
    public static ChangeChain Of(Snapshot snapshot, string? subject)
    {
        if (RowOf(snapshot, subject) is { } row)
            return Of(snapshot, row);
        if (snapshot.Builds.FirstOrDefault(build => $"build {build.Id}" == subject) is { } alone)
            return new ChangeChain(
                Words.Name(alone),
                "",
                new ChainTie(alone.Build is null ? "known by its log only" : "no change was heard of"),
                Numbered(new ChainHops(snapshot.Of(alone)).Alone(alone))
            );
        return snapshot.Ended.FirstOrDefault(ended => ended.Id == subject) is RejectionRow { Rejection: var rejection }
            ? new ChangeChain(
                rejection.Image?.Text ?? $"a message of {Words.Thread(rejection.Worker)}",
                "REFUSED",
                new ChainTie("no change is known: queued by hand?", false),
                Numbered(new ChainHops(snapshot.Of((string?)null)).Refused(rejection))
            )
            : Unknown;
    }

    private static TriggerRow? RowOf(Snapshot snapshot, string? subject) =>
        snapshot
            .Triggers.OfType<TriggerRow>()
            .FirstOrDefault(row =>
                row.Id == subject
                || row.Builds.Any(build => $"build {build.Id}" == subject)
                || row.Rejection is { } rejection
                    && snapshot.Ended.Any(ended => ended.Id == subject && (ended as RejectionRow)?.Rejection == rejection)
            );

    private static ChangeChain Of(Snapshot snapshot, TriggerRow row)
    {
        var rows = Numbered(new ChainHops(snapshot.Of(row.Factory)).Of(row));
        var hops = rows.OfType<ChainRow>().ToArray();
        var whole = hops.Select(hop => hop.At).OfType<DateTimeOffset>().ToArray() is [var first, .., var last]
            ? Words.Positive(last - first)
            : TimeSpan.Zero;
        return new ChangeChain(
            row.Trigger?.Profile ?? row.Image?.Text ?? "cdb2rabbit, no profile named",
            OutcomeOf(row, whole),
            ChainTie.Of(row),
            rows
        )
        {
            Row = row,
            Whole = whole,
            Waits =
            [
                .. hops.Where(hop => hop is { Wait: not null, Gap: not null })
                    .GroupBy(hop => hop.Wait!.Value)
                    .Select(wait => (wait.Key, Sum(wait)))
                    .OrderByDescending(wait => wait.Item2),
            ],
            BusyUntil = row.Trigger is { QueuedAt: { } queued, TakerFreeSince: { } free } && free - queued >= Long ? free : null,
            OfProfile = row.Trigger is { } trigger
                ?
                [
                    .. snapshot
                        .Of(row.Factory)
                        .Triggers.OfType<TriggerRow>()
                        .Where(other => other.Triggers.Any(known => known.Profile == trigger.Profile))
                        .OrderByDescending(other => other.At),
                ]
                : [],
        };
    }

    /// <summary>From the packet to the end of its last build; null if it has none or still runs.</summary>
    public static TimeSpan? TookOf(TriggerRow row) =>
        row is { IsUnfinished: false, Trigger: { } trigger, Builds.Count: > 0 } && row.Builds.Max(build => build.EndedAt) is { } end
            ? Words.Positive(
                end
                    - (
                        trigger.PacketAt - (UsualHops.SocketOf(trigger.PacketAt, trigger.PacketEpoch) ?? TimeSpan.Zero)
                        ?? trigger.RunAt
                        ?? trigger.At
                    )
            )
            : null;

    private static TimeSpan Sum(IEnumerable<ChainRow> hops) => hops.Aggregate(TimeSpan.Zero, static (sum, hop) => sum + hop.Gap!.Value);

    private static string OutcomeOf(TriggerRow row, TimeSpan whole)
    {
        if (row.IsUnfinished || row.Builds.Count == 0)
            return row.IsUnfinished ? "unfinished" : row.IsProblem ? "not built" : "";
        var (good, all) = (row.Builds.Count(build => build.State is BuildState.Succeeded), row.Builds.Count + row.NeverBegun.Count);
        var word = good == all ? "ok"
            : row.Builds.Any(build => build.State is BuildState.Lost) ? "LOST"
            : row.Builds.Any(build => build.State is BuildState.Failed) ? "FAILED"
            : "cancelled";
        return string.Create(CultureInfo.InvariantCulture, $"{word}, {good} of {all} in {Words.Span(whole)}");
    }

    /// <summary>With their numbers, the time since the hop before, and the longest wait marked.</summary>
    private static ImmutableArray<Row> Numbered(IEnumerable<ChainRow> hops)
    {
        var rows = new List<ChainRow>();
        DateTimeOffset? before = null;
        foreach (var hop in hops)
        {
            rows.Add(
                hop with
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"link {rows.Count}"),
                    Number = rows.Count,
                    Gap = hop.At is { } at && before is { } then ? Words.Positive(at - then) : null,
                    Since = hop.IsNow ? before : null,
                }
            );
            before = hop.At ?? before;
        }

        var longest = rows.FindIndex(row =>
            row is { Wait: not null, Gap: { } gap }
            && gap >= Long
            && gap == rows.Where(other => other.Wait is not null).Max(other => other.Gap)
        );
        if (longest >= 0)
            rows[longest] = rows[longest] with { IsLongestWait = true };
        return [.. rows];
    }
}

/// <summary>How sure it is that a job is a change's.</summary>
/// <param name="Text">That and why, in a sentence.</param>
/// <param name="IsSure">Nothing about it is a guess.</param>
/// <param name="Proof">What would prove it; null where nothing has to.</param>
public sealed record ChainTie(string Text, bool IsSure = true, string? Proof = null)
{
    private const string ByCache = "the cached profile (CACHE_DIR of config.ini, readable for this user) would prove it";

    /// <summary>The same in two words or three; nothing where no job is tied.</summary>
    public static string ShortOf(Trigger? trigger) =>
        trigger switch
        {
            null or { TakenAt: null } or { PassedOver: true } => "",
            { Certain: false } => "? not proven",
            { Ground: TieGround.Cache } => "certain, by cache",
            { Ground: TieGround.Learned } => "certain, learned",
            { Refused: not null } => "certain",
            _ => "certain, by name",
        };

    public static ChainTie Of(TriggerRow row) =>
        row.Trigger switch
        {
            null when row.Runs.Count > 0 => new ChainTie("cdb2rabbit failed before it named a profile"),
            null => new ChainTie("not proven: no change in the queue can be this message: queued by hand?", false),
            { Waiting: true } => new ChainTie("no job yet: its message is in the queue"),
            { PassedOver: true, TakenAt: null } => new ChainTie("no job known: younger messages were taken before it", false, ByCache),
            { PassedOver: true } => new ChainTie("no job known: it was taken, but by which job the lines do not tell", false, ByCache),
            { TakenAt: null } => new ChainTie("no message was queued"),
            { Certain: true, Ground: TieGround.Cache } => new ChainTie($"certain: the cached profile asks for {row.Image?.Text}"),
            { Certain: true, Ground: TieGround.Learned } => new ChainTie("certain: earlier changes of this profile became this image"),
            { Certain: true } => new ChainTie(
                $"certain: profile and image have one name{(row.Image is { } image ? $", {image.Text}" : "")}"
            ),
            { Refused: not null } => new ChainTie("not proven: it was its turn in the queue, and a refusal names no image", false),
            { Ground: TieGround.Order } => new ChainTie(
                "not proven: matched by queue order; profile and image share no name",
                false,
                ByCache
            ),
            _ => new ChainTie("not proven: the name fits, but another message or job may fit too", false, ByCache),
        };
}
