using Sprache;

namespace PackuilonMonitor.Core.Slicing;

/// <summary>
/// Leaves for Sprache rules that take a slice of the line at once. Sprache's own leaves go character by character and allocate for each;
/// with these a line costs a tenth (docs/decisions/0005).
/// </summary>
public static class Slices
{
    /// <summary>Exactly this text.</summary>
    public static Parser<string> Literal(string text)
    {
        string[] expected = [text];
        return input => input.Source.AsSpan(input.Position).StartsWith(text, StringComparison.Ordinal)
            ? Result.Success(text, LineInput.At(input, input.Position + text.Length))
            : Result.Failure<string>(input, "unexpected text", expected);
    }

    /// <summary>The text before the first occurrence of this end, which must be there and is taken too.</summary>
    public static Parser<string> Until(string end) => Before(end, static (text, end) => text.IndexOf(end, StringComparison.Ordinal));

    /// <summary>The text before the last occurrence of this end, which must be there and is taken too.</summary>
    public static Parser<string> UntilLast(string end) =>
        Before(end, static (text, end) => text.LastIndexOf(end, StringComparison.Ordinal));

    private static Parser<string> Before(string end, Func<ReadOnlySpan<char>, string, int> find)
    {
        string[] expected = [end];
        return input =>
        {
            var rest = input.Source.AsSpan(input.Position);
            var length = find(rest, end);
            return length >= 0
                ? Result.Success(rest[..length].ToString(), LineInput.At(input, input.Position + length + end.Length))
                : Result.Failure<string>(input, "unexpected end", expected);
        };
    }

    /// <summary>At least one character that is not a space.</summary>
    public static readonly Parser<string> Word = input =>
    {
        var rest = input.Source.AsSpan(input.Position);
        var length = rest.IndexOf(' ');
        if (length < 0)
            length = rest.Length;
        return length > 0
            ? Result.Success(SharedText.Of(input.Source.AsSpan(input.Position, length)), LineInput.At(input, input.Position + length))
            : Result.Failure<string>(input, "unexpected blank", ["a word"]);
    };

    /// <summary>At least one character that is not a space, and the space after it.</summary>
    public static readonly Parser<string> Field = input =>
    {
        var length = input.Source.AsSpan(input.Position).IndexOf(' ');
        return length > 0
            ? Result.Success(SharedText.Of(input.Source.AsSpan(input.Position, length)), LineInput.At(input, input.Position + length + 1))
            : Result.Failure<string>(input, "unexpected blank", AField);
    };

    private static readonly string[] AField = ["a word and a blank"];

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

    /// <summary>Everything that is left, perhaps nothing.</summary>
    public static readonly Parser<string> Rest = input =>
        Result.Success(input.Source[input.Position..], LineInput.At(input, input.Source.Length));

    /// <summary>The end of the line, with nothing left over.</summary>
    public static readonly Parser<bool> End = input =>
        input.AtEnd ? Result.Success(true, input) : Result.Failure<bool>(input, "text left over", AnEnd);

    /// <summary>The first of these rules that accepts; of failures the one that came furthest.</summary>
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

        return furthest ?? Result.Failure<T>(input, "unknown sentence", ASentence);
    };

    /// <summary>
    /// The same of those rules whose text can begin with the next letter, in their order. A rule without letters begins with any.
    /// </summary>
    public static Parser<T> FirstOf<T>(params (string Letters, Parser<T> Rule)[] rules)
    {
        var byLetter = new Parser<T>[Letters + 1];
        for (var bucket = 0; bucket < byLetter.Length; bucket++)
            byLetter[bucket] = FirstOf([.. rules.Where(entry => MayBegin(entry.Letters, bucket)).Select(static entry => entry.Rule)]);
        return input => byLetter[input.AtEnd ? Letters : BucketOf(input.Current)](input);

        static bool MayBegin(string letters, int bucket) => letters.Length == 0 || letters.Any(letter => BucketOf(letter) == bucket);
    }

    /// <summary>The first rule if the text begins with this character, otherwise the second.</summary>
    public static Parser<T> Choose<T>(char first, Parser<T> there, Parser<T> otherwise) => input =>
        !input.AtEnd && input.Current == first ? there(input) : otherwise(input);

    /// <summary>The rule if the text begins with this character, otherwise nothing.</summary>
    public static Parser<string> Perhaps(char first, Parser<string> rule) => Choose(first, rule, Literal(""));

    /// <summary>Consumes nothing and succeeds.</summary>
    public static Parser<T> Nothing<T>() => input => Result.Success(default(T)!, input);

    /// <summary>
    /// The rule of the first start with which the text begins, over the whole text from there to its end. A rule that fails is not followed
    /// by others, so its failure shows where the text left the known path.
    /// </summary>
    public static Parser<T> ByStart<T>(params (string Start, Parser<T> Rule)[] rules)
    {
        // By the first letter, of those that have a bucket; the last one is for all others.
        var byLetter = new (string Start, Parser<T> Rule)[Letters + 1][];
        Array.Fill(byLetter, [.. rules.Where(static entry => entry.Start.Length == 0)]);
        foreach (var letter in rules.Where(static entry => entry.Start.Length > 0).Select(static entry => BucketOf(entry.Start[0])))
            byLetter[letter] = [.. rules.Where(entry => entry.Start.Length == 0 || BucketOf(entry.Start[0]) == letter)];
        return input =>
        {
            var text = input.Source.AsSpan(input.Position);
            foreach (var (start, rule) in byLetter[text is [var first, ..] ? BucketOf(first) : Letters])
            {
                if (text.StartsWith(start, StringComparison.Ordinal))
                    return Whole(rule(input));
            }

            return Result.Failure<T>(input, "unknown sentence", ASentence);
        };
    }

    /// <summary>How many letters have a bucket of their own: those of ASCII.</summary>
    private const int Letters = 128;

    private static int BucketOf(char letter) => Math.Min((int)letter, Letters);

    /// <summary>The result, if nothing is left over.</summary>
    private static IResult<T> Whole<T>(IResult<T> result) => !result.WasSuccessful || result.Remainder.AtEnd
        ? result
        : Result.Failure<T>(result.Remainder, "text left over", AnEnd);

    private static readonly string[] ASentence = ["a known sentence"];

    private static readonly string[] AnEnd = ["end of line"];

    /// <summary>Runs a rule over a whole line.</summary>
    public static IResult<T> ParseLine<T>(this Parser<T> rule, string line, int from = 0) => rule(new LineInput(line, from));
}
