using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// Runs over the bytes of many lines at once and stops only where a line may concern us; <see cref="LineFilter"/> then
/// looks at that one line. One pass counts the line ends and looks for two neighbouring bytes of each name.
/// </summary>
public static class LineSieve
{
    // Pairs that are rare in a system log: raBBit2packer and cdb2raBBit, cdP-listend; messAGes, of which rsyslogd and journald
    // tell that they threw them away. A structured header, which may have lost the name, has a version behind its priority:
    // <14>1; a NUL is for the reader to judge.
    private static ReadOnlySpan<byte> Rabbit => "rabbit"u8;
    private static ReadOnlySpan<byte> Listener => "cdp-listend"u8;
    private static ReadOnlySpan<byte> Messages => "messages"u8;
    private static ReadOnlySpan<byte> Version => ">1 "u8;

    /// <summary>
    /// The first place in a line that may concern us, or -1: every line before the one it lies in is certainly of no
    /// concern. The bytes begin with a line; the line ends before the place, or all where there is none, are counted.
    /// </summary>
    public static int Next(ReadOnlySpan<byte> lines, out int lineEnds)
    {
        lineEnds = 0;
        var at = 0;
        ref var start = ref MemoryMarshal.GetReference(lines);
        for (; at + Vector128<byte>.Count < lines.Length; at += Vector128<byte>.Count)
        {
            var here = Vector128.LoadUnsafe(ref start, (nuint)at);
            var next = Vector128.LoadUnsafe(ref start, (nuint)at + 1);
            var ends = Vector128.Equals(here, Vector128.Create((byte)'\n'));
            var places = (Vector128.Equals(here, Vector128.Create((byte)'b')) & Vector128.Equals(next, Vector128.Create((byte)'b')))
                | (Vector128.Equals(here, Vector128.Create((byte)'p')) & Vector128.Equals(next, Vector128.Create((byte)'-')))
                | (Vector128.Equals(here, Vector128.Create((byte)'a')) & Vector128.Equals(next, Vector128.Create((byte)'g')))
                | (Vector128.Equals(here, Vector128.Create((byte)'>')) & Vector128.Equals(next, Vector128.Create((byte)'1')))
                | Vector128.Equals(here, Vector128<byte>.Zero);
            var endBits = ends.ExtractMostSignificantBits();
            for (var bits = places.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                if (Place(lines, at + bit) is not (>= 0 and var place))
                    continue;
                lineEnds += BitOperations.PopCount(endBits & ((2u << bit) - 1));
                return place;
            }

            lineEnds += BitOperations.PopCount(endBits);
        }

        for (; at < lines.Length; at++)
        {
            lineEnds += lines[at] == '\n' ? 1 : 0;
            if (Place(lines, at) is >= 0 and var place)
                return place;
        }

        return -1;
    }

    // The place that a pair tells of.
    private static int Place(ReadOnlySpan<byte> lines, int at) => lines[at] switch
    {
        0 => at,
        (byte)'>' => lines[at..].StartsWith(Version) ? at : -1,
        (byte)'b' => Stands(Rabbit, lines, at - 2) ? at : -1,
        (byte)'p' => Stands(Listener, lines, at - 2) ? at : -1,
        (byte)'a' => Stands(Messages, lines, at - 4) ? at : -1,
        _ => -1,
    };

    private static bool Stands(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lines, int start) =>
        start >= 0 && lines[start..].StartsWith(name);
}
