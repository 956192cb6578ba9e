using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>
/// What lines tell of the factory's own condition, beside its builds: whether the daemons live, the broker answers, the runs of
/// cdb2rabbit end well, and whether all is read. Health is judged by it and by the state; here nothing is judged. Total and pure.
/// </summary>
public sealed record FactoryVitals
{
    public static readonly FactoryVitals Unknown = new();

    public DaemonLife Daemon { get; private init; } = DaemonLife.Unknown;

    public ListenerLife Listener { get; private init; } = ListenerLife.Unknown;

    public BrokerSigns Broker { get; private init; } = BrokerSigns.None;

    public TriggerRuns Runs { get; private init; } = TriggerRuns.None;

    public Speech Speech { get; private init; } = Speech.None;

    public HostTurns Hosts { get; private init; } = HostTurns.None;

    public DroppedLines Dropped { get; private init; } = DroppedLines.None;

    public SilenceTable Silences { get; private init; } = SilenceTable.Empty;

    /// <summary>A worker took or refused a message last at this time.</summary>
    public DateTimeOffset? TakenAt { get; private init; }

    /// <summary>The last packet of Aquilon arrived at this time.</summary>
    public DateTimeOffset? PacketAt { get; private init; }

    /// <summary>One of the three programs, or systemd about one of their units, was ever heard.</summary>
    public bool Heard { get; private init; }

    public FactoryVitals Apply(Observation seen) => seen.Event switch
    {
        SourceRead read => this with { Silences = Silences.Apply(seen.Source, read) },
        QueueMeasured measured => this with { Broker = Broker.Measured(measured.Waiting is not null, seen.At) },
        LinesLost { IsUnread: false } lost => this with { Dropped = Dropped.Lost(seen, lost) },
        _ when seen.Text is null => this,
        MessagesDropped dropped => this with { Dropped = Dropped.Told(seen, dropped) },
        UnitStarted or UnitStopped or UnitFailed => this with { Heard = true, Daemon = Daemon.Apply(seen), Listener = Listener.Apply(seen) },
        _ => Line(seen),
    };

    private FactoryVitals Line(Observation seen) => seen.Speaker switch
    {
        Speaker.Rabbit2Packer => OfDaemon(seen),
        Speaker.Cdb2Rabbit => this with { Heard = true, Runs = Runs.Apply(seen), Broker = Broker.Apply(seen), Speech = Speech.Apply(seen, Daemon.Trace) },
        Speaker.CdpListend => this with
        {
            Heard = true,
            Runs = Runs.Apply(seen),
            Listener = Listener.Apply(seen),
            Speech = Speech.Apply(seen, Daemon.Trace),
            PacketAt = seen.Event is PacketReceived ? seen.At : PacketAt,
        },
        Speaker.Monitor => this with { Speech = Speech.Damaged(seen.At) },
        _ => this,
    };

    private FactoryVitals OfDaemon(Observation seen)
    {
        // Where a header lost the name, this sentence of cdb2rabbit is taken for one of an image's test.
        if (seen is { Event: RallyFailed, Text: TriggerRuns.NotConfigured } && !Daemon.Tests)
            return this with { Heard = true, Runs = Runs.Apply(seen with { Event = new StartupFailed(), Speaker = Speaker.Cdb2Rabbit }) };
        var daemon = Daemon.Apply(seen);
        return this with
        {
            Heard = true,
            Daemon = daemon,
            Runs = seen.Event is UnnamedStarted or WorkerStarted or StartupFailed ? Runs.Apply(seen) : Runs,
            Broker = Broker.Apply(seen, daemon.Trace),
            Speech = Speech.Apply(seen, daemon.Trace),
            Hosts = Hosts.Apply(seen, DaemonLife.Thread(seen.Event)),
            TakenAt = seen.Event is JobTaken or JobRefused ? seen.At : TakenAt,
        };
    }
}
