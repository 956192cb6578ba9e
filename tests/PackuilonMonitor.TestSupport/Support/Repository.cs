namespace PackuilonMonitor.Tests.Support;

/// <summary>Files of the repository that are no part of the tests' output.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    /// <summary>The path of a file or folder in it.</summary>
    public static string Place(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Place(relative));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PackuilonMonitor.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no folder above the tests holds PackuilonMonitor.sln");
        return folder.FullName;
    }
}
