namespace PackuilonMonitor.Store;

/// <summary>Why a new file could not be written, with what would do; the runtime's words name neither the folder nor the reason.</summary>
public static class FileWords
{
    private const int Exists = 17; // EEXIST
    private const int NoSpace = 28; // ENOSPC
    private const int ReadOnly = 30; // EROFS
    private const int NoQuota = 122; // EDQUOT

    /// <summary>Whether the disk or a quota has no room left.</summary>
    public static bool IsFull(IOException error) => error.HResult is NoSpace or NoQuota;

    /// <param name="path">As the user named it; folders on the way to it may be missing.</param>
    public static string NotWritten(string path, Exception error)
    {
        if (error is ArgumentException or NotSupportedException)
            return error.Message.ReplaceLineEndings(" ");
        if (Directory.Exists(path))
            return "it is a folder; name a file in it";
        if (Folder(path) is not { } folder)
            return "the current folder was removed; give the whole path";
        var there = folder;
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        return error switch
        {
            FileNotFoundException or DirectoryNotFoundException when File.Exists(there) => $"{there} is not a folder",
            FileNotFoundException or DirectoryNotFoundException when there != folder => $"there is no folder {folder}; make it first",
            FileNotFoundException => $"no file can be made in {folder}",
            UnauthorizedAccessException => $"no permission to write in {there}",
            PathTooLongException => "the name is too long",
            { HResult: Exists } => "it is there already, and is not written over; give another name",
            IOException full when IsFull(full) => $"no room is left in {there}",
            { HResult: ReadOnly } => $"{there} is read-only",
            _ => error.Message.ReplaceLineEndings(" "),
        };
    }

    /// <summary>The folder of a path; null for a relative one in a folder that was removed.</summary>
    private static string? Folder(string path)
    {
        try
        {
            return Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        }
        catch (IOException)
        {
            return null;
        }
    }
}
