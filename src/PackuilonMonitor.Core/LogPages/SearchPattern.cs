using System.Text.RegularExpressions;

namespace PackuilonMonitor.Core.LogPages;

/// <summary>
/// A search pattern: a regular expression, or plain text if it is not a valid one. Small letters match capitals too, unless the
/// pattern has a capital.
/// </summary>
public sealed record SearchPattern
{
    /// <summary>Longer patterns are cut: nobody types them.</summary>
    public const int Longest = 500;

    private readonly Regex? _regex;

    private SearchPattern(string text, bool ignoresCase, Regex? regex) => (Text, IgnoresCase, _regex) = (text, ignoresCase, regex);

    public string Text { get; }

    public bool IgnoresCase { get; }

    /// <summary>The text is not a regular expression that runs in linear time, so it is searched as plain text.</summary>
    public bool IsPlain => _regex is null;

    /// <summary>Null for an empty text.</summary>
    public static SearchPattern? Of(string? text, SearchHow how = default)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var pattern = text.Length <= Longest ? text : text[..Longest];
        var ignoresCase = how.Case switch
        {
            SearchCase.Smart => !HasCapital(pattern),
            SearchCase.Ignored => true,
            SearchCase.Counts => false,
        };
        return new SearchPattern(pattern, ignoresCase, how.Plain ? null : Compiled(pattern, ignoresCase));
    }

    public bool IsMatch(string line) => _regex?.IsMatch(line) ?? line.Contains(Text, Comparison);

    /// <summary>The matches in a line, left to right, at most <paramref name="most"/>; empty ones are skipped.</summary>
    public IEnumerable<(int Start, int Length)> Matches(string line, int most)
    {
        var matches = _regex is null ? PlainMatches(line) : _regex.Matches(line).Select(match => (match.Index, match.Length));
        return matches.Where(match => match.Item2 > 0).Take(most);
    }

    public bool Equals(SearchPattern? other) =>
        other is not null && (Text, IgnoresCase, IsPlain) == (other.Text, other.IgnoresCase, other.IsPlain);

    public override int GetHashCode() => HashCode.Combine(Text, IgnoresCase, IsPlain);

    public override string ToString() => Text;

    private StringComparison Comparison => IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private IEnumerable<(int Start, int Length)> PlainMatches(string line)
    {
        for (var at = line.IndexOf(Text, Comparison); at >= 0; at = line.IndexOf(Text, at + Text.Length, Comparison))
            yield return (at, Text.Length);
    }

    // A log is hostile: only the engine that never backtracks is allowed, and it refuses a few constructs.
    private static Regex? Compiled(string pattern, bool ignoresCase)
    {
        try
        {
            return new Regex(
                pattern,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None)
            );
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // The capital of \S or \W is an operator's, not a letter's.
    private static bool HasCapital(string pattern)
    {
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '\\')
                at++;
            else if (char.IsUpper(pattern[at]))
                return true;
        }

        return false;
    }
}
