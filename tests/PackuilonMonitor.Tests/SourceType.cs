using System.Text.RegularExpressions;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests;

/// <summary>A type as it stands in one file.</summary>
/// <param name="Name">With its project and folder: types of several folders may share a name.</param>
internal sealed partial record SourceType(string Name, string Path, int Lines, bool IsPartial, string Text)
{
    /// <summary>It is made whole by a source generator.</summary>
    public bool IsGenerated => Generators().IsMatch(Text);

    /// <summary>All types of the program.</summary>
    public static IEnumerable<SourceType> All => Directory
        .EnumerateFiles(Repository.Place("src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .SelectMany(path => In(System.IO.Path.GetRelativePath(Repository.Place("src"), path), File.ReadAllLines(path)));

    /// <summary>The types of a file: a type begins without indentation, and ends there.</summary>
    public static IEnumerable<SourceType> In(string path, string[] lines)
    {
        for (var first = 0; first < lines.Length; first++)
        {
            if (Declaration().Match(lines[first]) is not { Success: true } declaration)
                continue;
            var last = Array.FindIndex(lines, first, line => line is "}" || line.EndsWith(';') && line.StartsWith(Start(lines[first])));
            last = last < 0 ? lines.Length - 1 : last;
            yield return new SourceType(
                $"{System.IO.Path.GetDirectoryName(path)}/{declaration.Groups["name"].Value}",
                path,
                last - first + 1,
                declaration.Groups["modifiers"].Value.Contains("partial", StringComparison.Ordinal),
                string.Join('\n', lines[first..(last + 1)])
            );
            first = last;
        }
    }

    // A declaration without a body ends where it began; one with parameters over lines ends with them.
    private static string Start(string declaration) => declaration.EndsWith(';') ? declaration : ")";

    [GeneratedRegex(@"\[(LibraryImport|GeneratedRegex)\b|: JsonSerializerContext\b")]
    private static partial Regex Generators();

    [GeneratedRegex(
        @"^(?<modifiers>(?:(?:public|internal|static|sealed|abstract|partial|readonly|unsafe|ref)\s+)+)"
            + @"(?:class|record struct|record|struct|interface|enum)\s+(?<name>\w+)"
    )]
    private static partial Regex Declaration();
}
