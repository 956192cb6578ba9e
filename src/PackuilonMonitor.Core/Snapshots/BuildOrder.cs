using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>An object by which it is, not by what is in it: states are compared often and are large.</summary>
internal readonly struct Reference(object? what) : IEquatable<Reference>
{
    private readonly object? _what = what;

    public bool Equals(Reference other) => ReferenceEquals(_what, other._what);

    public override bool Equals(object? obj) => obj is Reference other && Equals(other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_what);
}

/// <summary>Where each build stands in the order of starts.</summary>
public sealed record BuildOrder(IReadOnlyDictionary<string, int> ById, ILookup<string, int> ByImage, ILookup<string, int> ByFile)
{
    public static BuildOrder Of(IReadOnlyList<BuildView> all)
    {
        var byId = new Dictionary<string, int>(all.Count, StringComparer.Ordinal);
        for (var place = 0; place < all.Count; place++)
            byId[all[place].Id] = place;
        var places = Enumerable.Range(0, all.Count).ToArray();
        return new BuildOrder(
            byId,
            places.ToLookup(place => all[place].Image.Text, StringComparer.Ordinal),
            places.ToLookup(place => all[place].Name.File, StringComparer.Ordinal));
    }
}
