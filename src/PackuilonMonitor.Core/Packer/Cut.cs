namespace PackuilonMonitor.Core.Packer;

/// <summary>Shortens text without leaving half of a character at its end.</summary>
internal static class Cut
{
    public static string To(ReadOnlySpan<char> text, int longest)
    {
        var length = Math.Min(text.Length, longest);
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].ToString();
    }

    /// <summary>The same, with a sign that something is missing.</summary>
    public static string WithSign(string text, int longest) =>
        text.Length <= longest ? text : To(text, longest - 1) + "…";
}
