using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// The debug log repeats what Packer prints. If one file has both, the second of each pair is not counted; the pipes in between decide
/// which comes first.
/// </summary>
internal sealed record Echo : IArchived<Echo>
{
    private const int Most = 8;

    public static readonly Echo None = new();

    private bool Debugs { get; init; }

    private ImmutableArray<string> Printed { get; init; } = [];

    private ImmutableArray<string> Logged { get; init; } = [];

    /// <summary>Whether the other stream has written this already, and what is remembered after it.</summary>
    public (bool IsRepeated, Echo After) Add(string text, Carrier by)
    {
        if (by is Carrier.Machine || !Debugs && by is Carrier.Plain || text.Length == 0)
            return (false, this);
        var others = by is Carrier.Debug ? Printed : Logged;
        var same = others.IndexOf(text);
        if (same >= 0)
            return (
                true,
                by is Carrier.Debug ? this with { Printed = others.RemoveAt(same) } : this with { Logged = others.RemoveAt(same) }
            );
        return (false, by is Carrier.Debug
            ? this with { Debugs = true, Logged = With(Logged, text) }
            : this with { Printed = With(Printed, text) });
    }

    private static ImmutableArray<string> With(ImmutableArray<string> texts, string text) =>
        texts.Length < Most ? texts.Add(text) : [.. texts[1..], text];

    Echo IArchived<Echo>.Through(Archive archive) => new()
    {
        Debugs = archive.Flag(Debugs),
        Printed = archive.Array(Printed, static (archive, text) => archive.Text(text)),
        Logged = archive.Array(Logged, static (archive, text) => archive.Text(text)),
    };
}
