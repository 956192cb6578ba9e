using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// What a build log has told so far, folded line by line. It keeps a bounded part of the log whatever its length.
/// Begin with the file's first line; a log that was truncated is a new log.
/// </summary>
public sealed record BuildLog
{
    /// <summary>More builders than any template has; past that the last place is the newest's.</summary>
    private const int MostBuilders = 16;

    public static readonly BuildLog Empty = new();

    /// <summary>The number of lines applied.</summary>
    public long LineCount { get; internal init; }

    /// <summary>What each builder told, in the order in which they were named.</summary>
    public ImmutableArray<BuilderTrack> Builders { get; internal init; } = [];

    /// <summary>
    /// The builder that decides what the build is: one that failed before one that was interrupted, one that runs, one that is done.
    /// </summary>
    public BuilderTrack? Worst => Builders.IsEmpty ? null : Builders.MinBy(builder => builder switch
    {
        { Errored: true, Interrupted: false } => 0,
        { Errored: true } => 1,
        { Finished: false } => 2,
        _ => 3,
    });

    /// <summary>The steps of the worst builder.</summary>
    public StepTrail Trail => Worst?.Trail ?? StepTrail.Empty;

    /// <summary>What the worst builder named.</summary>
    public Belongings Belongings => Worst?.Belongings ?? Belongings.None;

    public Evidence Evidence { get; internal init; } = Evidence.None;

    public ProblemTrail Problems { get; internal init; } = ProblemTrail.Empty;

    /// <summary>Signs that two builds wrote into this file.</summary>
    public LogMarks Marks { get; internal init; }

    /// <summary>How many lines were red.</summary>
    public long RedCount { get; internal init; }

    /// <summary>
    /// When the last line arrived or, where Packer wrote times, when the last of those was; null where it was read afterwards.
    /// </summary>
    public DateTimeOffset? LastLineAt { get; internal init; }

    /// <summary>When its file was last written, as the file system says; null where nobody looked.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>What good builds of the same image and template print, if known.</summary>
    public Baseline? Baseline { get; internal init; }

    /// <summary>Components, stages and the lines that no reason rests on were let go.</summary>
    public bool IsBrief { get; private init; }

    /// <summary>Why Packer did not begin to build.</summary>
    internal Refusal? Refusal { get; init; }

    /// <summary>The line in which Packer or a plugin panicked, or was killed.</summary>
    internal Problem? Panic { get; init; }

    /// <summary>The reasons as they were remembered; null for a log that was read.</summary>
    internal RememberedReasons? Remembered { get; init; }

    private bool RedIsOpen { get; init; }

    private bool HasStamps { get; init; }

