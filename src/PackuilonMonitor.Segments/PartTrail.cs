using System.Collections.Immutable;
using Factories = System.Collections.Immutable.ImmutableSortedDictionary<string, PackuilonMonitor.Segments.FactoryFold>;

namespace PackuilonMonitor.Segments;

/// <summary>
/// The factories at places of one part that are few entries apart, so that a step within the part folds few entries. They are added on the
/// way to the places that are asked for.
/// </summary>
/// <param name="first">The number of the part's first frame.</param>
/// <param name="before">The factories before it.</param>
internal sealed class PartTrail(long first, Factories before)
{
    /// <summary>Known places are less than twice as many entries apart.</summary>
    public const int Distance = 64;

    private readonly List<(RecordingPosition Place, Factories Factories)> _known = [(new RecordingPosition(first, 0, 0), before)];

    public long First => first;

    /// <summary>How many entries were folded so far.</summary>
    public long EntriesFolded { get; private set; }

    /// <summary>The factories after all entries up to a place.</summary>
    /// <param name="frames">The frames of the part.</param>
    public Factories To(RecordingPosition place, IReadOnlyList<Frame> frames)
    {
        var nearest = _known.FindLastIndex(known => known.Place.CompareTo(place) <= 0);
        var (from, factories) = _known[nearest];
        var (isLast, since) = (nearest == _known.Count - 1, 0);
        foreach (var slice in Slices(frames, from, place))
        {
            factories = After(factories, slice.Frame, slice.Entries);
            EntriesFolded += slice.Entries.Length;
            since += slice.Entries.Length;
            if (!isLast || since < Distance)
                continue;
            _known.Add((slice.End, factories));
            since = 0;
        }

        return factories;
    }

    /// <summary>The factories after these entries of a frame.</summary>
    public static Factories After(Factories before, Frame frame, IEnumerable<Entry> entries)
    {
        var fold = (before.GetValueOrDefault(frame.Factory) ?? FactoryFold.Of(frame.Factory)).With(frame.Facts);
        return before.SetItem(frame.Factory, fold.Apply(entries, frame.Number));
    }

    /// <summary>The entries between two places, never more of them than the distance, and each batch apart.</summary>
    private static IEnumerable<(Frame Frame, ImmutableArray<Entry> Entries, RecordingPosition End)> Slices(
        IReadOnlyList<Frame> frames,
        RecordingPosition from,
        RecordingPosition to
    )
    {
        foreach (var frame in frames)
        {
            for (var batch = 0; batch < frame.Batches.Length; batch++)
            {
                var entries = frame.Batches[batch].Entries;
                var (isFirst, isLast) = ((frame.Number, batch) == (from.Frame, from.Batch), (frame.Number, batch) == (to.Frame, to.Batch));
                var (start, end) = (isFirst ? from.Entries : 0, isLast ? to.Entries : entries.Length);
                var all = new RecordingPosition(frame.Number, batch, end);
                if (all.CompareTo(from) < 0 || all.CompareTo(to) > 0)
                    continue;
                do
                {
                    var next = Math.Min(end, start + Distance);
                    yield return (frame, entries[start..next], all with { Entries = next });
                    start = next;
                } while (start < end);
            }
        }
    }
}
