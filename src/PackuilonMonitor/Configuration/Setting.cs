namespace PackuilonMonitor.Configuration;

/// <summary>A value as it was read, or why it cannot be, with one that would do.</summary>
public readonly record struct Reading<T>(T Value, string? Error)
{
    public Reading<TOther> Select<TOther>(Func<T, TOther> then) =>
        Error is null ? Reading.Of(then(Value)) : Reading.Wrong<TOther>(Error);
}

internal static class Reading
{
    public static Reading<T> Of<T>(T value) => new(value, null);

    public static Reading<T> Wrong<T>(string error) => new(default!, error);
}

/// <summary>One line that may stand in a section.</summary>
/// <typeparam name="T">What the section's lines are laid into.</typeparam>
/// <param name="Key">Its name; capitals and small letters are the same.</param>
/// <param name="Default">What holds without it, in words for the documents.</param>
/// <param name="Meaning">For the documents.</param>
/// <param name="Lay">Lays a text over what holds; relative paths begin at the folder, which is empty for the working directory.</param>
public sealed record Setting<T>(string Key, string Default, string Meaning, Func<T, string, string, Reading<T>> Lay)
{
    /// <summary>The same line in a section that is a part of something larger.</summary>
    internal Setting<TWhole> Within<TWhole>(Func<TWhole, T> part, Func<TWhole, T, TWhole> with) => new(
        Key, Default, Meaning, (whole, text, folder) => Lay(part(whole), text, folder).Select(laid => with(whole, laid)));
}
