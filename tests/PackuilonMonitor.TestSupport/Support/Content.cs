using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Tests.Support;

/// <summary>All that a value holds, as paths of properties with their texts: what it stores, not what it computes from that.</summary>
internal static class Content
{
    /// <summary>Properties that say nothing (null, zero, no, empty, the usual source) are left out.</summary>
    public static Dictionary<string, string> Of(object? value) => Of(value, BindingFlags.Public);

    /// <summary>The same with the properties that only the type itself or its project sees.</summary>
    public static Dictionary<string, string> OfAll(object? value) => Of(value, BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>What is other than before, in one line: new values, and with a minus what is gone.</summary>
    public static string Changes(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        string.Join(
            ", ",
            [
                .. now.Where(part => before.GetValueOrDefault(part.Key) != part.Value).Select(part => $"{part.Key} {part.Value}".Trim()),
                .. before.Keys.Except(now.Keys).Select(path => $"-{path}"),
            ]
        );

    private static Dictionary<string, string> Of(object? value, BindingFlags which)
    {
        var parts = new Dictionary<string, string>();
        Add("", value, which, parts);
        return parts;
    }

    private static void Add(string path, object? value, BindingFlags which, Dictionary<string, string> to)
    {
        switch (value)
        {
            case null or false or "" or 0 or 0L or ICollection { Count: 0 }:
                break;
            case SourceId source when source == Given.Messages:
                break;
            case TimeSpan span when span == TimeSpan.Zero:
                break;
            case DateTimeOffset at:
                to[path] = at.ToString(at.Date == Given.Noon.Date ? "HH:mm:ss.FFF" : "MMM d HH:mm:ss.FFF", CultureInfo.InvariantCulture);
                break;
            case bool or string or Enum or IFormattable:
                to[path] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                break;
            case IDictionary all:
                foreach (var key in all.Keys)
                    Add($"{path}[{key}]", all[key], which, to);
                break;
            case IEnumerable all:
                foreach (var (at, one) in all.Cast<object?>().Index())
                    Add($"{path}[{at}]", one, which, to);
                break;
            case ITuple parts:
                for (var at = 0; at < parts.Length; at++)
                    Add($"{path}.{at}", parts[at], which, to);
                break;
            default:
                AddProperties(path, value, which, to);
                break;
        }
    }

    private static void AddProperties(string path, object value, BindingFlags which, Dictionary<string, string> to)
    {
        var properties = Stored(value.GetType(), which).ToList();
        // A value with a name of its own, such as Thread-1.
        if (properties.Count == 1 && path.Length > 0 && value.ToString() is { } own && !own.Contains('{', StringComparison.Ordinal))
        {
            to[path] = own;
            return;
        }

        // Which of a family it is.
        if (path.Length > 0 && IsOneOfAFamily(value.GetType()))
            to[path] = value.GetType().Name;
        foreach (var property in properties)
            Add(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.GetValue(value), which, to);
    }

    private static bool IsOneOfAFamily(Type type) =>
        type.BaseType is { } parent && parent != typeof(ValueType) && (parent.IsAbstract || IsOneOfAFamily(parent));

    private static IEnumerable<PropertyInfo> Stored(Type type, BindingFlags which) =>
        (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? Stored(parent, which) : []).Concat(
            type.GetProperties(BindingFlags.Instance | BindingFlags.DeclaredOnly | which)
                .Where(property => HasField(type, $"<{property.Name}>k__BackingField") || HasField(type, $"<{property.Name}>i__Field"))
        );

    private static bool HasField(Type type, string name) => type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
