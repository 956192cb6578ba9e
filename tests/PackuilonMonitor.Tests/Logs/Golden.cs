namespace PackuilonMonitor.Tests.Logs;

/// <summary>Pictures that were looked at once and must stay; ACCEPT=1 writes them anew, to be reviewed in the diff.</summary>
internal static class Golden
{
    public static void Matches(string name, string picture)
    {
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
        {
            var file = Path.Combine(Folder(), name + ".txt");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, picture);
            return;
        }

        var expected = Path.Combine(AppContext.BaseDirectory, "Expectations", "Logs", name + ".txt");
        Assert.That(File.Exists(expected), $"no picture named {name}: run once with ACCEPT=1 and look at it");
        Assert.That(picture, Is.EqualTo(File.ReadAllText(expected)));
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.GetFiles("PackuilonMonitor.Tests.csproj").Length == 0)
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "Expectations", "Logs");
    }
}
