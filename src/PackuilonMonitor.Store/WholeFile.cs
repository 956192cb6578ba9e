using System.Text;

namespace PackuilonMonitor.Store;

/// <summary>Files that are replaced at once: nobody ever reads half of one, and nothing is left of one that could not be written.</summary>
public static class WholeFile
{
    /// <summary>Rights of what belongs to one user: nobody else reads it, whatever the mask of the process.</summary>
    public const UnixFileMode ForUserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a user's own folder, if it is not there, so that nobody else may enter it.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, ForUserAlone | UnixFileMode.UserExecute);
    }

    /// <param name="mode">The rights of the file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Neither.</exception>
    public static void Replace(string path, string text, UnixFileMode mode)
    {
        // Where others may put files too, nobody can know this name.
        var next = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetRandomFileName());
        try
        {
            using (var file = Made(next, mode))
                file.Write(Encoding.UTF8.GetBytes(text));
            File.Move(next, path, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }

    /// <summary>Never open to more users, not even for a moment; the mask of the process may have taken too much away.</summary>
    private static FileStream Made(string path, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        options.UnixCreateMode = mode;
        var file = new FileStream(path, options);
        File.SetUnixFileMode(file.SafeFileHandle, mode);
        return file;
    }
}
