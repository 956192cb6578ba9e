using System.Text.RegularExpressions;

namespace PackuilonMonitor.Configuration;

/// <summary>Removes from a message what may be a password, wherever it was typed.</summary>
public static partial class Secrets
{
    /// <summary>Addresses that are shown as examples and contain no secret.</summary>
    private static readonly string[] Examples = ["amqp://user:password@", "amqp://USER:PASSWORD@", "https://hooks.example.org/factory"];

    /// <summary>Addresses without user and password, and those of web servers without their path, which is a webhook's secret.</summary>
    public static string Hidden(string text) => Address().Replace(text, static found =>
    {
        if (Examples.Any(example => found.Value.StartsWith(example, StringComparison.Ordinal)))
            return found.Value;
        var (scheme, rest) = (found.Groups["scheme"].Value, found.Groups["rest"].Value);
        if (found.Groups["user"].Success || !Host().IsMatch(found.Groups["host"].Value))
            return $"{scheme}://…";
        var hidesRest = rest.Length > 1 && rest != "/metrics" && scheme.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        return $"{scheme}://{found.Groups["host"].Value}{(hidesRest ? "/…" : rest)}";
    });

    /// <summary>
    /// The part of a key that can be shown: everything before a character that is in no key, because a whole line may have been read as
    /// one.
    /// </summary>
    public static string Key(string text)
    {
        var end = text.AsSpan().IndexOfAnyExcept(KeyLetters);
        var key = text[..(end < 0 ? text.Length : end)];
        return key.Length is > 0 and <= LongestKey ? (end < 0 ? key : $"{key}…") : "a line";
    }

    private const int LongestKey = 40;

    private static readonly System.Buffers.SearchValues<char> KeyLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // The user's part ends at the last @ of the word: a password may contain anything.
    [GeneratedRegex(
        @"(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?<user>\S*)@)?(?<host>[^\s/?#;,'""]*)(?<rest>[/?#][^\s;,'""]*)?",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"^(\[[0-9A-Fa-f:.]*\]|[^:]*)(:[0-9]*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Host();
}
