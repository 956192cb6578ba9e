namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// What a build log has told so far, folded line by line. It keeps a bounded part of the log whatever its length.
/// Begin with the file's first line; a log that was truncated is a new log.
/// </summary>
public sealed record BuildLog
{
    public static readonly BuildLog Empty = new();

    /// <summary>The number of lines applied.</summary>
    public long LineCount { get; internal init; }

    public StepTrail Trail { get; internal init; } = StepTrail.Empty;

    public Belongings Belongings { get; internal init; } = Belongings.None;

    public Evidence Evidence { get; internal init; } = Evidence.None;

    public ProblemTrail Problems { get; internal init; } = ProblemTrail.Empty;

    /// <summary>Signs that two builds wrote into this file.</summary>
    public LogMarks Marks { get; internal init; }

    /// <summary>How many lines were red.</summary>
    public long RedCount { get; internal init; }

    /// <summary>When the last line arrived, or null where it was read afterwards.</summary>
    public DateTimeOffset? LastLineAt { get; internal init; }

    /// <summary>When its file was last written, as the file system says; null where nobody looked.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>What good builds of the same image and template print, if known.</summary>
    public Baseline? Baseline { get; internal init; }

    /// <summary>Components, stages and the lines that no reason rests on were let go.</summary>
    public bool IsBrief { get; private init; }

    private bool RedIsOpen { get; init; }

    /// <summary>The same, but an empty log that will tell which of its lines no good build had.</summary>
    public static BuildLog Against(Baseline? baseline) => Empty with { Baseline = baseline };

    /// <summary>Packer's output, a shell that could not start it, or the daemon's line was seen. An empty log is none yet.</summary>
    public bool IsBuildLog => Evidence.IsBuildLog;

    /// <summary>The log as it is after one more whole line. Never throws.</summary>
    /// <param name="line">The line as it stood in the file, with its escapes, without its line end.</param>
    /// <param name="arrivedAt">When it was seen to arrive; null where it was read afterwards, so that its time is unknown.</param>
    public BuildLog Apply(string line, DateTimeOffset? arrivedAt)
    {
        if (line.EndsWith('\r'))
            line = line[..^1];
        var plain = PlainLine.Of(line, RedIsOpen);
        var said = PackerGrammar.Read(line, plain);
        var number = LineCount + 1;
        return this with
        {
            LineCount = number,
            Trail = Trail.Apply(said, number, arrivedAt),
            Belongings = Belongings.Apply(said),
            Evidence = Evidence.Apply(said),
            Problems = Problems.Apply(said, plain, Baseline?.IsNew(line), number),
            Marks = Marks | plain.Marks | TwoBuilds(said),
            RedCount = RedCount + (plain.Colour == LineColour.Red ? 1 : 0),
            LastLineAt = arrivedAt,
            RedIsOpen = plain.RedStaysOpen,
        };
    }

    /// <summary>The same log, with the mark of a run of NUL bytes that the reader left out.</summary>
    public BuildLog WithHole() => this with { Marks = Marks | LogMarks.NulHole };

    /// <summary>
    /// The log as it is if it ended here, with text behind the last line end. The daemon of 2017 wrote its last line without one;
    /// while a build still runs such text is only the begin of a line and must be left out.
    /// </summary>
    public BuildLog AtEnd(string unterminated) => unterminated.Length == 0 ? this : Apply(unterminated, null);

    /// <summary>The log of long ago: steps, verdict, reason and belongings stay, what only a close look asks for goes. It may still grow.</summary>
    public BuildLog Brief() => IsBrief ? this : this with
    {
        IsBrief = true,
        Baseline = null,
        Trail = Trail with { Stages = [], Components = [] },
        Problems = Problems.Only(Reason.LinesOf(this)),
    };

    /// <summary>The same log with the times of arrival that another reading of it knows and this one does not.</summary>
    public BuildLog WithTimesOf(BuildLog other) => ReferenceEquals(this, other) ? this : this with
    {
        Trail = Trail.WithTimesOf(other.Trail),
        LastLineAt = LastLineAt ?? (LineCount == other.LineCount ? other.LastLineAt : null),
    };

    /// <summary>A beginning or more of Packer's output where there was some already, after its end. A template of several builders has a banner for each.</summary>
    private LogMarks TwoBuilds(PackerLine said) => said switch
    {
        BannerLine when Evidence.HasContent || Evidence.IsOver => LogMarks.TwoBuilds,
        StepLine or ErrorLine or BuilderFinishedLine or BuilderErroredLine or BuildsFinishedLine or CancelledLine when Evidence.IsOver =>
            LogMarks.TwoBuilds,
        not OtherLine { Text.Length: 0 } when Evidence.Final is not null => LogMarks.TwoBuilds,
        _ => LogMarks.None,
    };
}
