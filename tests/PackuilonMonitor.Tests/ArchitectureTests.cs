using System.Reflection;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests;

public sealed class ArchitectureTests
{
    private static readonly string[] Platform = ["System.", "Microsoft.Win32.", "mscorlib", "netstandard"];

    [TestCase("PackuilonMonitor.Core", "Sprache")]
    [TestCase("PackuilonMonitor.Cells")]
    [TestCase("PackuilonMonitor.Segments", "PackuilonMonitor.Core")]
    [TestCase("PackuilonMonitor.Screen", "PackuilonMonitor.Core", "PackuilonMonitor.Cells", "PackuilonMonitor.Segments")]
    [TestCase("PackuilonMonitor.Ingest", "PackuilonMonitor.Core", "System.Reactive")]
    [TestCase("PackuilonMonitor.Store", "PackuilonMonitor.Core", "PackuilonMonitor.Ingest", "System.Reactive", "Microsoft.Data.Sqlite")]
    [TestCase("PackuilonMonitor.Terminal", "PackuilonMonitor.Cells", "Terminal.Gui")]
    [TestCase("PackuilonMonitor.Simulation", "System.Reactive")]
    public void Assembly_References_OnlyWhatTheLayersAllow(string assembly, params string[] allowed)
    {
        var references = Assembly.Load(assembly)
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name == "System.Reactive" || !Platform.Any(name.StartsWith));

        Assert.That(references, Is.SubsetOf(allowed));
    }

    private static IEnumerable<string> Projects =>
        Directory.EnumerateDirectories(Repository.Place("src")).Select(path => Path.GetFileName(path));

    [TestCaseSource(nameof(Projects))]
    public void Folders_OfAProject_DoNotNeedEachOtherInACircle(string project)
    {
        Assert.That(FolderGraph.OfProject(project).Cycle(), Is.Null);
    }

    [Test]
    public void Folders_InACircle_AreNamedWithAFileOfEachStep()
    {
        var graph = FolderGraph.Of("P", new Dictionary<string, string>
        {
            ["A/One.cs"] = "using P.B;\n\nnamespace P.A;\n\npublic sealed class One(Two two);\n",
            ["B/Two.cs"] = "namespace P.B;\n\npublic sealed class Two(C.Three three);\n",
            ["C/Three.cs"] = "namespace P.C;\n\npublic sealed record Three(Four Four);\n",
            ["Four.cs"] = "using P.A;\n\nnamespace P;\n\npublic sealed record Four(One One);\n",
        });

        Assert.That(graph.Cycle(), Is.EqualTo(". (Four.cs) → A (A/One.cs) → B (B/Two.cs) → C (C/Three.cs) → ."));
    }

    /// <summary>A using in words and a property with the name of a type are no need.</summary>
    [Test]
    public void Folders_InNoCircle_HaveNone()
    {
        var graph = FolderGraph.Of("P", new Dictionary<string, string>
        {
            ["A/One.cs"] = "using P.B;\n\nnamespace P.A;\n\n/// <summary>Read by B.Two.</summary>\npublic sealed class One(Two two);\n",
            ["B/Two.cs"] = "namespace P.B;\n\n// using P.A;\npublic sealed class Two { public int One { get; } }\n",
        });

        Assert.That(graph.Cycle(), Is.Null);
    }

    private const int LongestType = 300;

    [Test]
    public void Type_OverAllItsFiles_IsNotLong()
    {
        var tooLong =
            from parts in SourceType.All.GroupBy(type => type.Name)
            where parts.Sum(part => part.Lines) > LongestType
            select parts.Key;

        Assert.That(tooLong, Is.Empty);
    }

    [Test]
    public void Type_InParts_IsMadeWholeByAGenerator()
    {
        var cut = SourceType.All.Where(type => type.IsPartial && !type.IsGenerated).Select(type => type.Path);

        Assert.That(cut, Is.Empty);
    }

    [Test]
    public void Types_OfAFile_AreFoundWithTheirLines()
    {
        string[] lines =
        [
            "namespace P;", "", "public sealed record One(int Number);", "", "internal static partial class Two", "{", "    // }", "}",
            "public sealed record Three(", "    int Number", ") : Base;",
            "/// <summary>enum Five</summary>", "internal enum Four", "{", "}",
        ];

        Assert.That(
            SourceType.In("A/File.cs", lines).Select(type => (type.Name, type.Lines, type.IsPartial)),
            Is.EqualTo(new[] { ("A/One", 1, false), ("A/Two", 4, true), ("A/Three", 3, false), ("A/Four", 3, false) })
        );
    }
}
