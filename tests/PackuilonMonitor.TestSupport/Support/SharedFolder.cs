namespace PackuilonMonitor.Tests.Support;

/// <summary>The folder of recorded logs that some tests replay. It is no part of the repository: without it they are skipped.</summary>
public static class SharedFolder
{
    /// <summary>The path of a file or folder in it; skips the test where it is not there.</summary>
    public static string Find(string relative)
    {
        var folder = Environment.GetEnvironmentVariable("PACKUILON_SHARED") is { Length: > 0 } named ? named : BesideTheRepository();
        if (folder is not null && System.IO.Path.Combine(folder, relative) is var path && System.IO.Path.Exists(path))
            return path;

        Assert.Ignore($"needs {relative} of the recordings: put the folder 'shared' beside the repository or name it in PACKUILON_SHARED");
        return "";
    }

    private static string? BesideTheRepository()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PackuilonMonitor.sln"))
                && folder.Parent is { } above
                && Directory.Exists(System.IO.Path.Combine(above.FullName, "shared")))
                return System.IO.Path.Combine(above.FullName, "shared");
        return null;
    }
}
