using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>The results of one command's runs.</summary>
/// <param name="Failing">
/// The failed runs since the last good one; null if the newest was good. Its time is that of the first, its words are the newest error.
/// </param>
/// <param name="Failed">The number of failed runs since the last good one.</param>
/// <param name="LastEnd">When the newest run ended.</param>
/// <param name="LastFailure">When the newest failed run failed.</param>
public sealed record CommandRuns(Sign? Failing, int Failed, DateTimeOffset? LastEnd, DateTimeOffset? LastFailure) : IArchived<CommandRuns>
{
    internal static readonly CommandRuns None = new(null, 0, null, null);

    internal CommandRuns Good(DateTimeOffset at) => new(null, 0, at, LastFailure);

    internal CommandRuns Fail(string words, Observation seen, bool isNew) =>
        new(
            Failing is { } known ? known.With(seen) with { Words = isNew ? words : known.Words } : Sign.Of(words, seen),
            Failed + (isNew ? 1 : 0),
            seen.At,
            seen.At
        );

    CommandRuns IArchived<CommandRuns>.Through(Archive archive) =>
        new(archive.OwnOrNull(Failing), archive.Number(Failed), archive.TimeOrNull(LastEnd), archive.TimeOrNull(LastFailure));
}

/// <summary>A run of cdb2rabbit that has not logged its end.</summary>
/// <param name="Pid">Its process; null if the tag has none.</param>
/// <param name="Line">Its last line.</param>
/// <param name="Failed">One of its lines reported an error.</param>
/// <param name="IsUnnamed">It is known only by a bare "Starting" of a program whose name was lost.</param>
public sealed record OpenRun(int? Pid, DateTimeOffset StartedAt, EvidenceLine Line, bool Failed, bool IsUnnamed) : IArchived<OpenRun>
{
    OpenRun IArchived<OpenRun>.Through(Archive archive) => new(
        archive.NumberOrNull(Pid),
        archive.Time(StartedAt),
        archive.Shared(Line),
        archive.Flag(Failed),
        archive.Flag(IsUnnamed)
    );
}

/// <summary>The runs of cdb2rabbit, and of the other commands that cdp-listend calls.</summary>
public sealed record TriggerRuns : IArchived<TriggerRuns>
{
    private const string TriggerScript = CalledProgram.TriggerScript;

    /// <summary>The sentence of cdb2rabbit that an image's test also writes.</summary>
    internal const string NotConfigured = "Unable to read from config file";

    private const int MostOpen = 20;
    private const int MostCommands = 20;

    public static readonly TriggerRuns None = new();

    /// <summary>By the command's name without its folder.</summary>
    public ImmutableSortedDictionary<string, CommandRuns> Commands { get; private init; } =
        ImmutableSortedDictionary.Create<string, CommandRuns>(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public ImmutableList<OpenRun> Open { get; private init; } = [];

    /// <summary>The call whose end cdp-listend awaits.</summary>
    private (string Command, DateTimeOffset At)? Calling { get; init; }

    public CommandRuns Script => Commands.GetValueOrDefault(TriggerScript) ?? CommandRuns.None;

    internal TriggerRuns Apply(Observation seen) => seen.Event switch
    {
        TriggerStarted => Begin(seen, isUnnamed: false),
        UnnamedStarted => Begin(seen, isUnnamed: true),
        // So it was the daemon that had started.
        WorkerStarted => this with { Open = Open.RemoveAll(run => run.IsUnnamed) },
        StartupFailed when seen.Speaker is Speaker.Rabbit2Packer => this with { Open = Open.RemoveAll(run => run.IsUnnamed) },
        TriggerExited or ProfileListCreated => Exit(seen),
        ProfileFailed or PushFailed or TriggerFailed or StartupFailed => Fail(seen),
        CallMade call => Call(CalledProgram.NameIn(call.Command).ToString(), seen),
        StartupCalled call => Call(CalledProgram.NameIn(call.Command).ToString(), seen),
        CallFailed failed => CallFailed(CalledProgram.NameIn(failed.Command).ToString(), failed.Error, seen),
        _ when seen.Speaker is Speaker.Cdb2Rabbit => WithLine(seen),
        _ => this,
    };

    private TriggerRuns Begin(Observation seen, bool isUnnamed)
    {
        // Without a process id a run is everything between two starts.
        var open = Open.RemoveAll(run => run.Pid == seen.Pid);
        return this with { Open = Bounded(open).Add(new OpenRun(seen.Pid, seen.At, EvidenceLine.Of(seen), false, isUnnamed)) };
    }

    private static ImmutableList<OpenRun> Bounded(ImmutableList<OpenRun> open) => open.Count < MostOpen ? open : open.RemoveAt(0);

    private OpenRun? RunOf(Observation seen) => Open.FindLast(run => run.Pid == seen.Pid);

    private TriggerRuns WithLine(Observation seen) => RunOf(seen) is { } run
        ? this with { Open = Open.Replace(run, run with { Line = EvidenceLine.Of(seen), IsUnnamed = false }) }
        : this;

    private TriggerRuns Exit(Observation seen)
    {
        var run = RunOf(seen);
        if (run is { Failed: true })
            return this with { Open = Open.Remove(run) };
        // An earlier run that never ended is over, too: nobody waits for it any more.
        var open = run is null ? Open : Open.RemoveAll(other => other.StartedAt <= run.StartedAt);
        return (this with { Open = open }).Set(TriggerScript, Script.Good(seen.At));
    }

    private TriggerRuns Fail(Observation seen)
    {
        var run = RunOf(seen);
        var state = run is null
            ? this
            : this with
            {
                Open = Open.Replace(run, run with { Failed = true, Line = EvidenceLine.Of(seen), IsUnnamed = false }),
            };
        return state.Set(TriggerScript, Script.Fail(seen.Text?.TrimEnd(':', '.') ?? "", seen, isNew: run is not { Failed: true }));
    }

    private TriggerRuns Call(string command, Observation seen)
    {
        // cdp-listend waits for each call, so the one before has ended without an error.
        var state = Calling is { } before && before.Command != TriggerScript ? Set(before.Command, Of(before.Command).Good(seen.At)) : this;
        return state with { Calling = (command, seen.At) };
    }

    private TriggerRuns CallFailed(string command, string error, Observation seen)
    {
        var words = error.Length == 0 ? "it failed without a word" : error;
        var state = this with { Calling = null };
        if (command != TriggerScript)
            return state.Set(command, Of(command).Fail(words, seen, isNew: true));
        // The run that it called, which may have logged its error itself.
        var called = Calling is { } call ? Open.Find(run => run.StartedAt >= call.At) : null;
        var reported = called is { Failed: true } || called is null && Calling is { } late && Script.LastFailure >= late.At;
        return (state with { Open = called is null ? Open : Open.Remove(called) }).Set(
            TriggerScript,
            Script.Fail(words, seen, isNew: !reported)
        );
    }

    private CommandRuns Of(string command) => Commands.GetValueOrDefault(command) ?? CommandRuns.None;

    private TriggerRuns Set(string command, CommandRuns runs) =>
        Commands.Count < MostCommands || Commands.ContainsKey(command) ? this with { Commands = Commands.SetItem(command, runs) } : this;

    TriggerRuns IArchived<TriggerRuns>.Through(Archive archive) => new()
    {
        Commands = archive.ByName(Commands, static (archive, runs) => archive.Own(runs)),
        Open = archive.List(Open),
        Calling = archive.Optional(Calling, static (archive, call) => (archive.Text(call.Command), archive.Time(call.At))),
    };
}
