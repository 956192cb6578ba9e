namespace PackuilonMonitor.Doctor;

/// <summary>How bad a finding is; the words are what is printed.</summary>
public enum Grade
{
    Fine,

    /// <summary>All can be read, but something is not as it might be.</summary>
    Note,

    /// <summary>The dashboard would not begin: a setting or a key is wrong.</summary>
    Wrong,

    /// <summary>A source cannot be read.</summary>
    Unread,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What, in a word or two, or a path.</param>
/// <param name="Text">What was found; plain text.</param>
/// <param name="Commands">What to type to mend it, a line each; more than one line is all of them.</param>
public sealed record Finding(Grade Grade, string Subject, string Text, params IReadOnlyList<string> Commands)
{
    public static Finding Fine(string subject, string text) => new(Grade.Fine, subject, text);

    public static Finding Note(string subject, string text, params IReadOnlyList<string> commands) =>
        new(Grade.Note, subject, text, commands);

    public static Finding Wrong(string subject, string text, params IReadOnlyList<string> commands) =>
        new(Grade.Wrong, subject, text, commands);

    public static Finding Unread(string subject, string text, params IReadOnlyList<string> commands) =>
        new(Grade.Unread, subject, text, commands);
}
