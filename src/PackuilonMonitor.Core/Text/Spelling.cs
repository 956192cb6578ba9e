namespace PackuilonMonitor.Core.Text;

/// <summary>What somebody may have meant.</summary>
public static class Spelling
{
    private const int Longest = 60;

    /// <summary>The name with the fewest letters to change; of names there must be one.</summary>
    public static string Nearest(string typed, IEnumerable<string> names) => names.MinBy(name => Distance(typed, name))!;

    /// <summary>
    /// The end of a complaint: the name that was meant, if one is near, otherwise one as an example; of names there must be one.
    /// </summary>
    /// <param name="around">The name as it is typed, where X stands for it.</param>
    public static string Offer(string typed, IEnumerable<string> names, string around = "X")
    {
        var all = names.ToList();
        var near = all.Exists(name => IsNear(typed, name)) ? Nearest(typed, all.Where(name => IsNear(typed, name))) : null;
        var shown = around.Replace("X", near ?? all[0], StringComparison.Ordinal);
        return near is null ? $"give one like {shown}" : $"did you mean {shown}?";
    }

    /// <summary>Two letters of five may be wrong; or one is the beginning of the other.</summary>
    private static bool IsNear(string typed, string name) =>
        Distance(typed, name) <= Math.Min(typed.Length, Longest) * 2 / 5
        || typed.Trim('-').Length > 1
            && (name.StartsWith(typed, StringComparison.Ordinal) || typed.StartsWith(name, StringComparison.Ordinal));

    /// <summary>How many letters must be changed, added or taken away; of long words only the beginning is looked at.</summary>
    private static int Distance(string one, string other)
    {
        var (from, to) = (one[..Math.Min(one.Length, Longest)], other[..Math.Min(other.Length, Longest)]);
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
