namespace PackuilonMonitor.Screen.Panes;

/// <summary>A cause in fewer words.</summary>
public static class CauseWords
{
    /// <summary>Of each absolute path only the last name: it is what tells one file from another.</summary>
    public static string WithoutDirectories(string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal))
            return text;
        return string.Join(' ', text.Split(' ').Select(word => IsPath(word) ? LastName(word) : word));
    }

    /// <summary>How many letters tell the cause itself: what is behind two blanks, or quoted, is beside it.</summary>
    public static int EssentialOf(string text)
    {
        int[] ends = [text.IndexOf("  ", StringComparison.Ordinal), text.IndexOf(": \"", StringComparison.Ordinal)];
        return ends.Where(end => end >= 0).DefaultIfEmpty(text.Length).Min();
    }

    private static bool IsPath(string word) =>
        word.TrimStart('(', '"', '\'') is ['/', ..] path && path.AsSpan(1).Contains('/') && !path.EndsWith('/');

    private static string LastName(string word)
    {
        var start = word.IndexOf('/', StringComparison.Ordinal);
        return string.Concat(word.AsSpan(0, start), word.AsSpan(word.LastIndexOf('/') + 1));
    }
}
