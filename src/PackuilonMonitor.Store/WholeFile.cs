namespace PackuilonMonitor.Store;

/// <summary>Files that are replaced at once: nobody ever reads half of one, and nothing is left of one that could not be written.</summary>
public static class WholeFile
{
    /// <param name="mode">The rights of the file; null for the usual ones.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Neither.</exception>
    public static void Replace(string path, string text, UnixFileMode? mode)
    {
        // Where others may put files too, nobody can know this name.
        var next = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetRandomFileName());
        try
        {
            File.WriteAllText(next, text);
            if (mode is { } rights && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(next, rights);
            File.Move(next, path, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }
}
