using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>
/// The condition of the factory from its lines, besides its builds: whether the daemons live, the broker answers, the runs of cdb2rabbit
/// succeed, and whether everything is read. The health checks use it and the state; it judges nothing. Total and pure.
/// </summary>
public sealed record FactoryVitals : IArchived<FactoryVitals>
{
    public static readonly FactoryVitals Unknown = new();

    public DaemonLife Daemon { get; private init; } = DaemonLife.Unknown;

    public ListenerLife Listener { get; private init; } = ListenerLife.Unknown;

    public BrokerSigns Broker { get; private init; } = BrokerSigns.None;

    public TriggerRuns Runs { get; private init; } = TriggerRuns.None;

    public Speech Speech { get; internal init; } = Speech.None;

    public HostTurns Hosts { get; private init; } = HostTurns.None;

    public DroppedLines Dropped { get; private init; } = DroppedLines.None;

    public SilenceTable Silences { get; private init; } = SilenceTable.Empty;

    private LastMoments Last { get; init; } = LastMoments.None;

    /// <summary>When a worker last took or refused a message.</summary>
    public DateTimeOffset? TakenAt => Last.TakenAt;

    /// <summary>When the last packet from Aquilon arrived.</summary>
    public DateTimeOffset? PacketAt => Last.PacketAt;

    /// <summary>The last heartbeat of whoever ships the events, by the clock there; null for a factory of this host.</summary>
    public DateTimeOffset? HeartbeatAt => Last.HeartbeatAt;

    /// <summary>Whether one of the three programs, or systemd about one of their units, ever wrote a line.</summary>
    public bool HasLines { get; private init; }

    public FactoryVitals Apply(Observation seen) =>
        seen.Event switch
        {
            SourceRead read => this with { Silences = Silences.Apply(seen.Source, read) },
            QueueMeasured measured => this with { Broker = Broker.Measured(measured.Waiting is not null, seen.At) },
            HeartbeatReceived beat => HeartbeatAt >= beat.SentAt ? this : this with { Last = Last with { HeartbeatAt = beat.SentAt } },
            LinesLost { IsUnread: false } lost => this with { Dropped = Dropped.Lost(seen, lost) },
            _ when seen.Text is null => this,
            MessagesDropped dropped => this with { Dropped = Dropped.Add(seen, dropped) },
            UnitStarted or UnitStopped or UnitFailed => this with
            {
                HasLines = true,
                Daemon = Daemon.Apply(seen),
                Listener = Listener.Apply(seen),
            },
            _ => Line(seen),
        };

    private FactoryVitals Line(Observation seen) => seen.Speaker switch
    {
        Speaker.Rabbit2Packer => OfDaemon(seen),
        Speaker.Cdb2Rabbit => With(Daemon, Runs.Apply(seen), Broker.Apply(seen), Hosts),
        Speaker.CdpListend => With(Daemon, Runs.Apply(seen), Broker, Hosts) with
        {
            Listener = Listener.Apply(seen),
            Last = seen.Event is PacketReceived ? Last with { PacketAt = seen.At } : Last,
        },
        _ => this,
    };

    private FactoryVitals OfDaemon(Observation seen)
    {
        // If a header lost the name, this sentence of cdb2rabbit counts as one of an image's test.
        if (seen is { Event: RallyFailed, Text: TriggerRuns.NotConfigured } && !Daemon.Tests)
            return With(Daemon, Runs.Apply(seen with { Event = new StartupFailed(), Speaker = Speaker.Cdb2Rabbit }), Broker, Hosts);
        var daemon = Daemon.Apply(seen);
        var runs = seen.Event is UnnamedStarted or WorkerStarted or StartupFailed ? Runs.Apply(seen) : Runs;
        var vitals = With(daemon, runs, Broker.Apply(seen, daemon.Trace), Hosts.Apply(seen, DaemonLife.Thread(seen.Event)));
        return seen.Event is JobTaken or JobRefused ? vitals with { Last = Last with { TakenAt = seen.At } } : vitals;
    }

    /// <summary>Most lines add nothing new, and then this is the same object.</summary>
    private FactoryVitals With(DaemonLife daemon, TriggerRuns runs, BrokerSigns broker, HostTurns hosts)
    {
        var same =
            HasLines
            && ReferenceEquals(daemon, Daemon)
            && ReferenceEquals(runs, Runs)
            && ReferenceEquals(broker, Broker)
            && ReferenceEquals(hosts, Hosts);
        return same ? this : this with { HasLines = true, Daemon = daemon, Runs = runs, Broker = broker, Hosts = hosts };
    }

    /// <summary>Apart, so that the many copies of the vitals share it.</summary>
    private sealed record LastMoments(DateTimeOffset? TakenAt, DateTimeOffset? PacketAt, DateTimeOffset? HeartbeatAt)
        : IArchived<LastMoments>
    {
        public static readonly LastMoments None = new(null, null, null);

        LastMoments IArchived<LastMoments>.Through(Archive archive) =>
            new(archive.TimeOrNull(TakenAt), archive.TimeOrNull(PacketAt), archive.TimeOrNull(HeartbeatAt));
    }

    FactoryVitals IArchived<FactoryVitals>.Through(Archive archive) => new()
    {
        Daemon = archive.Own(Daemon),
        Listener = archive.Own(Listener),
        Broker = archive.Own(Broker),
        Runs = archive.Own(Runs),
        Speech = archive.Own(Speech),
        Hosts = archive.Own(Hosts),
        Dropped = archive.Own(Dropped),
        Silences = archive.Own(Silences),
        Last = archive.Own(Last),
        HasLines = archive.Flag(HasLines),
    };
}
