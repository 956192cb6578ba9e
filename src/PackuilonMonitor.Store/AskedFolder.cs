using System.Runtime.ExceptionServices;
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
        var path = before ?? Path.Combine(store, HostFolder.Asked, Path.GetRandomFileName() + ending);
        WholeFile.Replace(path, text, HostFolder.FileMode);
        return path;
    }

    /// <summary>
    /// The files with that ending, oldest first, with their owners; each is given once. One that fails waits for the next time, and the
    /// others do not wait for it. For the recorder.
    /// </summary>
    /// <param name="done">Called with each, before it is removed; not with what no user of the monitor puts there.</param>
    public static void Take(string store, string ending, Action<ReadOnlyMemory<byte>, uint> done)
    {
        var asked = Path.Combine(store, HostFolder.Asked);
        if (!Directory.Exists(asked))
            return;
        var first = default(Exception);
        foreach (var path in Directory.EnumerateFiles(asked, $"*{ending}").OrderBy(Modified).ToList())
        {
            try
            {
                if (Read(path) is var (text, user) && text is not null)
                    done(text, user);
                File.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                first ??= error;
            }
        }

        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>A user may give a file a time that .NET has no value for.</summary>
    private static long Modified(string path) => StatResult.At(path, followLink: false).Status.Modified;

    private static (byte[]? Text, uint User) Read(string path)
    {
        using var file = OpenFile.At(path, followLink: false).File;
        if (file?.Stat() is not { Found: true, Status: { IsRegular: true, Links: 1 } status } || status.Size > Longest)
            return default;
        var text = new byte[status.Size];
        return (text[..OpenFile.Read(file.Handle, text, 0)], status.Owner);
    }
}
