using PackuilonMonitor.Core.Slicing;
using Sprache;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Leaves that only build logs need, like those of <see cref="Slices"/>.</summary>
internal static class PackerSlices
{
    /// <summary>Spaces, perhaps none.</summary>
    public static readonly Parser<bool> Blanks = input =>
    {
        var end = input.Position;
        while (end < input.Source.Length && input.Source[end] == ' ')
            end++;
        return Result.Success(true, LineInput.At(input, end));
    };

    /// <summary>The rule's result, or nothing.</summary>
    public static Parser<T?> Maybe<T>(Parser<T> rule) where T : class => input =>
    {
        var result = rule(input);
        return result.WasSuccessful ? Result.Success<T?>(result.Value, result.Remainder) : Result.Success<T?>(null, input);
    };

    /// <summary>The text before this end, or everything that is left if the end is missing.</summary>
    public static Parser<string> UpTo(string end) => input =>
    {
        var length = input.Source.AsSpan(input.Position).IndexOf(end, StringComparison.Ordinal);
        return length < 0
            ? Slices.Rest(input)
            : Result.Success(input.Source.Substring(input.Position, length), LineInput.At(input, input.Position + length + end.Length));
    };
}
