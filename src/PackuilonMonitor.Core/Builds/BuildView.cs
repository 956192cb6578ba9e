using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Builds;

/// <summary>A build from both witnesses: the system log, and Packer's own log if that is certainly this build's.</summary>
/// <param name="Build">The build in the system log, or null for a build known only by its log.</param>
/// <param name="StartedAt">From the line that announced it, otherwise the epoch in the log's name.</param>
/// <param name="EndedAt">From the daemon's last line in the log, otherwise from the system log.</param>
/// <param name="ExitCode">From the daemon's last line in the log; null if no line has it.</param>
/// <param name="Log">Its log, as far as it was read while it was this build's; null if nothing was.</param>
/// <param name="LogGone">The file is missing, or a later build has overwritten it: its present content is not this build's.</param>
public sealed record BuildView(
    string Id, Build? Build, LogName Name, ImageName Image, string? Template, BuildState State,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int? ExitCode, BuildLog? Log, bool LogGone)
{
    /// <summary>We have a copy of its log, whether or not the file exists.</summary>
    public bool LogKept { get; init; }

    /// <summary>Something can be read: the file, or our copy of it.</summary>
    public bool LogReadable => !LogGone || LogKept;

    /// <summary>The factory's name, if factories have names.</summary>
    public string? Factory => FactoryName.Of(Id);

    public WorkerId? Worker => Build?.Worker;

    /// <summary>No line says that it has ended.</summary>
    public bool Running => State is BuildState.Building or BuildState.Unknown;

    /// <summary>Another build wrote the log at the same time, as the system log or the log itself shows.</summary>
    public bool LogShared => Build?.SharedLog == true || Log?.Marks is { } marks && marks != LogMarks.None;

    /// <summary>The cause of a failure, the place of an interruption, or the line behind a lost or unknown build; plain text.</summary>
    public string? Reason => State switch
    {
        BuildState.Failed => ByLog(PackerOutcome.Failed)?.Text,
        BuildState.Cancelled => Log is null ? Build?.Line : ByLog(PackerOutcome.Cancelled)?.Text,
        BuildState.Lost or BuildState.Unknown => Build?.Line,
        BuildState.Building or BuildState.Succeeded => null,
    };

    /// <summary>Packer's error, if <see cref="Reason"/> is a cause from an earlier line; otherwise null.</summary>
    public string? ReasonContext => State is BuildState.Failed ? ByLog(PackerOutcome.Failed)?.Context : null;

    /// <summary>
    /// The step that failed, was interrupted or runs now; not one that only removes what the build made. Null for a build that succeeded.
    /// </summary>
    public string? Step =>
        State is BuildState.Succeeded || LogShared ? null : Log?.Trail.Steps.LastOrDefault(step => !step.IsClearingUp)?.Name;

    /// <summary>It succeeded, and Packer says that it made nothing.</summary>
    public bool NoArtifact => State is BuildState.Succeeded && !LogShared && Log?.Evidence.NoArtifacts == true;

    public string? ImageId => State is BuildState.Succeeded && !LogShared ? Log?.Belongings.ImageId : null;

    /// <summary>What an ended build left in OpenStack, by its log; nothing if that is unknown.</summary>
    public IEnumerable<LeftBehind> LeftBehind =>
        Running || LogShared || Log is not { } log ? [] : Packer.LeftBehind.Of(log);

    /// <summary>
    /// The shell commands that would remove that, one after the other; null if nothing was left that can be named safely.
    /// </summary>
    public string? CleaningUp =>
        string.Join("; ", LeftBehind.Select(left => left.Command).OfType<string>()) is { Length: > 0 } commands ? commands : null;

    private Reason? ByLog(PackerOutcome outcome) => Log is null || outcome is PackerOutcome.Failed && LogShared
        ? null
        : Packer.Reason.Of(Log, new Verdict(outcome, Witness.Nobody, EndedAt, ExitCode));

    /// <summary>
    /// Null if start or end is unknown, or if the clock was set back between them. The daemon cuts its seconds off, so an end may seem to
    /// lie before the start by less than two.
    /// </summary>
    public TimeSpan? Took => (EndedAt - StartedAt) switch
    {
        { Ticks: >= 0 } took => took,
        { } back when back > TimeSpan.FromSeconds(-2) => TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Null for a build without a line about its end.</summary>
    public static BuildOutcome? OutcomeOf(BuildState state) => state switch
    {
        BuildState.Succeeded => BuildOutcome.Succeeded,
        BuildState.Failed => BuildOutcome.Failed,
        BuildState.Cancelled => BuildOutcome.Cancelled,
        BuildState.Lost => BuildOutcome.Lost,
        BuildState.Building or BuildState.Unknown => null,
    };

    /// <summary>The view of one build of the system log.</summary>
    public static BuildView Of(MonitorState state, Build build)
    {
        var owns = state.Builds.LastOf(build.Name.File) == build.Number;
        var log = build.Log ?? (owns ? state.Logs.Find(build.Name.File) : null);
        // A stored log was in the file before that restarted or vanished.
        return Of(build, log, !build.HasLogCopy && (build.Log is not null || !owns || state.Logs.Complete && log is null));
    }

    /// <summary>The view of one build with this log.</summary>
    /// <param name="gone">See <see cref="LogGone"/>.</param>
    internal static BuildView Of(Build build, BuildLog? log, bool gone)
    {
        var verdict = log is null ? Verdict.Unknown : Verdict.Of(log, build.SharedLog);
        var final =
            verdict.EndedAt is { } end
            && build.Name.Epoch is not null
            && end >= build.StartedAt.AddSeconds(-2)
            && build.State is not BuildState.Lost;
        // A stopped daemon logs nothing before its next start, but Packer's last words end the build at once. Lines older than the build
        // are not its own.
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

    /// <summary>All builds, including those known only by their logs; by start, those without one first.</summary>
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

    /// <summary>The last second of the year 9999; more digits are not a time.</summary>
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
