namespace PackuilonMonitor.Core.LogPages;

/// <summary>A line that a search matched.</summary>
public readonly record struct Hit(long Offset, long Number);

/// <summary>
/// The lines that a search has matched so far, in order. Cheap to share while it grows: a published list never changes.
/// </summary>
public sealed class HitList
{
    /// <summary>More are counted but not stored.</summary>
    public const int Most = 100_000;

    public static readonly HitList None = new([], 0, 0);

    private readonly Hit[] _hits;

    private HitList(Hit[] hits, int count, long found) => (_hits, Count, Found) = (hits, count, found);

    /// <summary>How many are stored.</summary>
    public int Count { get; }

    /// <summary>How many were found.</summary>
    public long Found { get; }

    public Hit this[int index] => index < Count ? _hits[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public static HitList Of(params ReadOnlySpan<Hit> hits)
    {
        var list = None;
        foreach (var hit in hits)
            list = list.Add(hit);
        return list;
    }

    /// <summary>Adds a hit, which must come after all others. Only the newest list may be extended.</summary>
    public HitList Add(Hit hit)
    {
        if (Count >= Most)
            return new HitList(_hits, Count, Found + 1);
        var hits = _hits;
        // An older list reads only its own items, so the room after them is free.
        if (Count == hits.Length)
            Array.Resize(ref hits, Math.Max(16, hits.Length * 2));
        hits[Count] = hit;
        return new HitList(hits, Count + 1, Found + 1);
    }

    /// <summary>The first hit at or after a byte position, or the count if there is none.</summary>
    public int FirstFrom(long offset)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_hits[middle].Offset < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The index of the hit at a byte position, or null.</summary>
    public int? IndexOf(long offset) => FirstFrom(offset) is var index && index < Count && _hits[index].Offset == offset ? index : null;
}
