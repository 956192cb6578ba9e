using System.Text.RegularExpressions;

namespace PackuilonMonitor.App;

/// <summary>
/// What was typed to choose rows: a regular expression; small letters match capitals too. One that cannot be used so is
/// plain text, and <see cref="IsPlain"/> says it.
/// </summary>
public sealed class TextFilter
{
    private readonly string _text;
    private readonly Regex? _pattern;
    private readonly StringComparison _comparison;

    private TextFilter(string text)
    {
        var anyCase = !text.Any(char.IsUpper);
        (_text, _comparison) = (text, anyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        try
        {
            // Without backtracking no pattern, however clumsy, can hold up the screen.
            _pattern = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (anyCase ? RegexOptions.IgnoreCase : 0));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            _pattern = null;
        }
    }

    /// <summary>The text is no regular expression that could be used, and is looked for as it stands.</summary>
    public bool IsPlain => _pattern is null;

    public static TextFilter Of(string text) => new(text);

    public bool Matches(string text) => _pattern?.IsMatch(text) ?? text.Contains(_text, _comparison);
}
