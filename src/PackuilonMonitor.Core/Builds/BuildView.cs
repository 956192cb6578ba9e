using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// A build as both witnesses tell it: the system log, and Packer's own log where that is certainly this build's.
/// </summary>
/// <param name="Build">What the system log tells, or null for a build known only by its log.</param>
/// <param name="StartedAt">From the line that announced it, else the epoch in the log's name.</param>
/// <param name="EndedAt">From the daemon's last line in the log, else from the system log.</param>
/// <param name="ExitCode">From the daemon's last line in the log; null where nothing says it.</param>
/// <param name="Log">What its log told, as far as it was read while it was this build's; null if nothing was.</param>
/// <param name="LogGone">The file is not there, or a later build has overwritten it: what stands in it now is not this build's.</param>
public sealed record BuildView(
    string Id, Build? Build, LogName Name, ImageName Image, string? Template, BuildState State,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int? ExitCode, BuildLog? Log, bool LogGone)
{
    /// <summary>We have a copy of its log, whatever became of the file.</summary>
    public bool LogKept { get; init; }

    /// <summary>There is something to read: the file, or our copy of it.</summary>
    public bool LogReadable => !LogGone || LogKept;

    /// <summary>Whose it is, where factories are named.</summary>
    public string? Factory => FactoryName.Of(Id);

    public WorkerId? Worker => Build?.Worker;

    /// <summary>Nothing says that it has ended.</summary>
    public bool Running => State is BuildState.Building or BuildState.Unknown;

    /// <summary>Another build wrote the log at the same time, as the system log or the log itself shows.</summary>
    public bool LogShared => Build?.SharedLog == true || Log?.Marks is { } marks && marks != LogMarks.None;

    /// <summary>
    /// The cause of a failure, where an interrupted build was, or the line that a lost or unknown one rests on; plain text.
    /// </summary>
    public string? Reason => State switch
    {
        BuildState.Failed => ByLog(PackerOutcome.Failed)?.Text,
        BuildState.Cancelled => Log is null ? Build?.Line : ByLog(PackerOutcome.Cancelled)?.Text,
        BuildState.Lost or BuildState.Unknown => Build?.Line,
        BuildState.Building or BuildState.Succeeded => null,
    };

    /// <summary>The error that Packer gave, where <see cref="Reason"/> is the cause that it left to the lines before; else null.</summary>
    public string? ReasonContext => State is BuildState.Failed ? ByLog(PackerOutcome.Failed)?.Context : null;

    /// <summary>
    /// The step that failed, was interrupted or is now; none that only puts away what the build made. Null for a build that succeeded.
    /// </summary>
    public string? Step =>
        State is BuildState.Succeeded || LogShared ? null : Log?.Trail.Steps.LastOrDefault(step => !step.IsClearingUp)?.Name;

    /// <summary>It ended well, and Packer says that it made nothing.</summary>
    public bool NoArtifact => State is BuildState.Succeeded && !LogShared && Log?.Evidence.NoArtifacts == true;

    public string? ImageId => State is BuildState.Succeeded && !LogShared ? Log?.Belongings.ImageId : null;

    /// <summary>What a build that has ended left in OpenStack, by its log; nothing where that cannot be told.</summary>
    public IEnumerable<LeftBehind> LeftBehind =>
        Running || LogShared || Log is not { } log ? [] : Packer.LeftBehind.Of(log);

    /// <summary>
    /// The shell commands that would put that away, one behind the other; null where nothing was left that can be named safely.
    /// </summary>
    public string? CleaningUp =>
        string.Join("; ", LeftBehind.Select(left => left.Command).OfType<string>()) is { Length: > 0 } commands ? commands : null;

    private Reason? ByLog(PackerOutcome outcome) => Log is null || outcome is PackerOutcome.Failed && LogShared
        ? null
        : Packer.Reason.Of(Log, new Verdict(outcome, Witness.Nobody, EndedAt, ExitCode));

    public TimeSpan? Took => StartedAt is { } start && EndedAt is { } end ? (end > start ? end - start : TimeSpan.Zero) : null;

    /// <summary>
    /// This view with what an earlier reading of the same build knew and this one does not: the log of a file that was
    /// erased since, the times at which its lines arrived, a verdict that only that log told.
    /// </summary>
    public BuildView Remembering(BuildView earlier)
    {
        var log = Richer(Log, earlier.Log);
        // What the system log told is still true when it was rotated away, or when a reading began in its middle and takes the build for
        // another thread's.
        if (earlier.Build is { } told && (Build is null || earlier.IsSettled(this)))
        {
            var view = Of(told with { Number = Build?.Number ?? told.Number, End = EndOf(earlier, told) }, log, LogGone);
            return view with { ExitCode = view.ExitCode ?? earlier.ExitCode };
        }

        // "Lost" is what is concluded from nothing; whatever else is seen is better.
        var decided = earlier.State is BuildState.Succeeded or BuildState.Failed or BuildState.Cancelled
            && (Running || State is BuildState.Lost || (Log is null && earlier.Log is not null));
        return this with
        {
            Log = log,
            State = decided ? earlier.State : State,
            EndedAt = decided ? earlier.EndedAt : EndedAt,
            ExitCode = decided ? earlier.ExitCode : ExitCode,
        };
    }

    /// <summary>The system log said whose it was and how it ended, which no line that comes later changes.</summary>
    private bool IsSettled(BuildView now) =>
        Worker is not null && !Running && (State is not BuildState.Lost || now.State is BuildState.Lost);

    /// <summary>How the build ended by what both witnesses told of it.</summary>
    private static BuildEnd? EndOf(BuildView view, Build build) => OutcomeOf(view.State) is { } outcome
        ? new BuildEnd(view.EndedAt ?? build.EndedAt ?? build.StartedAt, outcome, build.Line)
        : null;

    /// <summary>Null for a build that no line says to have ended.</summary>
    public static BuildOutcome? OutcomeOf(BuildState state) => state switch
    {
        BuildState.Succeeded => BuildOutcome.Succeeded,
        BuildState.Failed => BuildOutcome.Failed,
        BuildState.Cancelled => BuildOutcome.Cancelled,
        BuildState.Lost => BuildOutcome.Lost,
        BuildState.Building or BuildState.Unknown => null,
    };

    /// <summary>
    /// A log only grows while it is one build's, so the longer reading has seen more of it, unless the other saw its end.
    /// </summary>
    private static BuildLog? Richer(BuildLog? seen, BuildLog? earlier)
    {
        if (seen is null || earlier is null)
            return seen ?? earlier;
        if (seen.IsBrief && earlier.LineCount == seen.LineCount)
            return earlier.WithTimesOf(seen);
        return earlier.LineCount > seen.LineCount && Verdict.Of(seen).Outcome is PackerOutcome.Unknown
            ? earlier.WithTimesOf(seen)
            : seen.WithTimesOf(earlier);
    }

    /// <summary>The view of one build of the system log.</summary>
    public static BuildView Of(MonitorState state, Build build)
    {
        var owns = state.Builds.LastOf(build.Name.File) == build.Number;
        var log = build.Log ?? (owns ? state.Logs.Find(build.Name.File) : null);
        // A log that is kept here was in the file before it began again or vanished.
        return Of(build, log, build.Log is not null || !owns || state.Logs.Complete && log is null);
    }

    private static BuildView Of(Build build, BuildLog? log, bool gone)
    {
        var verdict = log is null ? Verdict.Unknown : Verdict.Of(log, build.SharedLog);
        var final =
            verdict.EndedAt is { } end
            && build.Name.Epoch is not null
            && end >= build.StartedAt.AddSeconds(-2)
            && build.State is not BuildState.Lost;
        // A stopped daemon says nothing before it is back, but Packer's last words end the build at once. What is older than the build is
        // not its own.
        var interrupted =
            !final
            && build.Running
            && verdict.Outcome is PackerOutcome.Cancelled
            && (log!.LastLineAt ?? log.ModifiedAt) is { } last
            && last >= build.StartedAt
                ? last
                : (DateTimeOffset?)null;
        return new BuildView(
            build.Id,
            build,
            build.Name,
            build.Image,
            build.Template,
            Judged(build.State, verdict, final || interrupted is not null),
            build.StartedAt,
            final ? verdict.EndedAt : interrupted ?? build.EndedAt,
            final ? verdict.ExitCode : null,
            log,
            gone
        );
    }

    /// <summary>All builds, those known only by their logs among them; by start, those without one first.</summary>
    public static IReadOnlyList<BuildView> All(MonitorState state)
    {
        var views = state.Builds.All.Select(build => Of(state, build)).ToList();
        var orphans = state
            .Logs.All.Where(read => read.Log.IsBuildLog && state.Builds.LastOf(read.File) is null)
            .Select(read => Of(state.Factory, read))
            .ToList();
        return orphans.Count == 0 ? views : [.. orphans.Concat(views).OrderBy(view => view.StartedAt ?? DateTimeOffset.MinValue)];
    }

    private static BuildView Of(string? factory, BuildLogRead read)
    {
        var name = LogName.Of(read.File);
        var started = name.Epoch is { } epoch && epoch <= LatestEpoch ? DateTimeOffset.FromUnixTimeSeconds(epoch) : (DateTimeOffset?)null;
        var verdict = Verdict.Of(read.Log);
        var state = verdict.Outcome switch
        {
            PackerOutcome.Succeeded => BuildState.Succeeded,
            PackerOutcome.Failed => BuildState.Failed,
            PackerOutcome.Cancelled => BuildState.Cancelled,
            PackerOutcome.Unknown => BuildState.Building,
        };
        return new BuildView(
            FactoryName.Own(factory, $"{read.File}@{(started is null ? "" : name.Epoch)}"),
            null,
            name,
            name.Image,
            name.Template,
            state,
            started,
            verdict.EndedAt,
            verdict.ExitCode,
            read.Log,
            false
        );
    }

    /// <summary>The last second of the year 9999; digits beyond it are no time.</summary>
    private const long LatestEpoch = 253_402_300_799;

    /// <summary>The system log decides; the log adds that a build was interrupted, and a verdict whose line was missed.</summary>
    private static BuildState Judged(BuildState said, Verdict verdict, bool final) => (said, verdict.Outcome) switch
    {
        (BuildState.Failed or BuildState.Lost, PackerOutcome.Cancelled) => BuildState.Cancelled,
        (BuildState.Building or BuildState.Unknown, PackerOutcome.Cancelled) when final => BuildState.Cancelled,
        (BuildState.Building or BuildState.Unknown, PackerOutcome.Succeeded) when final => BuildState.Succeeded,
        (BuildState.Building or BuildState.Unknown, PackerOutcome.Failed) when final => BuildState.Failed,
        _ => said,
    };
}
