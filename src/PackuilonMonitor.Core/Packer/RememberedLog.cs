using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The evidence about a build's end as one number. The values are stored: none may change.</summary>
[Flags]
public enum SaidMarks
{
    None = 0,
    IsBuildLog = 1,
    PackerRan = 2,
    Refused = 4,
    ShellFailedAfterwards = 8,
    Errored = 16,
    SomeFailed = 32,
    Finished = 64,
    Cancelled = 128,
    NoArtifacts = 256,
    Crashed = 512,
}

/// <summary>
/// The stored part of a log whose file is gone: plain values, from which steps, verdict, reason and belongings follow as before.
/// </summary>
public sealed record RememberedLog
{
    public long LineCount { get; init; }

    public long RedCount { get; init; }

    public DateTimeOffset? LastLineAt { get; init; }

    public LogMarks Marks { get; init; }

    public SaidMarks Said { get; init; }

    public string? Interrupted { get; init; }

    public DaemonFinishedLine? Final { get; init; }

    /// <summary>The name of the worst builder, whose steps and belongings these are.</summary>
    public string Builder { get; init; } = "";

    public Belongings Belongings { get; init; } = Belongings.None;

    /// <summary>What all builders left behind.</summary>
    public ImmutableArray<Possession> Left { get; init; } = [];

    /// <summary>Why it failed, or where it was interrupted; null in the records of older versions.</summary>
    public RememberedReasons? Reasons { get; init; }

    public ConfigureDoneLine? Configured { get; init; }

    public ImmutableArray<Step> Steps { get; init; } = [];

    public ImmutableArray<Stage> Stages { get; init; } = [];

    public (long Line, DateTime At)? QuattorBegan { get; init; }

    public (long Line, DateTimeOffset At)? ImagePutAway { get; init; }

    public ImmutableArray<Component> Components { get; init; } = [];

    /// <summary>The line of a failure's reason, and the line of an interruption's.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    public long ProblemCount { get; init; }

    public static RememberedLog Of(BuildLog log) =>
        new()
        {
            LineCount = log.LineCount,
            RedCount = log.RedCount,
            LastLineAt = log.LastLineAt,
            Marks = log.Marks,
            Said = Marked(log.Evidence),
            Interrupted = log.Evidence.Interrupted,
            Final = log.Evidence.Final,
            Builder = log.Worst?.Name ?? "",
            Belongings = log.Belongings,
            Left = [.. LeftBehind.Of(log).Select(left => new Possession(left.Kind, left.Name))],
            Reasons = new RememberedReasons(
                Reason.Of(log, Verdict.Of(log) with { Outcome = PackerOutcome.Failed }),
                Reason.Of(log, Verdict.Of(log) with { Outcome = PackerOutcome.Cancelled })
            ),
            Configured = log.Trail.Configured,
            Steps = [.. log.Trail.Steps],
            Stages = [.. log.Trail.Stages],
            QuattorBegan = log.Trail.QuattorBegan,
            ImagePutAway = log.Trail.ImagePutAway,
            Components = [.. log.Trail.Components],
            Problems = log.Problems.Only(Reason.LinesOf(log)).Problems,
            ProblemCount = log.Problems.Count,
        };

    public BuildLog ToLog() => BuildLog.Empty with
    {
        LineCount = LineCount,
        RedCount = RedCount,
        LastLineAt = LastLineAt,
        Marks = Marks,
        Evidence = new Evidence
        {
            IsBuildLog = Said.HasFlag(SaidMarks.IsBuildLog),
            PackerRan = Said.HasFlag(SaidMarks.PackerRan),
            Refused = Said.HasFlag(SaidMarks.Refused),
            ShellFailedAfterwards = Said.HasFlag(SaidMarks.ShellFailedAfterwards),
            Errored = Said.HasFlag(SaidMarks.Errored),
            SomeFailed = Said.HasFlag(SaidMarks.SomeFailed),
            Finished = Said.HasFlag(SaidMarks.Finished),
            Cancelled = Said.HasFlag(SaidMarks.Cancelled),
            NoArtifacts = Said.HasFlag(SaidMarks.NoArtifacts),
            Crashed = Said.HasFlag(SaidMarks.Crashed),
            BuilderSpoke = !Steps.IsEmpty,
            Interrupted = Interrupted,
            Final = Final,
        },
        Builders =
        [
            new BuilderTrack
            {
                Name = Builder,
                Belongings = Belongings,
                Ledger = Ledger.Remembered(Left),
                Errored = Said.HasFlag(SaidMarks.Errored),
                Finished = Said.HasFlag(SaidMarks.Finished),
                Trail = new StepTrail
                {
                    Steps = [.. Steps],
                    Stages = [.. Stages],
                    Components = [.. Components],
                    Configured = Configured,
                    QuattorBegan = QuattorBegan,
                    ImagePutAway = ImagePutAway,
                },
            },
        ],
        Remembered = Reasons,
        Problems = new ProblemTrail { Problems = Problems, Count = ProblemCount },
    };

    private static SaidMarks Marked(Evidence evidence) =>
        (evidence.IsBuildLog ? SaidMarks.IsBuildLog : 0)
        | (evidence.PackerRan ? SaidMarks.PackerRan : 0)
        | (evidence.Refused ? SaidMarks.Refused : 0)
        | (evidence.ShellFailedAfterwards ? SaidMarks.ShellFailedAfterwards : 0)
        | (evidence.Errored ? SaidMarks.Errored : 0)
        | (evidence.SomeFailed ? SaidMarks.SomeFailed : 0)
        | (evidence.Finished ? SaidMarks.Finished : 0)
        | (evidence.Cancelled ? SaidMarks.Cancelled : 0)
        | (evidence.NoArtifacts ? SaidMarks.NoArtifacts : 0)
        | (evidence.Crashed ? SaidMarks.Crashed : 0);
}
