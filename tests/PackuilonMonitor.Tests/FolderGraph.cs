using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests;

/// <summary>
/// Which folder of a project needs which other. The sources tell: a using is an error where it is not needed, and without one a file
/// reaches only its own folder, the folders around it, and what it names with the folder's name.
/// </summary>
internal sealed partial class FolderGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _needs = new(StringComparer.Ordinal);

    private FolderGraph()
    {
    }

    /// <summary>Of files by their path in the project, with their text.</summary>
    /// <param name="root">The namespace of the project.</param>
    public static FolderGraph Of(string root, IReadOnlyDictionary<string, string> sources)
    {
        var graph = new FolderGraph();
        var files = sources.Select(source => (Path: source.Key, Folder: FolderOf(source.Key), Code: Code(source.Value))).ToList();
        var types = files
            .GroupBy(file => file.Folder, file => Declaration().Matches(file.Code).Select(match => match.Groups["name"].Value))
            .ToDictionary(folder => folder.Key, folder => folder.SelectMany(names => names).ToImmutableHashSet(StringComparer.Ordinal));
        foreach (var (path, folder, code) in files)
        {
            var names = Name().Matches(code).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var (other, declared) in types.Where(type => type.Key != folder))
            {
                if (IsNamed(code, root, other, declared) || (IsAround(other, folder) && declared.Except(types[folder]).Overlaps(names)))
                    graph.Add(folder, other, path);
            }
        }

        return graph;
    }

    /// <summary>The sources of one project.</summary>
    public static FolderGraph OfProject(string project)
    {
        var folder = Repository.Place($"src/{project}");
        return Of(
            project,
            Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path))
                .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
                .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(folder, path)))
        );
    }

    /// <summary>A way from a folder back to it, with a file that takes each step; null where there is none.</summary>
    public string? Cycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        return _needs.Keys.Select(folder => Cycle([folder], done)).FirstOrDefault(cycle => cycle is not null);
    }

    private string? Cycle(ImmutableList<string> way, HashSet<string> done)
    {
        if (done.Contains(way[^1]) || !_needs.TryGetValue(way[^1], out var needs))
            return null;
        foreach (var next in needs.Keys)
        {
            var begin = way.IndexOf(next);
            if (begin >= 0)
                return Told(way.RemoveRange(0, begin).Add(next));
            if (Cycle(way.Add(next), done) is { } cycle)
                return cycle;
        }

        done.Add(way[^1]);
        return null;
    }

    private string Told(ImmutableList<string> way) =>
        string.Join(" → ", way.Take(way.Count - 1).Select((folder, at) => $"{folder} ({_needs[folder][way[at + 1]]})").Append(way[^1]));

    private void Add(string folder, string other, string path)
    {
        if (!_needs.TryGetValue(folder, out var needs))
            _needs[folder] = needs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        needs.TryAdd(other, path);
    }

    /// <summary>By a using, or by the folder's name before one of its types.</summary>
    private static bool IsNamed(string code, string root, string folder, ImmutableHashSet<string> declared)
    {
        var parts = (folder == "." ? root : $"{root}.{folder.Replace('/', '.')}").Split('.');
        if (code.Contains($"using {string.Join('.', parts)};", StringComparison.Ordinal))
            return true;
        for (var from = folder == "." ? 0 : parts.Length - 1; from >= 0; from--)
        {
            var before = string.Join('.', parts[from..]);
            foreach (Match match in Regex.Matches(code, $@"(?<![\w.]){Regex.Escape(before)}\.(?<type>\w+)"))
            {
                if (declared.Contains(match.Groups["type"].Value))
                    return true;
            }
        }

        return false;
    }

    private static bool IsAround(string other, string folder) =>
        other == "." || folder.StartsWith($"{other}/", StringComparison.Ordinal);

    private static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";

    private static string Code(string text) => Quoted().Replace(Comment().Replace(text, ""), "\"\"");

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\\\n{])*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^(?:public|internal)\s[^=;{(\n]*?\b(?:class|record struct|record|struct|interface|enum|delegate\s+\S+)\s+(?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declaration();
}
