using System.Collections.Immutable;
using System.Text;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>Counts by hour the lines of our programs that no rule accepts, and the damaged headers.</summary>
public sealed record Speech : IArchived<Speech>
{
    public const int Fewest = 20;
    public const double Share = 0.05;

    private const int Over = 10;
    private const double OverShare = 0.025;
    private const int MostShapes = 20;
    private const int MostDamaged = 21;
    private const int LongestShape = 100;

    public static readonly Speech None = new();

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Whether more than a few lines are not understood, and the number has not become small again.</summary>
    public bool IsStrange { get; private init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? StrangeSince { get; private init; }

    /// <summary>An example of each shape of sentence that is not understood, with their number; the shape masks digits.</summary>
    public ImmutableSortedDictionary<string, (long Lines, EvidenceLine Last)> Shapes { get; private init; } =
        ImmutableSortedDictionary.Create<string, (long, EvidenceLine)>(StringComparer.Ordinal);

    /// <summary>When headers were damaged, oldest first; at most the newest twenty-one.</summary>
    public ImmutableList<DateTimeOffset> DamagedAt { get; private init; } = [];

    /// <summary>The counts of the newest hour since 1970, apart from the others because nearly each line changes them.</summary>
    private (long Hour, long Ours, long Strange) Current { get; init; }

    /// <summary>The hours of the day before that one.</summary>
    private ImmutableSortedDictionary<long, (long Ours, long Strange)> Past { get; init; } =
        ImmutableSortedDictionary<long, (long, long)>.Empty;

    /// <summary>The lines of our programs in the newest day, and those of them that no rule accepts.</summary>
    public (long Ours, long Strange) Newest =>
        Past.Values.Aggregate((Current.Ours, Current.Strange), static (sum, hour) => (sum.Ours + hour.Ours, sum.Strange + hour.Strange));

    internal Speech Damaged(DateTimeOffset at) =>
        this with
        {
            DamagedAt = (DamagedAt.Count < MostDamaged ? DamagedAt : DamagedAt.RemoveAt(0)).Add(at),
        };

    /// <summary>Whether the line is understood, as most are, and only adds one to the newest hour.</summary>
    internal bool OnlyCounts(Observation seen) =>
        seen.Event is not Unrecognised && !IsStrange && seen.At.ToUnixTimeSeconds() / 3600 == Current.Hour;

    /// <summary>Adds this many understood lines to the newest hour.</summary>
    internal Speech With(int lines) => lines == 0 ? this : this with { Current = Current with { Ours = Current.Ours + lines } };

    internal Speech Apply(Observation seen, Traceback trace)
    {
        // A traceback belongs to its exception, and a shell that the daemon calls is not the daemon.
        var strange = seen.Event is Unrecognised && !(seen.Speaker is Speaker.Rabbit2Packer && trace.Holds) && !IsShell(seen.Text ?? "");
        if (!strange && seen.Event is Unrecognised)
            return this;
        var speech = Count(seen.At.ToUnixTimeSeconds() / 3600, seen.Count, strange ? seen.Count : 0);
        speech = strange ? speech with { Shapes = Counted(seen) } : speech;
        if (!strange && !IsStrange)
            return speech;
        var (all, unknown) = speech.Newest;
        return IsStrange
            ? unknown < Over && unknown < all * OverShare
                ? speech with
                {
                    IsStrange = false,
                    StrangeSince = null,
                    Shapes = Shapes.Clear(),
                }
                : speech
            : unknown >= Fewest && unknown > all * Share
                ? speech with
                {
                    IsStrange = true,
                    StrangeSince = seen.At,
                }
                : speech;
    }

    private Speech Count(long hour, int lines, int strange)
    {
        if (hour == Current.Hour)
            return this with { Current = (hour, Current.Ours + lines, Current.Strange + strange) };
        if (hour < Current.Hour)
        {
            var (ours, before) = Past.GetValueOrDefault(hour);
            return hour < Current.Hour - (long)Window.TotalHours
                ? this
                : this with
                {
                    Past = Past.SetItem(hour, (ours + lines, before + strange)),
                };
        }

        var past = Current.Ours == 0 ? Past : Past.SetItem(Current.Hour, (Current.Ours, Current.Strange));
        while (!past.IsEmpty && past.Keys.First() < hour - (long)Window.TotalHours)
            past = past.Remove(past.Keys.First());
        return this with { Current = (hour, lines, strange), Past = past };
    }

    private ImmutableSortedDictionary<string, (long Lines, EvidenceLine Last)> Counted(Observation seen)
    {
        var shape = Shape(seen.Text ?? "");
        if (Shapes.Count >= MostShapes && !Shapes.ContainsKey(shape))
            shape = "others";
        return Shapes.SetItem(shape, (Shapes.GetValueOrDefault(shape).Lines + seen.Count, EvidenceLine.Of(seen)));
    }

    private static string Shape(string text)
    {
        var shape = new StringBuilder(Math.Min(text.Length, LongestShape));
        foreach (var letter in text)
        {
            if (shape.Length == LongestShape)
                break;
            if (!char.IsDigit(letter))
                shape.Append(letter);
            else if (shape.Length == 0 || shape[^1] != '#')
                shape.Append('#');
        }

        return shape.ToString();
    }

    // /bin/sh: line 1: mail: command not found
    private static bool IsShell(string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && text[(text.LastIndexOf('/', colon) + 1)..colon] is "sh" or "bash" or "dash";
    }

    Speech IArchived<Speech>.Through(Archive archive) => new()
    {
        IsStrange = archive.Flag(IsStrange),
        StrangeSince = archive.TimeOrNull(StrangeSince),
        Shapes = archive.ByName(Shapes, static (archive, shape) => (archive.Number(shape.Lines), archive.Shared(shape.Last))),
        DamagedAt = archive.List(DamagedAt, static (archive, at) => archive.Time(at)),
        Current = (archive.Number(Current.Hour), archive.Number(Current.Ours), archive.Number(Current.Strange)),
        Past = archive.ByNumber(Past, static (archive, hour) => (archive.Number(hour.Ours), archive.Number(hour.Strange))),
    };
}
