using System.Globalization;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>Whether the folder of the store and the store itself belong to the user alone.</summary>
public static class StateFolder
{
    private const int ForOthers = 0b000_111_111;
    private const int WritableByOthers = 0b000_010_010;

    private const string RootHelp = "root creates no files in another user's folder; run it as that user, or give --state-dir";

    private const string UserHelp = "packuilon-monitor doctor names the command that helps";

    /// <summary>
    /// The first of the store, its folder and, if these are still to be created, the directory for them that belongs to somebody else; null
    /// if none does.
    /// </summary>
    /// <param name="user">
    /// The user who asks. Where nothing exists yet only root is checked: it could create files in anybody's home that its owner cannot use.
    /// </param>
    public static (string Path, uint Owner)? Foreign(string store, uint user)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(store)) ?? "/";
        foreach (var path in (string[])[store, $"{store}-wal", $"{store}-shm", folder])
        {
            if (StatResult.At(path) is { Found: true, Status: var status } && status.Owner != user)
                return (path, status.Owner);
        }

        if (user != 0)
            return null;
        while (StatResult.At(folder) is { Found: false } && Path.GetDirectoryName(folder) is { } above)
            folder = above;
        return StatResult.At(folder) is { Found: true, Status: { Owner: not 0 } owned } ? (folder, owned.Owner) : null;
    }

    /// <summary>Why the store is not used, or null if it may be.</summary>
    public static string? Refusal(string store, uint user) =>
        Foreign(store, user) is var (path, owner)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{path} belongs to uid {owner}, and this is uid {user}: {(user == 0 ? RootHelp : UserHelp)}"
            )
            : null;

    /// <summary>What of it other users may read or write, with the mode that it should have.</summary>
    public static IReadOnlyList<(string Path, UnixFileMode Mode)> Open(string store)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(store)) ?? "/";
        var open = new List<(string, UnixFileMode)>();
        // A folder with other things in it is left as it is, but nobody else may put a store there.
        if (
            StatResult.At(folder) is { Found: true, Status: var status }
            && (status.Permissions & (IsOurs(folder, store) ? ForOthers : WritableByOthers)) is not 0 and var bits
        )
            open.Add((folder, (UnixFileMode)(status.Permissions & 0x1FF & ~bits)));
        foreach (var path in (string[])[store, $"{store}-wal", $"{store}-shm"])
        {
            if (StatResult.At(path) is { Found: true, Status: var file } && (file.Permissions & ForOthers) != 0)
                open.Add((path, (UnixFileMode)(file.Permissions & 0x1FF & ~ForOthers)));
        }

        return open;
    }

    /// <summary>Closes it to other users.</summary>
    /// <returns>What was open, in words; null if nothing was.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    internal static string? Close(string store)
    {
        var open = Open(store);
        if (OperatingSystem.IsWindows() || open.Count == 0)
            return null;
        foreach (var (path, mode) in open)
            File.SetUnixFileMode(path, mode);
        return $"{string.Join(" and ", open.Select(found => found.Path))} {(open.Count == 1 ? "was" : "were")} open to others; closed now";
    }

    private static bool IsOurs(string folder, string store)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries(folder)
                .All(entry => Path.GetFileName(entry).StartsWith(Path.GetFileName(store), StringComparison.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
