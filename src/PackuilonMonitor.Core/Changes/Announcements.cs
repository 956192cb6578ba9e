using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// The lines of cdp-listend and of the runs of cdb2rabbit: packets, calls, and the changes that each run announces. The process in
/// the tag distinguishes runs, where there is one.
/// </summary>
internal sealed record Announcements : IArchived<Announcements>
{
    /// <summary>More runs at a time than a host can have; beyond that the oldest is dropped.</summary>
    private const int MostRuns = 32;

    public const int MostFailures = 100;

    /// <summary>Without a process in the tag, a run that was silent for so long counts as over.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(60);

    public TriggerTable Table { get; init; } = TriggerTable.Empty;

    /// <summary>In the order in which they began.</summary>
    public ImmutableList<Run> Runs { get; private init; } = [];

    /// <summary>Runs that failed before they named a profile, oldest first.</summary>
    public ImmutableList<FailedRun> Failures { get; private init; } = [];

    /// <summary>The last packet that has led to no call yet.</summary>
    private Packet? Received { get; init; }

    /// <summary>The script was called for this packet and has written no line yet.</summary>
    private (DateTimeOffset At, Packet? Packet)? Call { get; init; }

    private long Begun { get; init; }

    public Announcements Apply(Observation seen) => seen.Event switch
    {
        PacketReceived packet => this with { Received = packet.Kind == "cdb" ? new Packet(seen.At, packet.Epoch) : null },
        // cdp-listend waits for the run that it called, so its next call shows that the run is over.
        CallMade call when !CalledProgram.IsTriggerScript(call.Command) => Over(run => run.Called, seen),
        StartupCalled call when !CalledProgram.IsTriggerScript(call.Command) => this,
        CallFailed call when !CalledProgram.IsTriggerScript(call.Command) => this,
        CallMade => Over(run => run.Called, seen) with { Call = (seen.At, Received), Received = null },
        StartupCalled => this with { Call = (seen.At, null), Received = null },
        CallFailed => Failed(seen),
        TriggerStarted => Over(run => run.Pid is not null && run.Pid == seen.Pid, seen).Begin(seen, Call is not null, isSeen: true, out _),
        TriggerExited or ProfileListCreated => WithRun(seen, out var run).Over(run),
        ProfileRebuilt profile => WithRun(seen, out var run).Announce(run, profile.Profile, seen),
        ProfileDownloading profile => Named(seen, profile.Profile, trigger => trigger),
        ProfileNew profile => Named(seen, profile.Profile, trigger => trigger with { New = true }),
        ProfileUpdated profile => Named(seen, profile.Profile, trigger => trigger, publishes: true),
        ProfileUnchanged profile => Named(seen, profile.Profile,
            trigger => trigger with { Result = trigger.New ? TriggerResult.NewUnchanged : TriggerResult.Unchanged }),
        ProfileFailed { Profile: { } profile } => Named(seen, profile, trigger => trigger with { Result = TriggerResult.NotDownloaded }),
        ProfileFailed => OfCurrent(seen, trigger => trigger with { Result = trigger.Result ?? TriggerResult.NotDownloaded }),
        MessagePushing => OfCurrent(seen, trigger => trigger with { Result = TriggerResult.Queued, QueuedAt = seen.At }),
        PushFailed => OfCurrent(seen, trigger => trigger with { Result = TriggerResult.PushFailed, QueuedAt = null }),
        TriggerFailed or StartupFailed => OfCurrent(seen, trigger => trigger),
        ProfileListStored => WithRun(seen, out var run).Put(run),
        _ => this,
    };

    /// <summary>The change of the last line.</summary>
    public string? Concluded { get; private init; }

    private Announcements Begin(Observation seen, bool called, bool isSeen, out Run run)
    {
        run = new Run(Begun + 1, seen.Pid, seen.Host, Call?.At ?? seen.At, called, Call?.Packet)
        {
            BeginIsSeen = isSeen || Call is not null,
        };
        var begun = this with { Begun = run.Number, Runs = Runs.Add(run), Call = null };
        return begun.Runs.Count > MostRuns ? begun.Over(begun.Runs[0]) : begun;
    }

    /// <summary>The run that wrote this line: by its process, or without one the run that fits best.</summary>
    private Run? Speaker(Observation seen)
    {
        if (seen.Pid is { } pid)
            return Runs.FindLast(run => run.Pid == pid);
        if (Runs is [{ Pid: null } single] && seen.At - single.LastLineAt < Silent)
            return single;
        var open = Runs.FindAll(run => run.Pid is null && seen.At - run.LastLineAt < Silent);
        return open.Count <= 1 ? open.FirstOrDefault() ?? Runs.FindLast(run => run.Pid is null && run.Open.IsEmpty) : seen.Event switch
        {
            MessagePushing or PushFailed => open.Find(run => run.Publishes) ?? open[^1],
            TriggerExited => open.Find(run => run.Open.IsEmpty) ?? open[0],
            _ => open[^1],
        };
    }

    /// <summary>Adds the run that wrote this line, if it is new.</summary>
    private Announcements WithRun(Observation seen, out Run run)
    {
        // Without a process a call is the only sign of a new run where the header has lost the name behind "Starting".
        var speaker = Call is not null && seen.Pid is null ? null : Speaker(seen);
        // Its start was not seen; most runs are called, so this one counts as called.
        var ledger = speaker is null ? Begin(seen, called: true, isSeen: false, out speaker) : this;
        run = speaker.LastLineAt == seen.At ? speaker : speaker with { LastLineAt = seen.At };
        return ledger;
    }

