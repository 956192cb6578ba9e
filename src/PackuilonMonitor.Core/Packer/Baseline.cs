namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// The masked lines of good builds of one image and template, as numbers. At most 50,000; beyond that it reports no line as new.
/// </summary>
public sealed class Baseline
{
    private const int Most = 50_000;

    private readonly Dictionary<ulong, int> _counts;
    private readonly bool _full;

    private Baseline(Dictionary<ulong, int> counts, bool full)
    {
        _counts = counts;
        _full = full;
    }

    /// <summary>The lines of one good build.</summary>
    public static Baseline Of(IEnumerable<string> lines) => new Baseline([], false).And(lines);

    /// <summary>Adds the lines of one more good build, the newer one; only that one counts for missing lines.</summary>
    public Baseline And(IEnumerable<string> lines)
    {
        var counts = _counts.Keys.ToDictionary(mask => mask, _ => 0);
        var full = _full;
        foreach (var line in lines)
        {
            var mask = LineMask.HashOf(line);
            var known = counts.TryGetValue(mask, out var count);
            if (known || counts.Count < Most)
                counts[mask] = count + 1;
            else
                full = true;
        }

        return new Baseline(counts, full);
    }

    /// <summary>No good build had a line like this.</summary>
    public bool IsNew(string line) => !_full && !_counts.ContainsKey(LineMask.HashOf(line));

    /// <summary>How often each masked line occurs in the newest good build.</summary>
    internal IReadOnlyDictionary<ulong, int> Counts => _counts;
}
