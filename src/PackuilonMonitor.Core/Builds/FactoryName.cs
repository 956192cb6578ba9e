namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The name of one of several factories. It begins the ids of the factory's builds, before a slash, which no file name contains, so that
/// equal logs of two factories never have the same id.
/// </summary>
public static class FactoryName
{
    private const int Longest = 40;
    private const char Parting = '/';

    /// <summary>Whether the text can be a name: ASCII letters, digits, dots, underscores and hyphens, at most forty.</summary>
    public static bool IsOne(string text) =>
        text.Length is > 0 and <= Longest && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>The id of something of that factory; unchanged if the factory has no name.</summary>
    public static string Own(string? factory, string id) => factory is null ? id : $"{factory}{Parting}{id}";

    /// <summary>The id of something as the factory itself knows it.</summary>
    public static string Without(string id) => id[(id.IndexOf(Parting) + 1)..];

    /// <summary>The factory in a build's id, or null.</summary>
    public static string? Of(string build) => build.IndexOf(Parting) is var end and > 0 ? build[..end] : null;
}
