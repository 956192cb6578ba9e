using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// The announced changes and the jobs that they led to: docs/correlation.md. Folded from the lines of cdp-listend and
/// cdb2rabbit, and from the messages that workers take off the queue.
/// </summary>
public sealed record ChangeLedger : IArchived<ChangeLedger>
{
    /// <summary>Beyond this number the oldest trigger is dropped.</summary>
    public const int Most = TriggerTable.Most;

    /// <summary>The daemon writes the exception just before the line that refuses.</summary>
    private static readonly TimeSpan ErrorBefore = TimeSpan.FromSeconds(2);

    public static readonly ChangeLedger Empty = new();

    private Announcements Announced { get; init; } = new();

    private MessageQueue Queue { get; init; } = new();

    /// <summary>The exception in the daemon's last line: the reason of the refusal that follows.</summary>
    private (string Error, DateTimeOffset At)? Shown { get; init; }

    /// <summary>Oldest first.</summary>
    public NumberedList<Trigger> Triggers => Announced.Table.All;

    /// <summary>The number of messages that were published and not yet taken, as far as the lines show.</summary>
    public int Waiting => Announced.Table.Waiting.Count;

    /// <summary>A job that is taken now may belong to one of the changes.</summary>
    internal bool IsOpen => Queue.IsOpen;

    /// <summary>Runs of cdb2rabbit that failed before they named a profile, oldest first.</summary>
    public ImmutableList<FailedRun> FailedRuns => Announced.Failures;

    /// <summary>The known pairs of profile and image.</summary>
    public Pairs Pairs => Queue.Pairs;

    /// <summary>Builds whose change was corrected since this was last read.</summary>
    internal ImmutableList<(int Build, string? Trigger)> Moved => Queue.Moved;

    /// <summary>The empty ledger of a factory; its ids have this prefix.</summary>
    /// <param name="profileMatch">The text that all its profile names contain; they may begin with it.</param>
    internal static ChangeLedger Of(string prefix, string? profileMatch) => new()
    {
        Announced = new() { Table = TriggerTable.Empty with { Prefix = prefix } },
        Queue = new() { Pairs = Pairs.Empty with { Prefix = profileMatch is null ? "" : Names.OfProfile(profileMatch) } },
    };

    public Trigger? Find(string id) => Announced.Table.Find(id);

    /// <summary>Whether a run of cdb2rabbit works on this change.</summary>
    public bool IsCurrent(string id) => Announced.Runs.Exists(run => run.Current == id);

    /// <summary>A line of cdp-listend or cdb2rabbit.</summary>
    internal ChangeLedger Apply(Observation seen)
    {
        var announced = Announced.Apply(seen);
        if (ReferenceEquals(announced, Announced))
            return this;
        var ledger = this with { Announced = announced };
        if (seen.Event is not (MessagePushing or PushFailed) || ReferenceEquals(announced.Table, Announced.Table)
            || announced.Concluded is not { } id || announced.Table.Find(id) is not { } trigger)
            return ledger;
        return seen.Event is MessagePushing
            ? ledger.With(Queue.Publish(id, trigger.Profile, seen.At))
            : ledger.With(Queue.Withdraw(id));
    }

    /// <summary>The daemon showed an exception; a refusal comes next.</summary>
    internal ChangeLedger Show(string? error, DateTimeOffset at) => this with { Shown = error is null ? null : (error, at) };

    /// <summary>The exception of a refusal at this time; null if the daemon showed none a moment before.</summary>
    internal string? ErrorAt(DateTimeOffset at) => Shown is { } shown && at - shown.At <= ErrorBefore ? shown.Error : null;

    /// <summary>The daemon names the image of the message that it takes now.</summary>
    internal ChangeLedger Name(ImageName image, DateTimeOffset at) => With(Queue.Named(image, at)).Doubted(this, image, at);

    /// <summary>A worker took a message.</summary>
    internal ChangeLedger Take(DateTimeOffset at, WorkerId worker, ImageName image, Waiting waiting, out int ticket)
    {
        (var queue, ticket) = Queue.Taken(worker, image, at, waiting);
        return With(queue).Doubted(this, image, at);
    }

    /// <summary>
    /// A job of another image was taken while the only waiting message is that of a profile whose image is remembered from earlier: the
    /// profile may ask for the new image by now.
    /// </summary>
    private ChangeLedger Doubted(ChangeLedger before, ImageName image, DateTimeOffset at)
    {
        if (Waiting != 1 || before.Waiting != 1)
            return this;
        var profile = Announced.Table[Announced.Table.Waiting[0]].Profile;
        return Pairs.Of(profile) is { IsName: true } pair && pair.Image != Names.OfImage(image)
            ? With(Queue.Contradict(profile, at))
            : this;
    }

    /// <summary>A worker could not use the message that it took.</summary>
    internal ChangeLedger Refuse(DateTimeOffset at, WorkerId worker, Refusal why, string? text, Waiting waiting) =>
        (this with { Shown = null }).With(Queue.Refuse(worker, why, ErrorAt(at) ?? text ?? "", at, waiting));

