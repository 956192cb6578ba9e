using System.Collections.Immutable;
using System.Diagnostics;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// All that is known of a factory, folded from observations in the order of their lines. Total: any event in any state
/// gives a state. What one line means for several threads is decided here (docs/correlation.md).
/// </summary>
public sealed partial record MonitorState
{
    public const int MostRejections = 1_000;
    public const int MostNotUnderstood = 200;

    public const int MostRecent = RecentObservations.Most;

    /// <summary>Of more threads than any daemon has, the one that was silent longest is forgotten, one that builds last.</summary>
    public const int MostWorkers = 250;

    public static readonly MonitorState Empty = new();

    /// <summary>Its name where there are several, which stands before its ids; null where there is one.</summary>
    public string? Factory { get; private init; }

    public ImmutableSortedDictionary<int, Worker> Workers { get; init; } = ImmutableSortedDictionary<int, Worker>.Empty;

    public BuildTable Builds { get; init; } = BuildTable.Empty;

    public ImmutableList<Rejection> Rejections { get; init; } = [];

    /// <summary>How many there ever were; the list forgets the oldest.</summary>
    public long Rejected { get; init; }

    public ChangeLedger Triggers { get; init; } = ChangeLedger.Empty;

    /// <summary>Messages that wait by the word of RabbitMQ; null where it is not asked or does not answer.</summary>
    public long? Measured { get; init; }

    /// <summary>Messages that wait: as measured, else as the lines tell.</summary>
    public long Waiting => Measured ?? Triggers.Waiting;

    public LogTable Logs { get; init; } = LogTable.Empty;

    public SourceTable Sources { get; init; } = SourceTable.Empty;

    /// <summary>The last observations that say something happened, newest last.</summary>
    public RecentObservations Recent { get; init; } = RecentObservations.Empty;

    /// <summary>Lines of our programs that no rule accepted.</summary>
    public long UnrecognisedLines { get; init; }

    /// <summary>The last of them, oldest first.</summary>
    public ImmutableList<Observation> NotUnderstood { get; private init; } = [];

    /// <summary>Observations folded so far.</summary>
    public long Observed { get; init; }

    /// <summary>When the daemon last began, if that was seen.</summary>
    public DateTimeOffset? ServiceStartedAt { get; init; }

    /// <summary>The last line of the daemon said that an image's test is over.</summary>
    private bool Tested { get; init; }

    /// <summary>A bare "Starting" whose speaker the next lines must tell.</summary>
    private Observation? Unnamed { get; init; }

    /// <summary>Nothing is known yet of the factory with that name; null for the only one.</summary>
    /// <param name="profileMatch">What the names of all its profiles hold; null where that is not known.</param>
    public static MonitorState Of(string? factory, string? profileMatch = null) =>
        factory is null && profileMatch is null ? Empty : new() { Factory = factory, Triggers = ChangeLedger.Of(FactoryName.Own(factory, ""), profileMatch) };

    public MonitorState Apply(IEnumerable<Observation> seen) => seen.Aggregate(this, static (state, next) => state.Apply(next));

    public MonitorState Apply(Observation seen)
    {
        var state = this with
        {
            Observed = Observed + 1,
            Recent = seen.IsBookkeeping
                ? Recent
                : Recent.Add(seen),
            Triggers = seen.Speaker is Speaker.Monitor ? Triggers : Triggers.At(seen.At),
        };
        for (var time = 0; time < seen.Count; time++)
            state = state.Heard(Named(seen.Event)).Fold(seen);
        return seen.Speaker is Speaker.Rabbit2Packer && state.Tested != seen.Event is ImageChecked ? state with { Tested = !state.Tested } : state;
    }

    /// <summary>The thread that says this itself; not one that a traceback tells to be dead.</summary>
    private static WorkerId? Named(MonitorEvent said) => said switch
    {
        JobTaken taken => taken.Worker,
        JobRefused refused => refused.Worker,
        BuildSucceeded ended => ended.Worker,
        BuildFailed ended => ended.Worker,
        WorkerReconnecting reconnecting => reconnecting.Worker,
        _ => null,
    };

