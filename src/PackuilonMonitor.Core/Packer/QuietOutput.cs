using System.Buffers;
using System.Text;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// Output of a provisioner that says nothing: no step, no id, no word of a failure, nothing that continues such a line. Most lines of a
/// build log are like this, and found here they need not become text. See <see cref="BuildLogDraft.Apply(ReadOnlySpan{byte}, long,
/// DateTimeOffset?)"/>.
/// </summary>
public static class QuietOutput
{
    /// <summary>Longer lines are rare, and are read like any other.</summary>
    private const int LongestText = 1_000;

    private const int LongestName = 80;

    /// <summary>A run is copied, and what is larger than this has a cost of its own.</summary>
    private const int LongestRun = 64 * 1024;

    private const byte Escape = 0x1b;

    private static readonly SearchValues<byte> NameLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    /// <summary>The first lines as far as they are whole, quiet, and have the same builder, place and colour.</summary>
    /// <param name="lines">Bytes of a build log from the beginning of a line on.</param>
    /// <param name="count">The number of lines; 0, or at least 2.</param>
    /// <returns>Their length in bytes, with the line ends.</returns>
    public static int RunLength(ReadOnlySpan<byte> lines, out int count)
    {
        (count, var length) = (0, 0);
        if (PrefixLength(lines) is not (> 0 and var front))
            return 0;
        var prefix = lines[..front];
        Span<char> room = stackalloc char[LongestText];
        var isBracket = lines[front] == '[';
        while (length < LongestRun)
        {
            var rest = lines[length..];
            if (!rest.StartsWith(prefix) || rest.IndexOf((byte)'\n') is not (>= 0 and var end) || !IsQuiet(rest[front..end], prefix, room))
                break;

            // Behind an arrow a bracket decides whether a line is output where other lines are steps.
            if (IsBold(prefix) && isBracket != (rest[front] == '['))
                break;
            (count, length) = (count + 1, length + end + 1);
        }

        return count > 1 ? length : count = 0;
    }

    /// <summary>The length of what a builder puts before a line of output, up to the blank after its colon; 0 for any other line.</summary>
    private static int PrefixLength(ReadOnlySpan<byte> line)
    {
        //     openstack: Loaded plugins: fastestmirror
        // ␛[0;32m    openstack: Loaded plugins: fastestmirror␛[0m
        // ␛[1;32m==> openstack: Loaded plugins: fastestmirror␛[0m
        var at = line is [(byte)' ', (byte)' ', (byte)' ', (byte)' ', ..] ? 4
            : line is [Escape, (byte)'[', (byte)'0', (byte)';', (byte)'3', >= (byte)'0' and <= (byte)'7', (byte)'m', ..]
                && line[7..].StartsWith("    "u8) ? 11
            : line is [Escape, (byte)'[', (byte)'1', (byte)';', (byte)'3', >= (byte)'2' and <= (byte)'6', (byte)'m', ..]
                && line[7..].StartsWith("==> "u8) ? 11
            : 0;
        if (at == 0 || line.Length == at || !char.IsAsciiLetter((char)line[at]))
            return 0;

        // A name with a blank has a post-processor or a time behind it.
        var name = line.Slice(at, Math.Min(LongestName, line.Length - at));
        at += name.IndexOfAnyExcept(NameLetters) is var end && end < 0 ? name.Length : end;
        return line.Length > at + 2 && line[at..].StartsWith(": "u8) ? at + 2 : 0;
    }

    private static bool IsBold(ReadOnlySpan<byte> prefix) => prefix[0] == Escape && prefix[2] == '1';

    private static bool IsQuiet(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> prefix, Span<char> room)
    {
        if (prefix[0] == Escape)
        {
            if (!bytes.EndsWith("\u001b[0m"u8))
                return false;
            bytes = bytes[..^4];
        }

        if (bytes.Length > LongestText)
            return false;
        ReadOnlySpan<char> text = room[..Encoding.UTF8.GetChars(bytes, room)];

        // What is no UTF-8 has other bytes once it was text.
        return PlainLine.FirstControl(text) < 0
            && !text.Contains('\uFFFD')
            && !text.IsWhiteSpace()
            && !PackerGrammar.MayMeanMore(text)
            && !(IsBold(prefix) && StepGrammar.MayKnow(text))
            && !ToolOutput.IsOfResult(text)
            && !ErrorWords.IsSure(text);
    }
}
