using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Health;

/// <summary>What is wrong, in one line of any width: names without room are left out, and a sign stands for them.</summary>
/// <param name="After">Stays where names do not.</param>
public sealed record CheckSummary(string Before, ImmutableArray<string> Names, string After)
{
    /// <summary>In fewer columns a name says nothing, and the line is cut at its end instead.</summary>
    private const int ShortestName = 8;

    private const string More = ", …";

    public static CheckSummary Of(string text) => new(text, [], "");

    public string In(int columns)
    {
        var text = Before;
        var room = columns - Before.Length - After.Length - (Names.Length > 1 ? More.Length : 0);
        if (Names.IsEmpty || room < Math.Min(ShortestName, Names[0].Length))
            return Cut($"{Before}{string.Join(", ", Names)}{After}", columns);
        foreach (var (at, name) in Names.Index())
        {
            var rest = at + 1 < Names.Length ? More : "";
            var part = at == 0 ? name : $", {name}";
            if (text.Length + part.Length + rest.Length + After.Length <= columns)
                text += part;
            else if (at == 0)
                return $"{text}{Cut(part, room)}{rest}{After}";
            else
                return $"{text}{More}{After}";
        }

        return text + After;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : length <= 1 ? "…" : $"{text[..(length - 1)]}…";
}
