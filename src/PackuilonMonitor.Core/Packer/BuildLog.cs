using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// A build log so far, folded line by line. It keeps a bounded part of the log whatever its length. Start with the file's first line; a
/// truncated log is a new log.
/// </summary>
public sealed record BuildLog
{
    /// <summary>More builders than any template has; beyond that the newest replaces the last.</summary>
    private const int MostBuilders = 16;

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

    private bool RedIsOpen { get; init; }

    private bool HasStamps { get; init; }

    private Echo Echo { get; init; } = Echo.None;

    /// <summary>The same, but an empty log that will report which of its lines no good build had.</summary>
    public static BuildLog Against(Baseline? baseline) => Empty with { Baseline = baseline };

    /// <summary>Packer's output, a shell that could not start it, or the daemon's line was seen; so not yet for an empty log.</summary>
    public bool IsBuildLog => Evidence.IsBuildLog;

    /// <summary>The log after one more whole line. Never throws.</summary>
    /// <param name="line">The line in the file, with its escapes, without its line end.</param>
    /// <param name="arrivedAt">When it was seen to arrive; null if it was read afterwards, so its time is unknown.</param>
    public BuildLog Apply(string line, DateTimeOffset? arrivedAt)
    {
        if (line.EndsWith('\r'))
            line = line[..^1];
        var number = LineCount + 1;
        if (CarriedLine.Of(line) is not { } pieces)
            return Take(line, new CarriedLine(line, null, null, Carrier.Plain), number, arrivedAt);
        return pieces.Aggregate(this, (log, piece) => log.Take(line, piece, number, arrivedAt));
    }

    private BuildLog Take(string line, CarriedLine carried, long number, DateTimeOffset? arrivedAt)
    {
        var plain = PlainLine.Of(carried.Text, RedIsOpen).WithoutStamp();
        if (carried.Colour is { } named && plain.Colour == LineColour.None)
            plain = plain with { Colour = named };
        var stamp = carried.At ?? plain.At;

        // The lines after the last message have no stamp; they follow it at once.
        var at = stamp ?? arrivedAt ?? (HasStamps ? LastLineAt : null);
        var (repeated, echo) = Echo.Add(plain.Text, carried.By);
        if (repeated)
            return this with { LineCount = number, Echo = echo, RedIsOpen = plain.RedStaysOpen };

        var prefixed = PackerGrammar.Read(carried.Text, plain, Builders.IsEmpty ? null : Builders[^1].Name);
        var timed = new TimedLine(number, at, Cut.WithSign(plain.Text, ProblemTrail.LongestText), Baseline?.IsNew(line));
        var place = PlaceOf(prefixed);
        var said = place >= 0 && place < Builders.Length ? ContextGrammar.Read(prefixed, plain, Builders[place])
            : place >= 0 ? ContextGrammar.Read(prefixed, plain, new BuilderTrack { Name = "" })
            : prefixed.Meaning;
        return this with
        {
            LineCount = number,
            Builders = WithLine(prefixed, said, place, timed),
            Evidence = Evidence.Apply(said, prefixed.Builder is not null && prefixed.Where is not Prefix.Indent),
            Problems = Problems.Apply(said, plain, timed),
            Refusal =
                said is RefusedLine or PanicLine { OfPlugin: false } && Refusal is null && !Evidence.BuilderSpoke
                    ? PackerRefusal.Of(timed.As(ProblemKind.Cause, TextOf(said)))
                    : Refusal?.Add(plain.Text),
            Panic = Panic is null && said is PanicLine or KilledLine ? timed.As(ProblemKind.Cause, TextOf(said)) : Panic,
            Marks = Marks | plain.Marks | TwoBuilds(said),
            RedCount = RedCount + (plain.Colour == LineColour.Red ? 1 : 0),
            LastLineAt = at,
            HasStamps = HasStamps || stamp is not null,
            RedIsOpen = plain.RedStaysOpen,
            Echo = echo,
        };
    }

    /// <summary>The same log, with the mark for a run of NUL bytes that the reader skipped.</summary>
    public BuildLog WithHole() => this with { Marks = Marks | LogMarks.NulHole };

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

    /// <summary>The builder of a line: its index, the next free one for a new builder, or -1.</summary>
    private int PlaceOf(PrefixedLine prefixed)
    {
        var name = prefixed.Meaning is BannerLine banner ? banner.Builder : prefixed.Builder;
        if (name is null)
            return -1;
        name = BuilderTrack.NameIn(name);
        for (var at = 0; at < Builders.Length; at++)
        {
            if (Builders[at].Name == name)
                return at;
        }

        return Builders.Length < MostBuilders ? Builders.Length : MostBuilders - 1;
    }

    private ImmutableArray<BuilderTrack> WithLine(PrefixedLine prefixed, PackerLine said, int place, TimedLine timed)
    {
        var builders = Builders;
        if (place == builders.Length)
            builders = builders.Add(
                new BuilderTrack { Name = BuilderTrack.NameIn(said is BannerLine banner ? banner.Builder : prefixed.Builder!) }
            );
        return said switch
        {
            BannerLine => builders,
            _ when place >= 0 => With(builders, place, builders[place].Apply(said, prefixed.Where, timed)),
            BuildsFinishedLine { WithArtifacts: true } => [.. builders.Select(builder => builder.Finish(timed.Line, timed.At))],
            CancellingLine => [.. builders.Select(builder => builder.Interrupt())],
            _ when builders.Any(builder => builder.AwaitsBullets) => [.. builders.Select(builder => builder.Continue(timed))],
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
    /// A banner, or more of Packer's output, after output or after its end. A template of several builders has a banner for each.
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
