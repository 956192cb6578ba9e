namespace PackuilonMonitor.Core;

/// <summary>
/// Texts that come again and again, such as the names of hosts, images and steps: one string for all. It only saves memory. The table has a
/// fixed size, so a text takes the place of another; any thread may use it.
/// </summary>
public static class SharedText
{
    private const int Places = 4096;

    /// <summary>A longer text hardly comes again.</summary>
    private const int Longest = 100;

    private static readonly string?[] Known = new string?[Places];

    /// <summary>A string of this text.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest)
            return text.ToString();
        ref var place = ref Known[Place(text)];
        // Read once: another thread may replace it.
        var known = place;
        return known is not null && text.SequenceEqual(known) ? known : place = text.ToString();
    }

    private static uint Place(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619u;
        return (hash ^ (hash >> 16)) % Places;
    }
}
