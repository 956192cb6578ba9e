using Sprache;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// Leaves for Sprache rules that take a slice of the line at once. Sprache's own leaves go character by character and
/// allocate for each; with these a line costs a tenth (docs/decisions/0005).
/// </summary>
internal static class Slices
{
    /// <summary>Exactly this text.</summary>
    public static Parser<string> Literal(string text) => input =>
        input.Source.AsSpan(input.Position).StartsWith(text, StringComparison.Ordinal)
            ? Result.Success(text, LineInput.At(input, input.Position + text.Length))
            : Result.Failure<string>(input, "unexpected text", [text]);

    /// <summary>The text before the first <paramref name="end"/>, which is taken too and must be there.</summary>
    public static Parser<string> Until(string end) => input =>
    {
        var length = input.Source.AsSpan(input.Position).IndexOf(end, StringComparison.Ordinal);
        return length >= 0
            ? Result.Success(input.Source.Substring(input.Position, length), LineInput.At(input, input.Position + length + end.Length))
            : Result.Failure<string>(input, "unexpected end", [end]);
    };

    /// <summary>The text before the last <paramref name="end"/>, which is taken too and must be there.</summary>
    public static Parser<string> UntilLast(string end) => input =>
    {
        var length = input.Source.AsSpan(input.Position).LastIndexOf(end, StringComparison.Ordinal);
        return length >= 0
            ? Result.Success(input.Source.Substring(input.Position, length), LineInput.At(input, input.Position + length + end.Length))
            : Result.Failure<string>(input, "unexpected end", [end]);
    };

    /// <summary>At least one character that is no blank.</summary>
    public static readonly Parser<string> Word = input =>
    {
        var rest = input.Source.AsSpan(input.Position);
        var length = rest.IndexOf(' ');
        if (length < 0)
            length = rest.Length;
        return length > 0
            ? Result.Success(input.Source.Substring(input.Position, length), LineInput.At(input, input.Position + length))
            : Result.Failure<string>(input, "unexpected blank", ["a word"]);
    };

    /// <summary>Digits of a number that a <see cref="long"/> can hold.</summary>
    public static readonly Parser<long> Number = input =>
    {
        var end = input.Position;
        while (end < input.Source.Length && char.IsAsciiDigit(input.Source[end]))
            end++;
        return long.TryParse(input.Source.AsSpan(input.Position, end - input.Position), out var number)
            ? Result.Success(number, LineInput.At(input, end))
            : Result.Failure<long>(input, "unexpected text", ["a number"]);
    };

    /// <summary>All that is left, also if that is nothing.</summary>
    public static readonly Parser<string> Rest = input =>
        Result.Success(input.Source[input.Position..], LineInput.At(input, input.Source.Length));

    /// <summary>The end of the line, with nothing left over.</summary>
    public static readonly Parser<bool> End = input =>
        input.AtEnd ? Result.Success(true, input) : Result.Failure<bool>(input, "text left over", ["end of line"]);

    /// <summary>The first of these rules that accepts. Of failures, the one that came furthest.</summary>
    public static Parser<T> FirstOf<T>(params Parser<T>[] rules) => input =>
    {
        IResult<T>? furthest = null;
        foreach (var rule in rules)
        {
            var result = rule(input);
            if (result.WasSuccessful)
                return result;
            if (furthest is null || result.Remainder.Position > furthest.Remainder.Position)
                furthest = result;
        }

        return furthest!;
    };

    /// <summary>Accepts nothing and succeeds.</summary>
    public static Parser<T> Nothing<T>() => input => Result.Success(default(T)!, input);

    /// <summary>
    /// The rule of the first start that the text begins with, over the whole text from there and to its end. A rule that
    /// fails is not followed by others, so its failure says where the text left the known path.
    /// </summary>
    public static Parser<T> ByStart<T>(params (string Start, Parser<T> Rule)[] rules)
    {
        var whole = rules.Select(entry => (entry.Start, Rule: from value in entry.Rule from end in End select value)).ToArray();
        return input =>
        {
            var text = input.Source.AsSpan(input.Position);
            foreach (var (start, rule) in whole)
            {
                if (text.StartsWith(start, StringComparison.Ordinal))
                    return rule(input);
            }

            return Result.Failure<T>(input, "unknown sentence", ["a known sentence"]);
        };
    }

    /// <summary>Runs a rule over a whole line.</summary>
    public static IResult<T> ParseLine<T>(this Parser<T> rule, string line, int from = 0) => rule(new LineInput(line, from));
}