    private Announcements Announce(Run run, string profile, Observation seen)
    {
        var id = Table.NewId(profile, seen.At, out var ordinal);
        var trigger = new Trigger(id, seen.Host, seen.At, run.Packet?.At, profile)
        {
            PacketEpoch = run.Packet?.Epoch,
            RunAt = run.BeginIsSeen ? run.At : null,
            RunPid = run.Pid,
            Ordinal = ordinal,
        };
        var open = (run.Open.Count < TriggerTable.Most ? run.Open : run.Open.Clear()).SetItem(profile, id);
        return this with
        {
            Table = Table.Add(trigger),
            Runs = With(run with { Current = id, Open = open, Named = true, Publishes = false }),
        };
    }

    /// <summary>
    /// A line that names a profile belongs to the change that its run announced, or to a new one if no announcement was seen.
    /// </summary>
    private Announcements Named(Observation seen, string profile, Func<Trigger, Trigger> change, bool publishes = false)
    {
        var other = seen.Pid is null ? OpenRunOf(profile, seen.At) : null;
        var ledger = WithRun(seen, out var speaker);
        var run = other ?? speaker;
        if (run.Open.TryGetValue(profile, out var id))
            return ledger.Conclude(run with { Current = id, Publishes = publishes, LastLineAt = seen.At }, change);
        if (run.Current is { } current && ledger.Table.Find(current)?.Profile == profile)
            return ledger.Conclude(run with { Publishes = publishes }, change);
        ledger = ledger.Announce(run, profile, seen);
        return ledger.Conclude(ledger.Runs.Find(known => known.Number == run.Number)! with { Publishes = publishes }, change);
    }

    /// <summary>The run without a process that announced this profile and wrote a line recently, or null.</summary>
    private Run? OpenRunOf(string profile, DateTimeOffset at)
    {
        foreach (var run in Runs)
        {
            if (run.Pid is null && at - run.LastLineAt < Silent && run.Open.ContainsKey(profile))
                return run;
        }

        return null;
    }

    private Announcements OfCurrent(Observation seen, Func<Trigger, Trigger> change)
    {
        var ledger = WithRun(seen, out var run);
        if (run.Current is not null)
            return ledger.Conclude(run with { Publishes = false }, change);
        return run.Named || seen.Event is MessagePushing ? ledger.Put(run) : ledger.Fails(run, seen).Put(run with { Named = true });
    }

    /// <summary>Replaces the current change of the run; with a result the change is closed.</summary>
    private Announcements Conclude(Run run, Func<Trigger, Trigger> change)
    {
        var table = Table.Change(run.Current!, change);
        var trigger = table.Find(run.Current!);
        var ended = trigger is { Result: not null } && run.Open.GetValueOrDefault(trigger.Profile) == trigger.Id;
        return this with
        {
            Table = table,
            Concluded = run.Current,
            Runs = With(ended ? run with { Open = run.Open.Remove(trigger!.Profile) } : run),
        };
    }

    private Announcements Failed(Observation seen)
    {
        var called = Runs.FindLast(run => run.Called);
        var ledger = called is { Named: false } ? Fails(called, seen)
            : called is null && Call is { } call ? Fails(new Run(0, null, seen.Host, call.At, true, call.Packet), seen)
            : this;
        return (called is null ? ledger : ledger.Over(called)) with { Call = null, Received = null };
    }

    private Announcements Fails(Run run, Observation seen)
    {
        var failure = new FailedRun(Begun, run.Host, run.At, run.Packet?.At, run.Packet?.Epoch, seen.At, seen.Text ?? "");
        return this with { Failures = (Failures.Count < MostFailures ? Failures : Failures.RemoveAt(0)).Add(failure) };
    }

    private Announcements Over(Predicate<Run> which, Observation seen) =>
        Runs.FindAll(which).Aggregate(this, static (ledger, run) => ledger.Over(run));

    /// <summary>The run has ended: its open changes stay without a result.</summary>
    private Announcements Over(Run run) => this with
    {
        Runs = Runs.RemoveAll(known => known.Number == run.Number),
        Table = run.Open.Values.Aggregate(Table, static (table, id) => table.Change(id, trigger => trigger with { RunOver = true })),
    };

    private Announcements Put(Run run) => this with { Runs = With(run) };

    /// <summary>Replaces this run in the list; a run that is over is not added again.</summary>
    private ImmutableList<Run> With(Run run)
    {
        for (var index = Runs.Count - 1; index >= 0; index--)
        {
            if (Runs[index].Number == run.Number)
                return Runs.SetItem(index, run);
        }

        return Runs;
    }

    Announcements IArchived<Announcements>.Through(Archive archive) => new()
    {
        Table = archive.Own(Table),
        Runs = archive.List(Runs),
        Failures = archive.List(Failures),
        Received = archive.OwnOrNull(Received),
        Call = archive.Optional(Call, static (archive, call) => (archive.Time(call.At), archive.OwnOrNull(call.Packet))),
        Begun = archive.Number(Begun),
        Concluded = archive.TextOrNull(Concluded),
    };
}
