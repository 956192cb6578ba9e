using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>Which program a tag names: exactly ours, with or without a path before it and a pid after it.</summary>
internal static class Ident
{
    private static readonly (string Name, Speaker Speaker)[] Ours =
    [
        ("rabbit2packer.py", Speaker.Rabbit2Packer),
        ("cdb2rabbit.py", Speaker.Cdb2Rabbit),
        ("cdp-listend", Speaker.CdpListend),
    ];

    // /rabbit2packer.py:   /rabbit2packer.py[32587]:   rabbit2packer.py:   /usr/sbin/cdp-listend[3580]:
    public static Speaker? OfTag(ReadOnlySpan<char> tag)
    {
        if (tag is not [.., ':'])
            return null;
        tag = tag[..^1];
        if (tag is [.., ']'])
        {
            var open = tag.LastIndexOf('[');
            if (open < 0 || open + 2 == tag.Length || tag[(open + 1)..^1].ContainsAnyExceptInRange('0', '9'))
                return null;
            tag = tag[..open];
        }

        return OfName(tag);
    }

    /// <summary>The program of an APP-NAME, which has neither colon nor pid.</summary>
    public static Speaker? OfName(ReadOnlySpan<char> name)
    {
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (var (ours, program) in Ours)
        {
            if (name.SequenceEqual(ours))
                return program;
        }

        return null;
    }
}
