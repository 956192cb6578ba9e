using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>Signs whether rabbit2packer lives: systemd's lines and its own.</summary>
public sealed record DaemonLife : IArchived<DaemonLife>
{
    public static readonly DaemonLife Unknown = new();

    /// <summary>It could not start or failed, and no worker has written since.</summary>
    public Sign? Down { get; private init; }

    /// <summary>It was stopped regularly, and not started since.</summary>
    public Sign? Stopped { get; private init; }

    /// <summary>It was started, and no worker has written since.</summary>
    public Sign? Started { get; private init; }

    /// <summary>How often in a row it failed to start.</summary>
    public int FailedStarts { get; private init; }

    /// <summary>The threads started since its last start; null if that was not seen.</summary>
    public ImmutableSortedSet<int>? Threads { get; private init; }

    /// <summary>The exceptions that ended threads, by the thread's number.</summary>
    public ImmutableSortedDictionary<int, EvidenceLine> LastWords { get; private init; } =
        ImmutableSortedDictionary<int, EvidenceLine>.Empty;

    /// <summary>When it last started, or a worker last wrote.</summary>
    public DateTimeOffset? UpSince { get; private init; }

    internal Traceback Trace { get; private init; }

    /// <summary>It tests images: a line of a test was seen.</summary>
    internal bool Tests { get; private init; }

    /// <summary>An exception on a line of its own, whose error follows.</summary>
    private Observation? Shown { get; init; }

    private const int MostThreads = 250;

    internal DaemonLife Apply(Observation seen)
    {
        var life = Traced(seen);
        return seen.Event switch
        {
            UnitStarted { Unit: UnitName.Daemon } => life with { Started = Sign.Of("started", seen), Stopped = null },
            UnitStopped { Unit: UnitName.Daemon } => life with
            {
                Started = null,
                Stopped = life.Stopped?.With(seen) ?? Sign.Of("stopped", seen),
            },
            UnitFailed { Unit: UnitName.Daemon } failed => life with { Started = null, Down = Failed(failed, seen) },
            ServiceStarted => life with
            {
                Started = Sign.Of("started", seen),
                Stopped = null,
                Threads = [],
                LastWords = LastWords.Clear(),
                Shown = null,
            },
            StartupFailed => life with { Started = null, Down = NotStarted(seen), FailedStarts = FailedStarts + 1, Shown = null },
            ExceptionShown
                when Down is { Words: var words } down && words.StartsWith(DidNotStart, StringComparison.Ordinal) && Started is null =>
                life with
                {
                    Down = down.With(seen),
                    Shown = seen,
                },
            ExceptionShown => life with { Shown = seen },
            RallyLaunched or RallyNoted or RallyScored => life with { Tests = true },
            WorkerStarted started => life.Confirmed(seen) with { Threads = With(started.Worker) },
            JobTaken or JobRefused or BuildSucceeded or BuildFailed or WorkerReconnecting => life.Confirmed(seen),
            _ => life,
        };
    }

    /// <summary>The thread in a line that only a living worker writes.</summary>
    internal static WorkerId? Thread(MonitorEvent said) => said switch
    {
        WorkerStarted started => started.Worker,
        JobTaken taken => taken.Worker,
        JobRefused refused => refused.Worker,
        BuildSucceeded ended => ended.Worker,
        BuildFailed ended => ended.Worker,
        WorkerReconnecting reconnecting => reconnecting.Worker,
        _ => null,
    };

    private const string DidNotStart = "did not start: ";

    private DaemonLife Confirmed(Observation seen)
    {
        var words = Thread(seen.Event) is { } thread ? LastWords.Remove(thread.Number) : LastWords;
        // Most lines come from a daemon that was known to live.
        if (
            this is { Down: null, Stopped: null, Started: null, FailedStarts: 0, Shown: null, UpSince: not null }
            && ReferenceEquals(words, LastWords)
        )
            return this;
        return this with
        {
            Down = null,
            Stopped = null,
            Started = null,
            FailedStarts = 0,
            Shown = null,
            UpSince = Started?.At ?? (Down is null && Stopped is null ? UpSince : null) ?? seen.At,
            LastWords = words,
        };
    }

    private DaemonLife Traced(Observation seen)
    {
        var trace = Trace.Apply(seen);
        if (trace == Trace)
            return this;
        var words = trace is { Last: true, Thread: { } thread } && (LastWords.Count < MostThreads || LastWords.ContainsKey(thread.Number))
            ? LastWords.SetItem(thread.Number, EvidenceLine.Of(seen))
            : LastWords;
        return this with { Trace = trace, LastWords = words };
    }

    private ImmutableSortedSet<int>? With(WorkerId worker) =>
        Threads is { Count: < MostThreads } threads ? threads.Add(worker.Number) : Threads;

    /// <summary>The first of several lines about one end says how it ended.</summary>
    private Sign Failed(UnitFailed failed, Observation seen) =>
        Down is { } known && Started is null ? known.With(seen) : Sign.Of(failed.Why, seen);

    private Sign NotStarted(Observation seen)
    {
        var sign = Sign.Of($"{DidNotStart}{seen.Text?.TrimEnd('.')}", seen);
        return Shown is { } shown && seen.At - shown.At < TimeSpan.FromSeconds(2) ? sign.With(shown) : sign;
    }

    DaemonLife IArchived<DaemonLife>.Through(Archive archive) => new()
    {
        Down = archive.OwnOrNull(Down),
        Stopped = archive.OwnOrNull(Stopped),
        Started = archive.OwnOrNull(Started),
        FailedStarts = archive.Number(FailedStarts),
        Threads = archive.Flag(Threads is not null) ? archive.Set(Threads!) : null,
        LastWords = archive.ByNumber(LastWords, static (archive, line) => archive.Shared(line)),
        UpSince = archive.TimeOrNull(UpSince),
        Trace = new Traceback(
            archive.Optional(Trace.Thread, static (archive, thread) => new WorkerId(archive.Number(thread.Number))),
            archive.Flag(Trace.IsOpen),
            archive.Flag(Trace.Holds),
            archive.Flag(Trace.Last)
        ),
        Tests = archive.Flag(Tests),
        Shown = archive.Flag(Shown is not null) ? archive.Foreign(Shown!) : null,
    };
}
