using System.Collections.Immutable;
using System.Text;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// A build log while lines are folded into it. Nobody else sees it, so it changes in place: most lines are output that says nothing, and
/// cost no copy of the log.
/// </summary>
public sealed class BuildLogDraft(BuildLog log)
{
    /// <summary>More builders than any template has; beyond that the newest replaces the last.</summary>
    private const int MostBuilders = 16;

    private bool _changed;
    private long _lineCount = log.LineCount;
    private long _redCount = log.RedCount;
    private ImmutableArray<BuilderTrack> _builders = log.Builders;
    private Evidence _evidence = log.Evidence;
    private ProblemTrail _problems = log.Problems;
    private PackerRefusal? _refusal = log.Refusal;
    private Problem? _panic = log.Panic;
    private LogMarks _marks = log.Marks;
    private DateTimeOffset? _lastLineAt = log.LastLineAt;
    private bool _hasStamps = log.HasStamps;
    private bool _redIsOpen = log.RedIsOpen;
    private Echo _echo = log.Echo;

    /// <summary>One more whole line. Never throws.</summary>
    /// <param name="line">The line in the file, with its escapes, without its line end.</param>
    /// <param name="arrivedAt">When it was seen to arrive; null if it was read afterwards, so its time is unknown.</param>
    public void Apply(string line, DateTimeOffset? arrivedAt)
    {
        if (line.EndsWith('\r'))
            line = line[..^1];
        _changed = true;
        _lineCount++;
        if (CarriedLine.Of(line) is not { } pieces)
        {
            Take(line, new CarriedLine(line, null, null, Carrier.Plain), arrivedAt);
            return;
        }

        foreach (var piece in pieces)
            Take(line, piece, arrivedAt);
    }

    /// <summary>Many whole lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="arrivedAt">When they were seen to arrive; null if they were read afterwards.</param>
    public void Apply(LogLines lines, DateTimeOffset? arrivedAt)
    {
        for (var rest = lines.Bytes; !rest.IsEmpty;)
        {
            var length = QuietOutput.RunLength(rest, out var count);
            Apply(rest[..length], count, arrivedAt);
            rest = rest[length..];
            if (length == 0)
                Apply(Encoding.UTF8.GetString(LogLines.TakeFirst(ref rest)), arrivedAt);
        }
    }

    /// <summary>
    /// Many whole lines at once, in which <see cref="QuietOutput"/> found nothing. As soon as one of them leaves all as it was, so does
    /// each that follows, and is only counted.
    /// </summary>
    /// <param name="lines">The bytes, with the line ends.</param>
    /// <param name="count">The number of lines.</param>
    /// <param name="arrivedAt">When they were seen to arrive; null if they were read afterwards.</param>
    public void Apply(ReadOnlySpan<byte> lines, long count, DateTimeOffset? arrivedAt)
    {
        for (var left = count; left > 0; left--)
        {
            var (builders, echo) = (_builders, _echo);
            Apply(Encoding.UTF8.GetString(LogLines.TakeFirst(ref lines)), arrivedAt);

            // The first line settles the evidence and the marks; the problems do not change. With good builds to compare with, each line
            // may be one that they do not have.
            if (log.Baseline is null
                && !_redIsOpen
                && _refusal is null or { IsComplete: true }
                && builders == _builders
                && ReferenceEquals(echo, _echo))
            {
                _lineCount += left - 1;
                return;
            }
        }
    }

    /// <summary>The reader skipped a run of NUL bytes.</summary>
    public void AddHole()
    {
        _changed = true;
        _marks |= LogMarks.NulHole;
    }

    /// <summary>The log after all that was applied; the same object if nothing was.</summary>
    public BuildLog ToLog() => !_changed ? log : log with
    {
        LineCount = _lineCount,
        RedCount = _redCount,
        Builders = _builders,
        Evidence = _evidence,
        Problems = _problems,
        Refusal = _refusal,
        Panic = _panic,
        Marks = _marks,
        LastLineAt = _lastLineAt,
        HasStamps = _hasStamps,
        RedIsOpen = _redIsOpen,
        Echo = _echo,
    };

    private void Take(string line, CarriedLine carried, DateTimeOffset? arrivedAt)
    {
        var plain = PlainLine.Of(carried.Text, _redIsOpen).WithoutStamp();
        if (carried.Colour is { } named && plain.Colour == LineColour.None)
            plain = plain with { Colour = named };
        var stamp = carried.At ?? plain.At;
        _redIsOpen = plain.RedStaysOpen;
        (var repeated, _echo) = _echo.Add(plain.Text, carried.By);
        if (repeated)
            return;

        // The lines after the last message have no stamp; they follow it at once.
        var at = stamp ?? arrivedAt ?? (_hasStamps ? _lastLineAt : null);
        (_lastLineAt, _hasStamps) = (at, _hasStamps || stamp is not null);
        var prefixed = PackerGrammar.Read(carried.Text, plain, _builders.IsEmpty ? null : _builders[^1].Name);
        var timed = new TimedLine(_lineCount, at, Cut.WithSign(plain.Text, ProblemTrail.LongestText), log.Baseline?.IsNew(line));
        var place = PlaceOf(prefixed);
        var said = place >= 0 && place < _builders.Length ? ContextGrammar.Read(prefixed, plain, _builders[place])
            : place >= 0 ? ContextGrammar.Read(prefixed, plain, new BuilderTrack { Name = "" })
            : prefixed.Meaning;
        _builders = WithLine(prefixed, said, place, timed);
        _problems = _problems.Apply(said, plain, timed);
        _redCount += plain.Colour == LineColour.Red ? 1 : 0;

        // These depend on what the log showed before this line.
        _marks |= plain.Marks | TwoBuilds(said);
        _refusal = said is RefusedLine or PanicLine { OfPlugin: false } && _refusal is null && !_evidence.BuilderSpoke
            ? PackerRefusal.Of(timed.As(ProblemKind.Cause, TextOf(said)))
            : _refusal?.Add(plain.Text);
        if (_panic is null && said is PanicLine or KilledLine)
            _panic = timed.As(ProblemKind.Cause, TextOf(said));
        _evidence = _evidence.Apply(said, prefixed.Builder is not null && prefixed.Where is not Prefix.Indent);
    }

    /// <summary>The builder of a line: its index, the next free one for a new builder, or -1.</summary>
    private int PlaceOf(PrefixedLine prefixed)
    {
        if (prefixed.Owner is not { } owner)
            return -1;
        var name = BuilderTrack.NameIn(owner);
        for (var at = 0; at < _builders.Length; at++)
        {
            if (_builders[at].Name == name)
                return at;
        }

        return _builders.Length < MostBuilders ? _builders.Length : MostBuilders - 1;
    }

    private ImmutableArray<BuilderTrack> WithLine(PrefixedLine prefixed, PackerLine said, int place, TimedLine timed)
    {
        var builders = _builders;
        if (place == builders.Length)
            builders = builders.Add(new BuilderTrack { Name = BuilderTrack.NameIn(prefixed.Owner!) });
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
            BannerLine when _evidence.HasContent || _evidence.IsOver => LogMarks.TwoBuilds,
            StepLine
            or ErrorLine
            or StderrLine
            or BuilderFinishedLine
            or BuilderErroredLine
            or BuildsFinishedLine
            or CancelledLine when _evidence.IsOver => LogMarks.TwoBuilds,
            not OtherLine { Text.Length: 0 } when _evidence.Final is not null => LogMarks.TwoBuilds,
            _ => LogMarks.None,
        };
}
