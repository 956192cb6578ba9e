namespace PackuilonMonitor.Tests.Simulation;

/// <summary>Recorded runs of the real daemons, which lie beside the repository where there are any.</summary>
internal static class SharedCaptures
{
    /// <summary>The folder of all captures; skips the test that asks where there is none.</summary>
    public static string Folder()
    {
        var folder = Path.Combine(Shared(), "data", "captures");
        if (!Directory.Exists(folder))
            Assert.Ignore("No recorded runs here: neither PACKUILON_SHARED nor a folder 'shared' beside the repository has data/captures.");
        return folder;
    }

    /// <summary>The lines of messages of the captures whose name begins so, as bytes read one by one.</summary>
    public static IEnumerable<string> Lines(string prefix) =>
        from capture in Directory.EnumerateDirectories(Folder(), prefix + "*")
        from file in Directory.EnumerateFiles(capture, "messages*")
        where Path.GetFileName(file) is "messages" or "messages.1" or "messages.2" or "messages.3"
        from line in File.ReadLines(file, System.Text.Encoding.Latin1)
        select line;

    private static string Shared()
    {
        if (Environment.GetEnvironmentVariable("PACKUILON_SHARED") is { Length: > 0 } named)
            return named;

        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PackuilonMonitor.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? "", "shared");
    }
}
