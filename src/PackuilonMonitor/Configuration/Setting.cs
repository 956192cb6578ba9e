namespace PackuilonMonitor.Configuration;

/// <summary>A value, or why it is invalid, with one that works.</summary>
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

/// <summary>One possible line of a section.</summary>
/// <typeparam name="T">The section's record.</typeparam>
/// <param name="Key">Its name; case does not matter.</param>
/// <param name="Default">The default, in words for the documents.</param>
/// <param name="Meaning">For the documents.</param>
/// <param name="Lay">Applies a text to the record; relative paths start at the folder, which is empty for the working directory.</param>
public sealed record Setting<T>(string Key, string Default, string Meaning, Func<T, string, string, Reading<T>> Lay)
{
    /// <summary>The same line in a section that is a part of something larger.</summary>
    internal Setting<TWhole> Within<TWhole>(Func<TWhole, T> part, Func<TWhole, T, TWhole> with) => new(
        Key, Default, Meaning, (whole, text, folder) => Lay(part(whole), text, folder).Select(laid => with(whole, laid)));
}