    private Echo Echo { get; init; } = Echo.None;

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
        var number = LineCount + 1;
        if (Carried.Of(line) is not { } pieces)
            return Take(line, new Carried(line, null, null, Carrier.Plain), number, arrivedAt);
        return pieces.Aggregate(this, (log, piece) => log.Take(line, piece, number, arrivedAt));
    }

    private BuildLog Take(string line, Carried carried, long number, DateTimeOffset? arrivedAt)
    {
        var plain = PlainLine.Of(carried.Text, RedIsOpen).WithoutStamp();
        if (carried.Colour is { } named && plain.Colour == LineColour.None)
            plain = plain with { Colour = named };
        var stamp = carried.At ?? plain.At;

        // The lines after the last message have no stamp; they follow it at once.
        var at = stamp ?? arrivedAt ?? (HasStamps ? LastLineAt : null);
        var (repeated, echo) = Echo.Hear(plain.Text, carried.By);
        if (repeated)
            return this with { LineCount = number, Echo = echo, RedIsOpen = plain.RedStaysOpen };

        var spoken = PackerGrammar.Read(carried.Text, plain, Builders.IsEmpty ? null : Builders[^1].Name);
        var heard = new Heard(number, at, Cut.WithSign(plain.Text, ProblemTrail.LongestText), Baseline?.IsNew(line), Problems.Recent);
        var place = PlaceOf(spoken);
        var said = place >= 0 && place < Builders.Length ? ContextGrammar.Read(spoken, plain, Builders[place])
            : place >= 0 ? ContextGrammar.Read(spoken, plain, new BuilderTrack { Name = "" })
            : spoken.Said;
        return this with
        {
            LineCount = number,
            Builders = Heard(spoken, said, place, heard),
            Evidence = Evidence.Apply(said, spoken.Builder is not null && spoken.Where is not Prefix.Indent),
            Problems = Problems.Apply(said, plain, heard),
            Refusal =
                said is RefusedLine or PanicLine { OfPlugin: false } && Refusal is null && !Evidence.BuilderSpoke
                    ? Refusal.Of(heard.As(ProblemKind.Cause, TextOf(said)))
                    : Refusal?.Hear(plain.Text),
            Panic = Panic is null && said is PanicLine or KilledLine ? heard.As(ProblemKind.Cause, TextOf(said)) : Panic?.FollowedBy(heard),
            Marks = Marks | plain.Marks | TwoBuilds(said),
            RedCount = RedCount + (plain.Colour == LineColour.Red ? 1 : 0),
            LastLineAt = at,
            HasStamps = HasStamps || stamp is not null,
            RedIsOpen = plain.RedStaysOpen,
            Echo = echo,
        };
    }

    /// <summary>The same log, with the mark of a run of NUL bytes that the reader left out.</summary>
    public BuildLog WithHole() => this with { Marks = Marks | LogMarks.NulHole };

    /// <summary>
    /// The log as it is if it ended here, with text behind the last line end. The daemon of 2017 wrote its last line without one;
    /// while a build still runs such text is only the begin of a line and must be left out.
    /// </summary>
    public BuildLog AtEnd(string unterminated) => unterminated.Length == 0 ? this : Apply(unterminated, null);

    /// <summary>
    /// The log of long ago: steps, verdict, reason and belongings stay, what only a close look asks for goes. It may still grow.
    /// </summary>
    public BuildLog Brief() => IsBrief ? this : this with
    {
        IsBrief = true,
        Baseline = null,
        Builders = [.. Builders.Select(builder => builder.Brief())],
        Problems = Problems.Only(Reason.LinesOf(this)),
    };

    /// <summary>The same log with the times of arrival that another reading of it knows and this one does not.</summary>
    public BuildLog WithTimesOf(BuildLog other) => ReferenceEquals(this, other) ? this : this with
    {
        Builders = [.. Builders.Select(builder => other.Builders.FirstOrDefault(one => one.Name == builder.Name) is { } known
            ? builder with { Trail = builder.Trail.WithTimesOf(known.Trail) }
            : builder)],
        LastLineAt = LastLineAt ?? (LineCount == other.LineCount ? other.LastLineAt : null),
    };

    /// <summary>Whose line it is: the builder's place, the next free one for a builder that was not named before, or -1.</summary>
    private int PlaceOf(Spoken spoken)
    {
        var name = spoken.Said is BannerLine banner ? banner.Builder : spoken.Builder;
        if (name is null)
            return -1;
        for (var at = 0; at < Builders.Length; at++)
        {
            if (Builders[at].Name == name)
                return at;
        }

        return Builders.Length < MostBuilders ? Builders.Length : MostBuilders - 1;
    }

    private ImmutableArray<BuilderTrack> Heard(Spoken spoken, PackerLine said, int place, Heard heard)
    {
        var builders = Builders;
        if (place == builders.Length)
            builders = builders.Add(
                new BuilderTrack { Name = Cut.WithSign(said is BannerLine banner ? banner.Builder : spoken.Builder!, 80) }
            );
        return said switch
        {
            BannerLine => builders,
            _ when place >= 0 => With(builders, place, builders[place].Apply(said, spoken.Where, heard)),
            BuildsFinishedLine { WithArtifacts: true } => [.. builders.Select(builder => builder.Finish(heard.Line, heard.At))],
            CancellingLine => [.. builders.Select(builder => builder.Interrupt())],
            _ when builders.Any(builder => builder.HearsOthers) => [.. builders.Select(builder => builder.Continue(heard))],
            _ => builders,
        };
    }

    private static ImmutableArray<BuilderTrack> With(ImmutableArray<BuilderTrack> builders, int place, BuilderTrack builder) =>
        ReferenceEquals(builders[place], builder) ? builders : builders.SetItem(place, builder);

    private static string TextOf(PackerLine said) => said switch
    {
        RefusedLine refused => refused.Text,
        PanicLine panic => panic.Text,
        KilledLine killed => killed.Text,
        _ => "",
    };

    /// <summary>
    /// A beginning or more of Packer's output where there was some already, after its end. A template of several builders has a banner for
    /// each.
    /// </summary>
    private LogMarks TwoBuilds(PackerLine said) =>
        said switch
        {
            BannerLine when Evidence.HasContent || Evidence.IsOver => LogMarks.TwoBuilds,
            StepLine
            or ErrorLine
            or StderrLine
            or BuilderFinishedLine
            or BuilderErroredLine
            or BuildsFinishedLine
            or CancelledLine when Evidence.IsOver => LogMarks.TwoBuilds,
            not OtherLine { Text.Length: 0 } when Evidence.Final is not null => LogMarks.TwoBuilds,
            _ => LogMarks.None,
        };
}
