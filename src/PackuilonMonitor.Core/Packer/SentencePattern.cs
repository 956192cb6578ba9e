namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// A sentence from Packer's sources, with placeholders: <c>{id}</c> (letters and digits, a digit among them), <c>{text}</c> (anything),
/// <c>{path}</c> (a script); <c>{_}</c> is a word and <c>{*}</c> anything, both unused.
/// </summary>
internal sealed class SentencePattern
{
    private readonly string[] _literals;
    private readonly string[] _holes;
    private readonly string? _name;

    /// <param name="kind">The kind of step that it begins.</param>
    /// <param name="template">The sentence with its placeholders. Its first word has none.</param>
    /// <param name="name">The step's name; null: the sentence itself, masked.</param>
    public SentencePattern(StepKind kind, string template, string? name = null)
    {
        Kind = kind;
        _name = name;
        var parts = template.Split('{', '}');
        _literals = [.. parts.Where((_, index) => index % 2 == 0)];
        _holes = [.. parts.Where((_, index) => index % 2 == 1)];
        FirstWord = FirstOf(template);
    }

    public StepKind Kind { get; }

    public string FirstWord { get; }

    public static string FirstOf(string text) => text.IndexOf(' ') is var end && end < 0 ? text : text[..end];

    /// <summary>The step, if the text is this sentence as a whole.</summary>
    public StepLine? Read(string text)
    {
        var rest = text.AsSpan();
        if (!rest.StartsWith(_literals[0], StringComparison.Ordinal))
            return null;
        rest = rest[_literals[0].Length..];
        string? subject = null;
        string? script = null;
        for (var hole = 0; hole < _holes.Length; hole++)
        {
            var next = _literals[hole + 1];
            var last = hole == _holes.Length - 1;
            var length = next.Length == 0 ? rest.Length
                : last ? (rest.EndsWith(next, StringComparison.Ordinal) ? rest.Length - next.Length : -1)
                : rest.IndexOf(next, StringComparison.Ordinal);
            if (length <= 0 || !Fits(_holes[hole], rest[..length]))
                return null;
            switch (_holes[hole])
            {
                case "id": subject = rest[..length].ToString(); break;
                case "text": subject ??= rest[..length].ToString(); break;
                case "path": script = rest[..length].ToString(); break;
            }

            rest = rest[(length + next.Length)..];
        }

        return rest.Length > 0 ? null : new StepLine(Kind, NameOf(text, script), subject);
    }

    /// <summary>A script that Packer wrote itself has a new name each time; the template's own has not.</summary>
    private string NameOf(string text, string? script) =>
        script is null ? _name ?? StepGrammar.Named(text)
        : script.Contains("/packer-shell", StringComparison.Ordinal) ? _literals[0].TrimEnd(':', ' ')
        : StepGrammar.Named(text);

    private static bool Fits(string hole, ReadOnlySpan<char> filled) => hole switch
    {
        "id" => IsId(filled),
        "_" => filled.IndexOf(' ') < 0,
        _ => true,
    };

    /// <summary>An id of a cloud: letters, digits and dashes, with a digit among them.</summary>
    internal static bool IsId(ReadOnlySpan<char> text)
    {
        var digit = false;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
                digit = true;
            else if (!char.IsAsciiLetter(character) && character is not ('-' or '_' or '.' or ':'))
                return false;
        }

        return digit;
    }
}
