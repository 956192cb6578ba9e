using System.Text;

namespace PackuilonMonitor.Tests.Support;

/// <summary>What a reader makes of a line with one letter changed or left out, for each place: a grammar's guards on both sides.</summary>
internal static class LetterTable
{
    /// <summary>
    /// The line, and below it a row for each change with a mark for each place: <c>.</c> read as before, <c>v</c> with another value,
    /// <c>K</c> as another kind, <c>-</c> not at all.
    /// </summary>
    /// <param name="from">The first place that is changed.</param>
    /// <param name="read">The kind and the value of a line; null where it is not read.</param>
    public static string Of(string line, int from, Func<string, (string Kind, string Value)?> read)
    {
        var text = new StringBuilder($"{line}\n");
        var before = read(line);
        foreach (var (name, change) in Changes)
        {
            text.Append(name);
            for (var at = from; at < line.Length; at++)
                text.Append(Mark(before, read($"{line[..at]}{change(line[at])}{line[(at + 1)..]}")));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static readonly (string Name, Func<char, string> Change)[] Changes =
    [
        ("  out    ", _ => ""),
        ("  twice  ", letter => $"{letter}{letter}"),
        ("  as x   ", _ => "x"),
        ("  as 7   ", _ => "7"),
        ("  as ' ' ", _ => " "),
        ("  as :   ", _ => ":"),
    ];

    private static char Mark((string Kind, string Value)? before, (string Kind, string Value)? now) =>
        now is null ? '-' : now == before ? '.' : now?.Kind == before?.Kind ? 'v' : 'K';
}
