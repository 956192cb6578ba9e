using System.Runtime.InteropServices;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// Finds out whether a text contains any of many words. It looks at every fourth place only: four letters at one of four places in a row
/// are in each word. The runtime's own search of many words looks at each letter where the processor cannot shuffle bytes.
/// </summary>
public sealed class WordSearch
{
    private const int Stride = 4;
    private const int ShortestWord = 2 * Stride - 1;
    private const int MarkBits = 14;

    // A bit for each mark, because these few kilobytes stay near the processor while the table of places does not.
    private readonly ulong[] _marks = new ulong[(1 << MarkBits) / 64];
    private readonly (string Word, int Offset)[]?[] _places = new (string, int)[]?[1 << MarkBits];

    /// <param name="words">At least seven letters each; the case of letters counts.</param>
    /// <exception cref="ArgumentException">A word is shorter.</exception>
    public WordSearch(IReadOnlyList<string> words)
    {
        if (words.FirstOrDefault(word => word.Length < ShortestWord) is { } shorter)
            throw new ArgumentException($"shorter than {ShortestWord} letters: {shorter}", nameof(words));
        var places = words.SelectMany(_ => Enumerable.Range(0, Stride), (word, offset) => (Word: word, Offset: offset));
        foreach (var group in places.GroupBy(place => MarkOf(Letters(place.Word, place.Offset))))
        {
            _marks[group.Key / 64] |= 1UL << (group.Key % 64);
            _places[group.Key] = [.. group];
        }
    }

    public bool IsAnyIn(ReadOnlySpan<char> text)
    {
        for (var at = 0; at <= text.Length - Stride; at += Stride)
        {
            var mark = MarkOf(Letters(text, at));
            if ((_marks[mark / 64] & 1UL << (mark % 64)) != 0 && IsAnyAt(text, at, _places[mark]!))
                return true;
        }

        return false;
    }

    private static bool IsAnyAt(ReadOnlySpan<char> text, int at, (string Word, int Offset)[] places)
    {
        foreach (var (word, offset) in places)
        {
            if (at >= offset && text[(at - offset)..].StartsWith(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static ulong Letters(ReadOnlySpan<char> text, int at) =>
        MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text.Slice(at, Stride)));

    private static int MarkOf(ulong letters) => (int)(letters * 0x9E3779B97F4A7C15 >> (64 - MarkBits));
}
