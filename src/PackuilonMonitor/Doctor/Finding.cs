namespace PackuilonMonitor.Doctor;

/// <summary>How bad a finding is; the words are printed.</summary>
public enum Grade
{
    Fine,

    /// <summary>Everything can be read, but something could be better.</summary>
    Note,

    /// <summary>The dashboard would not start: a setting or a key is invalid.</summary>
    Wrong,

    /// <summary>A source cannot be read.</summary>
    Unread,
}

/// <summary>One thing that was examined.</summary>
/// <param name="Subject">What, in a word or two, or a path.</param>
/// <param name="Text">The result; plain text.</param>
/// <param name="Commands">The commands that fix it, a line each; several lines belong together.</param>
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
