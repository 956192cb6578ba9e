using System.Buffers;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// Removes from a line what differs in every build (ids, dates, times, numbers, encoded names, temporary names), so that two builds' lines
/// can be compared.
/// </summary>
public static class LineMask
{
    private const char Masked = '#';
    private const int UuidLength = 36;

    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+_=-");

    /// <summary>Days and months as programs write them in dates; masked only if a number follows.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> DateWords = new HashSet<string>(
        "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".Split(' ')).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The line with <c>#</c> for everything masked, without escapes, with single spaces.</summary>
    public static string Of(string line)
    {
        var text = PlainLine.Of(line).Text;
        var room = ArrayPool<char>.Shared.Rent(text.Length + 1);
        try
        {
            return room.AsSpan(0, Write(text, room)).ToString();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(room);
        }
    }

    /// <summary>A number that two lines share if their masks are equal (and by accident once in 2^64).</summary>
    public static ulong HashOf(string line)
    {
        var text = PlainLine.Of(line).Text;
        var room = ArrayPool<char>.Shared.Rent(text.Length + 1);
        try
        {
            return Hash(room.AsSpan(0, Write(text, room)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(room);
        }
    }

    /// <summary>FNV-1a over UTF-16 units: unlike string hashes it is the same in every run of the program.</summary>
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
            hash = (hash ^ unit) * 1099511628211UL;
        return hash;
    }

    private static int Write(ReadOnlySpan<char> text, Span<char> room)
    {
        var kept = 0;
        var last = 0;
        while (text.Length > 0)
        {
            var length = text.IndexOfAnyExcept(WordCharacters);
            if (length < 0)
                length = text.Length;
            if (length > 0)
            {
                // "4 minutes 1 second" equals "8 minutes": the units are dropped, and the numbers become one.
                if (IsUnit(text[..length]) && kept > 1 && room[kept - 1] == ' ' && room[kept - 2] == Masked)
                {
                    kept = last > 1 && last == kept - 2 && room[last - 1] == ' ' && room[last - 2] == Masked ? last - 1 : kept - 1;
                    last = kept + 1;
                }
                else
                {
                    kept += WriteWord(text[..length], text[length..], room[kept..], kept > 0 ? room[kept - 1] : ' ');
                }

                text = text[length..];
                continue;
            }

            // Tables pad with spaces to the longest id.
            if (text[0] != ' ' || kept == 0 || room[kept - 1] != ' ')
                room[kept++] = text[0];
            text = text[1..];
        }

        return kept > 0 && room[kept - 1] == ' ' ? kept - 1 : kept;
    }

    private static int WriteWord(ReadOnlySpan<char> word, ReadOnlySpan<char> rest, Span<char> room, char before)
    {
        if (IsDateWord(word, rest) || IsEncoded(word) || IsHex(word) || IsTemporary(word, before))
        {
            room[0] = Masked;
            return 1;
        }

        // packer_5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b is a name with an id in it.
        if (UuidIn(word) is >= 0 and var id)
        {
            var front = id == 0 ? 0 : WriteWord(word[..id], word[id..], room, before);
            room[front++] = Masked;
            var behind = word[(id + UuidLength)..];
            return behind.Length == 0 ? front : front + WriteWord(behind, rest, room[front..], Masked);
        }

        var kept = 0;
        for (var at = 0; at < word.Length; at++)
        {
            if (!char.IsAsciiDigit(word[at]))
                room[kept++] = word[at];
            else if (kept == 0 || room[kept - 1] != Masked)
                room[kept++] = Masked;
        }

        return kept;
    }

    /// <summary>Where an id begins within a longer word, or -1.</summary>
    private static int UuidIn(ReadOnlySpan<char> word)
    {
        for (var at = 0; at + UuidLength <= word.Length; at++)
        {
            if (word[at + 8] == '-' && word[at + 13] == '-' && Guid.TryParseExact(word.Slice(at, UuidLength), "D", out _))
                return at;
        }

        return -1;
    }

    private static bool IsUnit(ReadOnlySpan<char> word) =>
        word is "hour" or "hours" or "minute" or "minutes" or "second" or "seconds" or "millisecond" or "milliseconds" or "microseconds";

    private static bool IsDateWord(ReadOnlySpan<char> word, ReadOnlySpan<char> rest)
    {
        if (word.Length != 3 || !DateWords.Contains(word))
            return false;
        var next = rest.TrimStart(' ');
        return next.Length > 0
            && (
                char.IsAsciiDigit(next[0])
                || next.Length > 4
                    && DateWords.Contains(next[..3])
                    && char.IsAsciiDigit(next[3..].TrimStart(' ') is [var digit, ..] ? digit : ' ')
            );
    }

    /// <summary>
    /// Ids and digests, also in the pieces that a table wraps: groups of six or more hexadecimal digits, with a decimal digit among them.
    /// </summary>
    private static bool IsHex(ReadOnlySpan<char> word)
    {
        var digits = 0;
        var hex = 0;
        foreach (var character in word)
        {
            if (character != '-' && !char.IsAsciiHexDigit(character))
                return false;
            if (char.IsAsciiDigit(character))
                digits++;
            if (character != '-')
                hex++;
        }

        return hex >= 6 && digits > 0;
    }

    /// <summary>Base64 and similar: long, with small letters, capitals and digits mixed.</summary>
    private static bool IsEncoded(ReadOnlySpan<char> word) =>
        word.Length >= 16
        && !word.Contains('-')
        && word.IndexOfAnyInRange('0', '9') >= 0
        && word.IndexOfAnyInRange('a', 'z') >= 0
        && word.IndexOfAnyInRange('A', 'Z') >= 0;

    /// <summary>What mktemp makes of <c>tmp.XXXXXXXXXX</c>: letters, perhaps without a digit.</summary>
    private static bool IsTemporary(ReadOnlySpan<char> word, char before) =>
        before == '.' && word.Length is 6 or 8 or 10
        && word.IndexOfAnyInRange('a', 'z') >= 0
        && word[1..].IndexOfAnyInRange('A', 'Z') >= 0;
}
