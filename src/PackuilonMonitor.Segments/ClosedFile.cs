namespace PackuilonMonitor.Segments;

/// <summary>Files of a recording, which are never open to more users than they should be, not even for a moment.</summary>
internal static class ClosedFile
{
    public static FileStream Make(string path, FileMode how, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = how,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        // The mask of the process may have taken too much away.
        options.UnixCreateMode = mode;
        var file = new FileStream(path, options);
        File.SetUnixFileMode(file.SafeFileHandle, mode);
        return file;
    }
}
