using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Segments;

/// <summary>A turn of health as bytes.</summary>
internal static class HealthFormat
{
    public static void Write(ByteWriter into, HealthTurned turned)
    {
        into.Text(turned.Turn);
        into.Text(turned.Code);
        into.Text(turned.Severity);
        into.TextOrNull(turned.Was);
        into.Number(turned.Count);
        into.Text(turned.Summary);
        into.TextOrNull(turned.Why);
        into.TextOrNull(turned.By);
        foreach (var ids in (ImmutableArray<string>[])[turned.Items, turned.Gone])
        {
            into.Unsigned((ulong)ids.Length);
            foreach (var id in ids)
                into.Text(id);
        }
    }

    public static HealthTurned Read(ref ByteReader from)
    {
        var turned = new HealthTurned(from.Text(), from.Text(), from.Text(), from.TextOrNull(), from.Number(), from.Text())
        {
            Why = from.TextOrNull(),
            By = from.TextOrNull(),
        };
        return turned with { Items = from.Texts(), Gone = from.Texts() };
    }
}
