using System.Text;

namespace PackuilonMonitor.Simulation;

/// <summary>Text that can contain invalid UTF-8: U+DC80 to U+DCFF represent the bytes 80 to FF, as in Python.</summary>
internal static class RawText
{
    public static byte[] Encode(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\udc80', '\udcff') < 0)
            return Encoding.UTF8.GetBytes(text);

        var bytes = new List<byte>(text.Length + 16);
        foreach (var rune in text.EnumerateRunesOrRaw())
            bytes.AddRange(rune);
        return [.. bytes];
    }

    /// <summary>The text as a reader of the bytes decodes it.</summary>
    public static string Decoded(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : Encoding.UTF8.GetString(Encode(text));

    private static IEnumerable<byte[]> EnumerateRunesOrRaw(this string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is >= '\udc80' and <= '\udcff')
                yield return [(byte)(text[at] - 0xdc00)];
            else if (char.IsHighSurrogate(text[at]))
                yield return Encoding.UTF8.GetBytes(text.Substring(at++, 2));
            else
                yield return Encoding.UTF8.GetBytes(text.Substring(at, 1));
        }
    }
}
