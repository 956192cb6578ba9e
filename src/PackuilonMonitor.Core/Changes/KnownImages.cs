using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Changes;

/// <summary>The images of known takes, by their names for comparisons. Bounded.</summary>
internal sealed record KnownImages : IArchived<KnownImages>
{
    private const int Most = 5_000;

    public static readonly KnownImages None = new();

    private ImmutableHashSet<string> Built { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Images that were queued by hand: no message in the queue fits them.</summary>
    public ImmutableHashSet<string> ByHand { get; private init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>An image of that name was built.</summary>
    public bool Has(string name) => Built.Contains(name);

    /// <param name="hosts">Images have the names of hosts, without a label of their system.</param>
    public KnownImages With(Take take, bool hosts)
    {
        if (take.Image is null)
            return this;
        var built = (Built.Count < Most ? Built : Built.Clear()).Add(take.Name);
        return this with { Built = take.Personality.Length > 0 && !hosts ? built.Add(take.Personality) : built };
    }

    public KnownImages WithByHand(Take take) =>
        take.Image is null ? this : this with { ByHand = (ByHand.Count < Most ? ByHand : ByHand.Clear()).Add(take.Name) };

    KnownImages IArchived<KnownImages>.Through(Archive archive) => new()
    {
        Built = archive.Set(Built),
        ByHand = archive.Set(ByHand),
    };
}
