using System.Reflection;

namespace PackuilonMonitor.Tests;

public sealed class ArchitectureTests
{
    private static readonly string[] Platform = ["System.", "Microsoft.Win32.", "mscorlib", "netstandard"];

    [TestCase("PackuilonMonitor.Core", "Sprache")]
    [TestCase("PackuilonMonitor.Cells")]
    [TestCase("PackuilonMonitor.Segments", "PackuilonMonitor.Core")]
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
}
