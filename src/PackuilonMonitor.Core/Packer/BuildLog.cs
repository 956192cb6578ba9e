using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// A build log so far, folded line by line. It keeps a bounded part of the log whatever its length. Start with the file's first line; a
/// truncated log is a new log.
/// </summary>
public sealed record BuildLog : IArchived<BuildLog>
{
    public static readonly BuildLog Empty = new();

    /// <summary>The number of lines applied.</summary>
    public long LineCount { get; internal init; }

    /// <summary>The builders, in the order in which they were named.</summary>
    public ImmutableArray<BuilderTrack> Builders { get; internal init; } = [];

    /// <summary>The builder that decides the build's state: failed before interrupted, before running, before finished.</summary>
    public BuilderTrack? Worst => Builders.IsEmpty ? null : Builders.MinBy(builder => builder switch
    {
        { Errored: true, Interrupted: false } => 0,
        { Errored: true } => 1,
        { Finished: false } => 2,
        _ => 3,
    });

    /// <summary>The steps of the worst builder.</summary>
    public StepTrail Trail => Worst?.Trail ?? StepTrail.Empty;

    /// <summary>The ids of the worst builder.</summary>
    public Belongings Belongings => Worst?.Belongings ?? Belongings.None;

    public Evidence Evidence { get; internal init; } = Evidence.None;

    public ProblemTrail Problems { get; internal init; } = ProblemTrail.Empty;

    /// <summary>Signs that two builds wrote this file.</summary>
    public LogMarks Marks { get; internal init; }

    /// <summary>How many lines were red.</summary>
    public long RedCount { get; internal init; }

    /// <summary>
    /// When the last line arrived or, if Packer wrote times, the time of the last one; null if the log was read afterwards.
    /// </summary>
    public DateTimeOffset? LastLineAt { get; internal init; }

    /// <summary>When its file was last written, by the file system; null if nobody checked.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The lines of good builds of the same image and template, if known.</summary>
    public Baseline? Baseline { get; internal init; }

    /// <summary>Components, stages and the lines without a reason were dropped.</summary>
    public bool IsBrief { get; private init; }

    /// <summary>Why Packer did not start to build.</summary>
    internal PackerRefusal? Refusal { get; init; }

    /// <summary>The line in which Packer or a plugin panicked, or was killed.</summary>
    internal Problem? Panic { get; init; }

    /// <summary>The stored reasons; null for a log that was read.</summary>
    internal RememberedReasons? Remembered { get; init; }

    internal bool RedIsOpen { get; init; }

    internal bool HasStamps { get; init; }

    internal Echo Echo { get; init; } = Echo.None;

    /// <summary>The same, but an empty log that will report which of its lines no good build had.</summary>
    public static BuildLog Against(Baseline? baseline) => Empty with { Baseline = baseline };

    /// <summary>Packer's output, a shell that could not start it, or the daemon's line was seen; so not yet for an empty log.</summary>
    public bool IsBuildLog => Evidence.IsBuildLog;

    /// <summary>The log after one more whole line; for many lines see <see cref="BuildLogDraft"/>. Never throws.</summary>
    /// <param name="line">The line in the file, with its escapes, without its line end.</param>
    /// <param name="arrivedAt">When it was seen to arrive; null if it was read afterwards, so its time is unknown.</param>
    public BuildLog Apply(string line, DateTimeOffset? arrivedAt)
    {
        var draft = new BuildLogDraft(this);
        draft.Apply(line, arrivedAt);
        return draft.ToLog();
    }

    /// <summary>
    /// The log if it ended here, with text after the last line end. The daemon of 2017 wrote its last line without one; while a build runs,
    /// such text is only the start of a line and must be left out.
    /// </summary>
    public BuildLog AtEnd(string unterminated) => unterminated.Length == 0 ? this : Apply(unterminated, null);

    /// <summary>The summary of an old log: steps, verdict, reason and belongings stay; details are dropped. It may still grow.</summary>
    public BuildLog Brief() => IsBrief ? this : this with
    {
        IsBrief = true,
        Baseline = null,
        Builders = [.. Builders.Select(builder => builder.Brief())],
        Problems = Problems.Only(Reason.LinesOf(this)),
    };

    /// <summary>The same log as if it had no other builder; the whole log if it has none of this name.</summary>
    public BuildLog Only(string builder) =>
        Builders.Length > 1 && Builders.FirstOrDefault(one => one.Name == builder) is { } track ? this with { Builders = [track] } : this;

    /// <summary>The same log with the arrival times that another reading of it has and this one lacks.</summary>
    public BuildLog WithTimesOf(BuildLog other) => ReferenceEquals(this, other) ? this : this with
    {
        Builders = [.. Builders.Select(builder => other.Builders.FirstOrDefault(one => one.Name == builder.Name) is { } known
            ? builder with { Trail = builder.Trail.WithTimesOf(known.Trail) }
            : builder)],
        LastLineAt = LastLineAt ?? (LineCount == other.LineCount ? other.LastLineAt : null),
    };

    /// <summary>Without <see cref="Baseline"/>, which belongs to a log that is looked at and not to what is known of it.</summary>
    BuildLog IArchived<BuildLog>.Through(Archive archive) => new()
    {
        LineCount = archive.Number(LineCount),
        Builders = archive.Array(Builders),
        Evidence = archive.Own(Evidence),
        Problems = archive.Own(Problems),
        Marks = (LogMarks)archive.Number((int)Marks),
        RedCount = archive.Number(RedCount),
        LastLineAt = archive.TimeOrNull(LastLineAt),
        ModifiedAt = archive.TimeOrNull(ModifiedAt),
        IsBrief = archive.Flag(IsBrief),
        Refusal = archive.OwnOrNull(Refusal),
        Panic = archive.OwnOrNull(Panic),
        Remembered = archive.OwnOrNull(Remembered),
        RedIsOpen = archive.Flag(RedIsOpen),
        HasStamps = archive.Flag(HasStamps),
        Echo = archive.Own(Echo),
    };
}
