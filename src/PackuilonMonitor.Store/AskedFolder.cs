using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>
/// The folder of a host's store that all its users may put files into, for the recorder, and where only the recorder and its owner may
/// remove one. Who asks is who owns the file. Any call may throw an <see cref="IOException"/> or an
/// <see cref="UnauthorizedAccessException"/>.
/// </summary>
public static class AskedFolder
{
    private const long Longest = 256 * 1024;

    /// <summary>Puts a file there, which the recorder reads whole or not at all. Returns its path.</summary>
    /// <param name="store">The folder of the store.</param>
    /// <param name="ending">What the file asks for.</param>
    /// <param name="before">The path of a file of this user that it replaces, if that is still there; null for none.</param>
    public static string Put(string store, string ending, string text, string? before = null)
    {
        var path = Path.Combine(store, HostFolder.Asked, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, HostFolder.FileMode);
        var asked = before ?? path + ending;
        File.Move(path, asked, overwrite: before is not null);
        return asked;
    }

    /// <summary>The files with that ending, oldest first, with their owners; each is given once. For the recorder.</summary>
    /// <param name="done">Called with each, before it is removed; not with what no user of the monitor puts there.</param>
    public static void Take(string store, string ending, Action<ReadOnlyMemory<byte>, uint> done)
    {
        var asked = Path.Combine(store, HostFolder.Asked);
        if (!Directory.Exists(asked))
            return;
        foreach (var path in Directory.EnumerateFiles(asked, $"*{ending}").OrderBy(File.GetLastWriteTimeUtc).ToList())
        {
            if (Read(path) is var (text, user) && text is not null)
                done(text, user);
            File.Delete(path);
        }
    }

    private static (byte[]? Text, uint User) Read(string path)
    {
        using var file = OpenFile.At(path, followLink: false).File;
        if (file?.Stat() is not { Found: true, Status: { IsRegular: true, Links: 1 } status } || status.Size > Longest)
            return default;
        var text = new byte[status.Size];
        return (text[..OpenFile.Read(file.Handle, text, 0)], status.Owner);
    }
}
