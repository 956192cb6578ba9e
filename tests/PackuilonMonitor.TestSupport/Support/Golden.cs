using System.Runtime.CompilerServices;

namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// Expected pictures, as files in Expectations. With ACCEPT=1 they are rewritten with what is there, to be reviewed as a diff.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Folder(caller), name);
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.That(File.Exists(path), Is.True, $"{name} is not there; ACCEPT=1 writes it");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)), $"{name} differs; ACCEPT=1 rewrites it");
    }

    /// <summary>Where an expectation lies in the source tree.</summary>
    public static string PathOf(string name, [CallerFilePath] string caller = "") => Path.Combine(Folder(caller), name);

    /// <summary>Expectations of the running assembly in the source tree, so that accepting changes what is committed.</summary>
    private static string Folder(string caller)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.Tests.csproj").Any())
                return Path.Combine(folder.FullName, "Expectations");
        }

        return Path.Combine(Path.GetDirectoryName(caller)!, "..", "Expectations");
    }
}
