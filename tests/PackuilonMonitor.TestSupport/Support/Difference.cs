using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// Compares two values part by part, private ones too, however deep: two states are the same if nothing in them differs. The order of what
/// has no order does not count.
/// </summary>
internal sealed class Difference
{
    private const BindingFlags Parts =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<(object, object)> _compared = new(Pairs.Instance);

    private Difference()
    {
    }

    /// <summary>The first difference, as the way to it and both values; null if there is none.</summary>
    public static string? Of(object? one, object? other) => new Difference().Between(one, other, "");

    private string? Between(object? one, object? other, string path)
    {
        if (ReferenceEquals(one, other))
            return null;
        if (one is null || other is null || one.GetType() != other.GetType())
            return $"{path}: {one ?? "null"} / {other ?? "null"}";
        var type = one.GetType();
        if (type.IsPrimitive || type.IsEnum || one is string or DateTimeOffset or DateTime or TimeSpan)
        {
            return one.Equals(other) && (one is not DateTimeOffset time || time.Offset == ((DateTimeOffset)other).Offset)
                ? null
                : $"{path}: {one} / {other}";
        }

        if (!type.IsValueType && !_compared.Add((one, other)))
            return null;
        // How the newest observations are laid out in blocks is no part of their value.
        var isOfSystem = type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true;
        if (one is IEnumerable items && (isOfSystem || one is RecentObservations))
            return BetweenItems(items, (IEnumerable)other, path);
        for (var part = type; part is not null && part != typeof(object) && part != typeof(ValueType); part = part.BaseType)
        {
            foreach (var field in part.GetFields(Parts))
            {
                if (Between(field.GetValue(one), field.GetValue(other), $"{path}.{field.Name}") is { } difference)
                    return difference;
            }
        }

        return null;
    }

    private string? BetweenItems(IEnumerable one, IEnumerable other, string path)
    {
        var (items, others) = (Sorted(one), Sorted(other));
        if (items.Length != others.Length)
            return $"{path}: {items.Length} / {others.Length} items";
        for (var index = 0; index < items.Length; index++)
        {
            if (Between(items[index], others[index], $"{path}[{index}]") is { } difference)
                return difference;
        }

        return null;
    }

    private static object?[] Sorted(IEnumerable items)
    {
        var all = items.Cast<object?>().ToArray();
        var kind = items.GetType();
        var isSorted = !kind.IsGenericType
            || kind.GetGenericTypeDefinition() is var shape
            && shape != typeof(ImmutableDictionary<,>)
            && shape != typeof(ImmutableHashSet<>);
        return isSorted ? all : [.. all.OrderBy(KeyOf, StringComparer.Ordinal)];
    }

    private static string KeyOf(object? item) =>
        (item?.GetType().GetProperty("Key") is { } key ? key.GetValue(item) : item)?.ToString() ?? "";

    private sealed class Pairs : IEqualityComparer<(object, object)>
    {
        public static readonly Pairs Instance = new();

        public bool Equals((object, object) x, (object, object) y) =>
            ReferenceEquals(x.Item1, y.Item1) && ReferenceEquals(x.Item2, y.Item2);

        public int GetHashCode((object, object) pair) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Item1);
    }
}
