using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PackuilonMonitor.Mutations;

/// <summary>A copy of the repository beneath its artifacts, in which the source may be changed.</summary>
internal sealed partial class Tree
{
    private const string Tests = "tests/PackuilonMonitor.Mutations";

    private const string Switch = """
        namespace PackuilonMonitor.Mutations;

        internal static class Mutant
        {
            public static int Active = -1;

            public static readonly bool[] Reached = new bool[65536];

            public static bool Is(int number)
            {
                Reached[number] = true;
                return number == Active;
            }
        }
        """;

    private readonly string _root;
    private readonly string _copy;

    /// <param name="root">The repository.</param>
    public Tree(string root)
    {
        (_root, _copy) = (root, Path.Combine(root, "artifacts/mutations"));
        // Before anything is copied: while a long run goes on, other commits may come.
        Commit = Printed(root, "git", "log", "-1", "--format=%h, %cs").Trim();
        foreach (var file in Printed(root, "git", "ls-files", "--cached", "--others", "--exclude-standard").Split('\n'))
        {
            var (from, to) = (Path.Combine(root, file), Path.Combine(_copy, file));
            if (file.Length == 0 || !File.Exists(from))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            // What is as before keeps its time, so that it is not built again.
            if (!File.Exists(to) || !File.ReadAllBytes(from).AsSpan().SequenceEqual(File.ReadAllBytes(to)))
                File.Copy(from, to, overwrite: true);
        }

        foreach (var file in Sources("src").Concat(Sources("tests")).Where(file => !File.Exists(Path.Combine(root, file))).ToList())
            File.Delete(Path.Combine(_copy, file));
    }

    /// <summary>The program that runs the tests of the copy.</summary>
    public string Program => Path.Combine(_copy, Tests, "bin/Debug/net10.0/mutations.dll");

    /// <summary>The commit that the copy was made of, and the day it was made.</summary>
    public string Commit { get; }

    /// <summary>The code files beneath a folder, relative to the repository.</summary>
    public IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(_copy, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(_copy, file))
            .Order(StringComparer.Ordinal);

    public string Original(string file) => File.ReadAllText(Path.Combine(_root, file));

    /// <summary>Builds the tests with these mutations behind their switches; those that do not compile are left out.</summary>
    /// <param name="project">The folder of the project that is changed.</param>
    /// <returns>Those that are in the build, by their switches.</returns>
    public IReadOnlyDictionary<int, Mutation> Build(string project, IReadOnlyList<Mutation> mutations)
    {
        var left = mutations.Index().ToDictionary(one => one.Index, one => one.Item);
        File.WriteAllText(Path.Combine(_copy, project, "Mutant.cs"), Switch);
        while (true)
        {
            foreach (var file in mutations.Select(mutation => mutation.File).Distinct())
            {
                var numbers = left.Where(one => one.Value.File == file).ToDictionary(one => one.Value, one => one.Key);
                var text = Mutator.Rewrite(file, Original(file), found => numbers.TryGetValue(found, out var number) ? number : null);
                File.WriteAllText(Path.Combine(_copy, file), text);
            }

            var said = Printed(
                _copy,
                "dotnet",
                "build",
                Tests,
                "-v:q",
                "-p:RunAnalyzers=false",
                "-p:TreatWarningsAsErrors=false",
                "-p:GenerateDocumentationFile=false"
            );
            var faults = Fault()
                .Matches(said)
                .Select(fault => (File: fault.Groups[1].Value, Line: int.Parse(fault.Groups[2].Value, CultureInfo.InvariantCulture)))
                .Distinct()
                .ToList();
            if (faults.Count == 0)
                return left;
            var wrong = faults.SelectMany(fault => Near(fault.File, fault.Line)).Where(left.ContainsKey).Distinct().ToList();
            if (wrong.Count == 0)
                throw new InvalidOperationException($"the copy does not build:\n{said}");
            wrong.ForEach(number => left.Remove(number));
        }
    }

    /// <summary>Writes the original again, so that the next run builds another folder's mutations alone.</summary>
    public void Restore(string project, IEnumerable<Mutation> mutations)
    {
        File.Delete(Path.Combine(_copy, project, "Mutant.cs"));
        foreach (var file in mutations.Select(mutation => mutation.File).Distinct())
            File.WriteAllText(Path.Combine(_copy, file), Original(file));
    }

    /// <summary>
    /// The switches in the statement that a fault was found in. Where there is none, as for a result that is not assigned on each way: the
    /// nearest one before it.
    /// </summary>
    private static IEnumerable<int> Near(string file, int line)
    {
        var switches = File.ReadLines(file)
            .SelectMany((text, index) => Switches().Matches(text).Select(match => (Line: index + 1, Number: Number(match))))
            .ToList();
        var near = switches.Where(one => Math.Abs(one.Line - line) <= 2).Select(one => one.Number).ToList();
        return near.Count > 0 ? near : switches.Where(one => one.Line < line).TakeLast(1).Select(one => one.Number);
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Printed(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true }
        )!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }

    [GeneratedRegex(@"^\s*(/[^(\n]+\.cs)\((\d+),\d+\): error", RegexOptions.Multiline)]
    private static partial Regex Fault();

    [GeneratedRegex(@"Mutant\.Is\((\d+)\)")]
    private static partial Regex Switches();
}
