namespace PackuilonMonitor.Faults;

/// <summary>Why a new file could not be written, with what would do; the runtime's words name neither the folder nor the reason.</summary>
public static class FileWords
{
    private const int Exists = 17; // EEXIST
    private const int NoSpace = 28; // ENOSPC
    private const int ReadOnly = 30; // EROFS
    private const int NoQuota = 122; // EDQUOT

    /// <param name="path">As the user named it.</param>
    public static string NotWritten(string path, Exception error)
    {
        if (error is ArgumentException or NotSupportedException)
            return error.Message.ReplaceLineEndings(" ");
        if (Directory.Exists(path))
            return "it is a folder; name a file in it";
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        return error switch
        {
            FileNotFoundException or DirectoryNotFoundException when File.Exists(folder) => $"{folder} is not a folder",
            FileNotFoundException or DirectoryNotFoundException when !Directory.Exists(folder) =>
                $"there is no folder {folder}; make it first",
            FileNotFoundException => $"no file can be made in {folder}",
            UnauthorizedAccessException => $"no permission to write in {folder}",
            PathTooLongException => "the name is too long",
            { HResult: Exists } => "it is there already, and is not written over; give another name",
            { HResult: NoSpace or NoQuota } => $"no room is left in {folder}",
            { HResult: ReadOnly } => $"{folder} is read-only",
            _ => error.Message.ReplaceLineEndings(" "),
        };
    }
}
