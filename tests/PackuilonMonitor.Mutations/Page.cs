using System.Globalization;

namespace PackuilonMonitor.Mutations;

/// <summary>The table of docs/mutation.md: one row a folder, replaced by each run that changes something there.</summary>
internal sealed class Page(string path)
{
    private const string Begin = "<!-- measured: written by `tests/mutate --write` -->";
    private const string End = "<!-- end -->";

    /// <param name="run">The command that was run.</param>
    /// <param name="commit">The commit that it ran on, and its date.</param>
    public void Write(IReadOnlyList<(Mutation Mutation, Fate Fate)> all, string run, string commit)
    {
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var folders = all.ToLookup(one => Path.GetDirectoryName(one.Mutation.File)!);
        var rows = text[from..to]
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && !folders.Contains(line.Split('`')[1]))
            .Concat(folders.Select(folder => Row(folder.Key, [.. folder.Select(one => one.Fate)], run, commit)))
            .Order(StringComparer.Ordinal);
        File.WriteAllText(
            path,
            $"""
            {text[..from]}

            | folder | changes | noticed | survived | not reached | by | at |
            |---|---:|---:|---:|---:|---|---|
            {string.Join('\n', rows)}

            {text[to..]}
            """
        );
    }

    private static string Row(string folder, IReadOnlyList<Fate> all, string run, string commit)
    {
        int Count(Fate fate) => all.Count(one => one == fate);
        var percent = 100.0 * Count(Fate.Noticed) / all.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{folder}` | {all.Count} | {Count(Fate.Noticed)} ({percent:0} %) | "
            + $"{Count(Fate.Survived)} | {Count(Fate.Unreached)} | {run} | {commit} |"
        );
    }
}
