using System.Globalization;

namespace PackuilonMonitor.Mutations;

/// <summary>The table of docs/mutation.md: one row a folder, replaced by each run over it.</summary>
internal static class Page
{
    private const string Begin = "<!-- measured: written by `tests/mutate --write` -->";
    private const string End = "<!-- end -->";

    public static void Write(string path, string folder, IReadOnlyList<(Mutation Mutation, Fate Fate)> all, string run)
    {
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var rows = text[from..to]
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && !line.StartsWith($"| `{folder}` ", StringComparison.Ordinal))
            .Append(Row(folder, all, run))
            .Order(StringComparer.Ordinal);
        File.WriteAllText(
            path,
            $"""
            {text[..from]}

            | folder | changes | noticed | survived | not reached | by |
            |---|---:|---:|---:|---:|---|
            {string.Join('\n', rows)}

            {text[to..]}
            """
        );
    }

    private static string Row(string folder, IReadOnlyList<(Mutation Mutation, Fate Fate)> all, string run)
    {
        int Count(Fate fate) => all.Count(one => one.Fate == fate);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{folder}` | {all.Count} | {Count(Fate.Noticed)} ({100.0 * Count(Fate.Noticed) / all.Count:0} %) | {Count(Fate.Survived)} | {Count(Fate.Unreached)} | {run} |"
        );
    }
}
