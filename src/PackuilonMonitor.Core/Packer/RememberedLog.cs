using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The evidence about a build's end as one number. The values are stored: none may change.</summary>
[Flags]
public enum EvidenceMarks
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

    public EvidenceMarks Evidence { get; init; }

    public string? Interrupted { get; init; }

    public DaemonFinishedLine? Final { get; init; }

    /// <summary>The name of the worst builder, whose steps and belongings these are.</summary>
    public string Builder { get; init; } = "";

    /// <summary>Another builder, which has not ended although that one has; null if there is none.</summary>
    public string? Running { get; init; }

    public Belongings Belongings { get; init; } = Belongings.None;

    /// <summary>What all builders left behind.</summary>
    public ImmutableArray<Possession> Left { get; init; } = [];

    /// <summary>Why it failed, or where it was interrupted; null in the records of older versions.</summary>
    public RememberedReasons? Reasons { get; init; }

    public ConfigureDoneLine? Configured { get; init; }

    public ImmutableArray<Step> Steps { get; init; } = [];

    public ImmutableArray<ScriptStage> Stages { get; init; } = [];

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
            Evidence = Marked(log.Evidence),
            Interrupted = log.Evidence.Interrupted,
            Final = log.Evidence.Final,
            Builder = log.Worst?.Name ?? "",
            Running = log.Worst is { HasEnded: true } ? log.Builders.FirstOrDefault(builder => !builder.HasEnded)?.Name : null,
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
            IsBuildLog = Evidence.HasFlag(EvidenceMarks.IsBuildLog),
            PackerRan = Evidence.HasFlag(EvidenceMarks.PackerRan),
            Refused = Evidence.HasFlag(EvidenceMarks.Refused),
            ShellFailedAfterwards = Evidence.HasFlag(EvidenceMarks.ShellFailedAfterwards),
            Errored = Evidence.HasFlag(EvidenceMarks.Errored),
            SomeFailed = Evidence.HasFlag(EvidenceMarks.SomeFailed),
            Finished = Evidence.HasFlag(EvidenceMarks.Finished),
            Cancelled = Evidence.HasFlag(EvidenceMarks.Cancelled),
            NoArtifacts = Evidence.HasFlag(EvidenceMarks.NoArtifacts),
            Crashed = Evidence.HasFlag(EvidenceMarks.Crashed),
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
                Errored = Evidence.HasFlag(EvidenceMarks.Errored),
                Finished = Evidence.HasFlag(EvidenceMarks.Finished),
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
            .. Running is { } other ? [new BuilderTrack { Name = other }] : Array.Empty<BuilderTrack>(),
        ],
        Remembered = Reasons,
        Problems = new ProblemTrail { Problems = Problems, Count = ProblemCount },
    };

    private static EvidenceMarks Marked(Evidence evidence) =>
        (evidence.IsBuildLog ? EvidenceMarks.IsBuildLog : 0)
        | (evidence.PackerRan ? EvidenceMarks.PackerRan : 0)
        | (evidence.Refused ? EvidenceMarks.Refused : 0)
        | (evidence.ShellFailedAfterwards ? EvidenceMarks.ShellFailedAfterwards : 0)
        | (evidence.Errored ? EvidenceMarks.Errored : 0)
        | (evidence.SomeFailed ? EvidenceMarks.SomeFailed : 0)
        | (evidence.Finished ? EvidenceMarks.Finished : 0)
        | (evidence.Cancelled ? EvidenceMarks.Cancelled : 0)
        | (evidence.NoArtifacts ? EvidenceMarks.NoArtifacts : 0)
        | (evidence.Crashed ? EvidenceMarks.Crashed : 0);
}