    private MonitorState Fold(Observation seen) => seen.Event switch
    {
        ServiceStarted => Restart(seen),
        UnnamedStarted => this with { Unnamed = seen },
        StartupFailed when Unnamed is { } start => (this with { Unnamed = null }).Restart(start),
        StartupFailed => seen.Speaker is Speaker.Cdb2Rabbit ? this with { Triggers = Triggers.Apply(seen) } : this,
        WorkerStarted started when Unnamed is { } start => (this with { Unnamed = null }).Restart(start).Begin(started.Worker, seen),
        WorkerStarted started => Begin(started.Worker, seen),
        WorkerExited exited => Lose(exited.Worker, seen),
        WorkerCrashed crashed => Crash(crashed.Worker, seen),
        WorkerReconnecting reconnecting => Leave(reconnecting.Worker, seen).Change(reconnecting.Worker, seen, worker => worker.Reconnect(seen.At)),
        WorkerFailed failed => Fail(failed.Why, seen),
        NoTemplateDefined => Fail(Refusal.NoTemplate, seen),
        JobTaken taken => Take(taken, seen),
        JobRefused refused => Leave(refused.Worker, seen)
            .With(Triggers.Refuse(seen.At, refused.Worker, refused.Why, seen.Text, FreeSince(refused.Worker)))
            .Change(refused.Worker, seen, worker => worker.Idle(seen.At))
            .Reject(refused.Worker, null, refused.Why, seen),
        BuildStarted started => Start(LogName.Of(started.LogPath), started.LogPath, seen),
        BuildSucceeded ended => End(ended.Worker, ended.Build, BuildState.Succeeded, seen),
        BuildFailed ended => End(ended.Worker, ended.Build, BuildState.Failed, seen),
        Unrecognised => this with { UnrecognisedLines = UnrecognisedLines + 1, NotUnderstood = NotUnderstood.Count < MostNotUnderstood ? NotUnderstood.Add(seen) : NotUnderstood.RemoveAt(0).Add(seen) },
        SourceImageUndefined { Image: { } image } => Skip(image, seen),
        DefaultTemplatesUsed used => Prepared(used.Image),
        SourceImageLookedUp { Image: { } image } => With(Triggers.Name(image, seen.At)),
        ExceptionShown when seen.Speaker is Speaker.Rabbit2Packer => this with { Triggers = Triggers.Show(seen.Text) },
        JobDescribed or SourceImageLookedUp or SourceImageUndefined { Image: null } or PackerCommanded or MailNotSent
            or RallyLaunched or RallyScored or ImageChecked or RallyNoted or RallyFailed or ExceptionShown => this,
        TriggerStarted or TriggerExited or ProfileListCreated or ProfileListStored or ProfileRebuilt or ProfileDownloading or ProfileNew
            or ProfileUpdated or ProfileUnchanged or ProfileFailed or MessagePushing or PushFailed or TriggerFailed
            or ListenerStarting or ListenerStarted or ListenerFailed or StartupCalled or PacketReceived or PacketIgnored
            or CallScheduled or CallMade or CallFailed => this with
            {
                Triggers = Triggers.Apply(seen),
                // It was the trigger script that had started, then.
                Unnamed = seen.Speaker is Speaker.Cdb2Rabbit ? null : Unnamed,
            },
        MessagesDropped => Doubt(seen),
        SourceSeen or SourceRead or LinesLost => this with { Sources = Sources.Apply(seen.Source, seen.Event) },
        SourceTurned or SourcePolled => this,
        BuildLogRead read => Read(read),
        BuildLogGone gone => Forget(gone.File),
        BuildLogRefused refused => this with { Logs = Logs.Refuse(refused) },
        ProfileRead read => With(Triggers.Read(read)),
        QueueMeasured measured => this with { Measured = measured.Waiting },
        LogDirectoryRead => this with { Logs = Logs with { Complete = true } },
        _ => throw new UnreachableException($"{seen.Event.GetType().Name} has no transition"),
    };
}