    /// <summary>A thread without a job died.</summary>
    internal ChangeLedger Die(DateTimeOffset at, WorkerId worker) => With(Queue.Die(worker, at));

    /// <summary>The id of the change that a take belongs to; null if that is unknown.</summary>
    /// <param name="ticket">The ticket of the take, as in a job or a build.</param>
    public string? TriggerOf(int? ticket) => ticket is { } known ? Queue.Find(known)?.Trigger : null;

    internal ChangeLedger AddBuild(int? ticket, int number, string id) =>
        ticket is { } known ? With(Queue.AddBuild(known, number, id)).Refresh(known) : this;

    /// <summary>Removes a build from its take: it belongs to another one, or to none.</summary>
    internal ChangeLedger MoveBuild(int number, string id, int? from, int? to) => from == to ? this
        : (from is { } left ? With(Queue.RemoveBuild(left, number)).Refresh(left) : this).AddBuild(to, number, id);

    /// <summary>Time has passed.</summary>
    internal ChangeLedger At(DateTimeOffset now) => Queue.At(now) is var queue && ReferenceEquals(queue, Queue) ? this : With(queue);

    internal ChangeLedger Settled() => this with { Queue = Queue with { Moved = [] } };

    /// <summary>The content of a profile was read.</summary>
    internal ChangeLedger Read(ProfileRead read) => With(Queue.Read(read));

    /// <summary>A pair that an earlier run of this program remembered.</summary>
    internal ChangeLedger Remember(PairRemembered pair) =>
        this with { Queue = Queue with { Pairs = Queue.Pairs.Remember(pair.Profile, pair.Image) } };

    /// <summary>Copies the builds of a take to its change.</summary>
    private ChangeLedger Refresh(int ticket) =>
        TriggerOf(ticket) is not { } trigger
            ? this
            : this with
            {
                Announced = Announced with
                {
                    Table = Announced.Table.Change(trigger, known => known with { Builds = BuildsOf(Queue.Find(ticket)) }),
                },
            };

    private static ImmutableList<string>? BuildsOf(Take? take) =>
        take is { Builds.Count: > 0 } ? take.Builds.ConvertAll(static build => build.Id) : null;

    /// <summary>Updates the triggers from the present states of their messages in the queue.</summary>
    private ChangeLedger With(MessageQueue queue) => queue.Changed.IsEmpty
        ? this with { Queue = queue }
        : queue.Changed.Aggregate(this with { Queue = queue with { Changed = [] } }, static (ledger, state) => ledger.Update(state));

    private ChangeLedger Update(MessageState state)
    {
        var take = state.Ticket is { } ticket ? Queue.Find(ticket) : null;
        var perhaps = state.Perhaps is { } other ? Queue.Find(other) : null;
        var table = Announced.Table.Change(state.Trigger, trigger => trigger with
        {
            TakenAt = take?.At ?? perhaps?.At,
            TakenBy = take?.Worker,
            ByName = state.ByName,
            Certain = state.Certain,
            Ground = take is null ? null : GroundOf(state.ByName, trigger.Profile, take),
            TakerFreeSince = take?.Waiting.Own,
            Builds = BuildsOf(take),
            Images = take?.Image is { } image ? [image.Text] : null,
            Refused = take?.Refused,
            RefusedWhy = take?.RefusedText ?? (state.PassedOver && perhaps is null ? PassedOverText : null),
            PassedOver = state.PassedOver || perhaps is not null,
        });
        var contradicted =
            state.PassedOver
            || state.Certain
                && take?.Image is { } became
                && Pairs.Of(ProfileOf(state)) is { } pair
                && pair.Image != Names.OfImage(became);
        return this with
        {
            Announced = Announced with { Table = table },
            Queue = contradicted ? Queue with { Pairs = Queue.Pairs.Contradict(ProfileOf(state)) } : Queue,
        };
    }

    private string ProfileOf(MessageState state) => Announced.Table.Find(state.Trigger)?.Profile ?? "";

    private TieGround GroundOf(bool byName, string profile, Take take)
    {
        if (!byName)
            return TieGround.Order;
        if (Pairs.NamesOf(profile) is not null)
            return TieGround.Cache;
        var name = Names.OfProfile(profile);
        return take.Name != name && take.Name != Pairs.Shortened(name) && Pairs.Of(profile)?.Image == take.Name
            ? TieGround.Learned
            : TieGround.Name;
    }

    /// <summary>The text for a message that was passed over, when nothing else is known about it.</summary>
    public const string PassedOverText = "younger messages were taken, and no job is known to be this one";

    ChangeLedger IArchived<ChangeLedger>.Through(Archive archive) => new()
    {
        Announced = archive.Own(Announced),
        Queue = archive.Own(Queue),
        Shown = archive.Optional(Shown, static (archive, shown) => (archive.Text(shown.Error), archive.Time(shown.At))),
    };
}
