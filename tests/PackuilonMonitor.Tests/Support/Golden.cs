namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// Text held against a file of the folder Expectations. <c>ACCEPT=1</c> in the environment writes the file instead;
/// the difference is then reviewed like code.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
        {
            var file = Path.Combine(Repository(), "tests", "PackuilonMonitor.Tests", "Expectations", name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        var expected = Path.Combine(TestContext.CurrentContext.TestDirectory, "Expectations", name);
        Assert.That(File.Exists(expected), $"no expectation {name}: run once with ACCEPT=1 and review it");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(expected)), name);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PackuilonMonitor.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
