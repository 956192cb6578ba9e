using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// Scans the bytes of many lines at once and stops only where a line may concern us; <see cref="LineFilter"/> then checks that line. One
/// pass counts the line ends and searches two neighbouring bytes of each name.
/// </summary>
public static class LineSieve
{
    // Pairs that are rare in a system log: raBBit2packer and cdb2raBBit, cdP-listend; messAGes, in the sentences of rsyslogd and journald
    // about dropped ones. A structured header, which may have lost the name, has a version after its priority: <14>1. A NUL is for the
    // reader to handle.
    private static ReadOnlySpan<byte> Rabbit => "rabbit"u8;
    private static ReadOnlySpan<byte> Listener => "cdp-listend"u8;
    private static ReadOnlySpan<byte> Messages => "messages"u8;
    private static ReadOnlySpan<byte> Version => ">1 "u8;

    /// <summary>
    /// The first place in a line that may concern us, or -1: no line before that one does. The bytes begin with a line; the line ends
    /// before the place, or all if there is none, are counted.
    /// </summary>
    public static int Next(ReadOnlySpan<byte> lines, out int lineEnds)
    {
        lineEnds = 0;
        var at = 0;

        // A line end counts in the lane of its byte: not every processor counts bits fast, and all add bytes.
        var (counts, counted) = (Vector128<byte>.Zero, 0);
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
            for (var bits = places.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                if (Place(lines, at + bit) is not (>= 0 and var place))
                    continue;
                lineEnds += Sum(counts) + BitOperations.PopCount(ends.ExtractMostSignificantBits() & ((2u << bit) - 1));
                return place;
            }

            // A lane of equal bytes is all ones, which is -1.
            counts -= ends;
            if (++counted < byte.MaxValue)
                continue;
            lineEnds += Sum(counts);
            (counts, counted) = (Vector128<byte>.Zero, 0);
        }

        lineEnds += Sum(counts);

        for (; at < lines.Length; at++)
        {
            lineEnds += lines[at] == '\n' ? 1 : 0;
            if (Place(lines, at) is >= 0 and var place)
                return place;
        }

        return -1;
    }

    private static int Sum(Vector128<byte> counts)
    {
        var (low, high) = Vector128.Widen(counts);
        return Vector128.Sum(low + high);
    }

    // The place that a pair indicates.
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
