namespace PackuilonMonitor.Screen.Text;

/// <summary>A text over several lines.</summary>
public static class WordWrap
{
    /// <summary>Lines of at most so many characters, cut at blanks where there are some; none of an empty text.</summary>
    public static IEnumerable<string> Lines(string text, int room)
    {
        for (var rest = text.Trim(); rest.Length > 0;)
        {
            if (rest.Length <= room)
            {
                yield return rest;
                yield break;
            }

            var blank = rest.LastIndexOf(' ', room);
            var cut = blank > 0 ? blank : room;
            yield return rest[..cut];
            rest = rest[cut..].TrimStart();
        }
    }
}
