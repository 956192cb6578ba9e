namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The name of one of several factories. It stands before the ids of what is its own, parted by a slash that no file name
/// holds, so that equal logs of two factories never have the same id.
/// </summary>
public static class FactoryName
{
    private const int Longest = 40;
    private const char Parting = '/';

    /// <summary>Whether the text can be one: ASCII letters, digits, dots, underscores and hyphens, at most forty.</summary>
    public static bool IsOne(string text) =>
        text.Length is > 0 and <= Longest && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>The id of something of that factory; as it is where the factory has no name.</summary>
    public static string Own(string? factory, string id) => factory is null ? id : $"{factory}{Parting}{id}";

    /// <summary>The factory that a build's id names, or null.</summary>
    public static string? Of(string build) => build.IndexOf(Parting) is var end and > 0 ? build[..end] : null;
}
