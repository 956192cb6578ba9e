using System.Globalization;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>The folder of a host's store: one user writes it, one group reads it, and nobody else has access.</summary>
public static class HostFolder
{
    /// <summary>The default; the settings may name another.</summary>
    public const string Usual = "/var/lib/packuilon-monitor";

    /// <summary>The folder in it with the lines.</summary>
    public const string Lines = "lines";

    /// <summary>The folder in it that users put what they ask the recorder for into.</summary>
    public const string Asked = "asked";

    /// <summary>The folder in it with what each user has seen.</summary>
    public const string Seen = "seen";

    /// <summary>All of the group may put files there, and none can touch those of another.</summary>
    public const UnixFileMode AskedMode =
        Mode | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.StickyBit;

    /// <summary>The permissions of its files.</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>The permissions of the folder and the folders in it. New files get its group.</summary>
    public const UnixFileMode Mode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;

    private const int ForOthers = 0b000_000_111;
    private const int ForGroup = 0b000_010_000;

    /// <summary>Creates what is missing of it, for that group. Only while the process has one thread.</summary>
    /// <param name="group">The name of a group of this host.</param>
    /// <returns>What failed without preventing writes; usually null.</returns>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be created.</exception>
    public static string? Make(string folder, string group)
    {
        if (OperatingSystem.IsWindows())
            return "Linux only";
        var isNew = !Directory.Exists(folder);
        if (isNew)
            Directory.CreateDirectory(folder);
        if (
            StatResult.At(folder, followLink: false) is not { Found: true, Status: { IsDirectory: true } status }
            || status.Owner != ThisUser.Id
        )
            return null;
        var remark = GroupNumber(group) is not { } number ? $"there is no group {group} on this host: only this user can read {folder}"
            : status.Group == number || FileLock.GiveTo(folder, number) ? null
            : $"{folder} belongs to group {Number(status.Group)}, and only root can give it to {group}: chgrp {group} {folder}";
        if (isNew)
            File.SetUnixFileMode(folder, Mode);
        // The group's bit comes from the folder that they are in, and the unit of the package forbids setting it.
        var mask = FileMask.Set(0);
        try
        {
            MakeIn(folder, Asked, AskedMode);
            MakeIn(folder, Seen, Mode);
        }
        finally
        {
            _ = FileMask.Set(mask);
        }

        return remark;
    }

    /// <summary>Creates a folder in it, or gives one of this user these permissions.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be created.</exception>
    public static void MakeIn(string folder, string name, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(folder, name);
        if (!Directory.Exists(path))
            Directory.CreateDirectory(path, mode & ~UnixFileMode.SetGroup);
        if (
            StatResult.At(path, followLink: false) is { Found: true, Status: { IsDirectory: true } own }
            && own.Owner == ThisUser.Id
            && File.GetUnixFileMode(path) != mode
        )
            File.SetUnixFileMode(path, mode);
    }

    /// <summary>Whether it is there, and this user may not look into it.</summary>
    public static bool IsClosed(string folder) =>
        StatResult.At(Path.Combine(folder, RecorderLockFile.Name)) is { Found: false, Absent: false };

    /// <summary>Why a store is not used, or null if it may be: somebody else could have put it there, or could change it.</summary>
    /// <param name="owner">The required owner of everything in it; null accepts any one user.</param>
    public static string? Refusal(string folder, uint? owner)
    {
        var stat = StatResult.At(folder, followLink: false);
        if (!stat.Found)
            return $"{folder} is not there";
        if (!stat.Status.IsDirectory)
            return $"{folder} is {stat.Status.Sort} and not a folder";
        if (owner is { } user && stat.Status.Owner != user)
            return $"{folder} belongs to uid {Number(stat.Status.Owner)}, and this is uid {Number(user)}: "
                + $"run it as that user, or give --state-dir";
        if ((stat.Status.Permissions & (ForOthers | ForGroup)) != 0)
            return $"{folder} is open to others ({stat.Status.Rights}): they could have put files into it; chmod 2750 {folder}";
        return Entries(folder).Select(path => Wrong(path, stat.Status.Owner)).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>The number of a group by its name; null if there is none.</summary>
    private static uint? GroupNumber(string name)
    {
        try
        {
            return File.ReadLines("/etc/group")
                .Select(line => line.Split(':'))
                .Where(fields => fields.Length > 2 && fields[0] == name)
                .Select(fields =>
                    uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (uint?)null
                )
                .FirstOrDefault();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? Wrong(string path, uint owner)
    {
        var stat = StatResult.At(path, followLink: false);
        if (!stat.Found)
            return null;
        var status = stat.Status;
        if (status is { IsRegular: false, IsDirectory: false })
            return $"{path} is {status.Sort}, which no recorder makes; remove it";
        if (status is { IsRegular: true, Links: > 1 })
            return $"{path} has a second name elsewhere, which no recorder makes; remove it";
        if (status.Owner != owner)
            return $"{path} belongs to uid {Number(status.Owner)} and its folder to uid {Number(owner)}; remove it";
        return (status.Permissions & (ForOthers | ForGroup)) == 0
            ? null
            : $"{path} is open to others ({status.Rights}); chmod o=,g-w {path}";
    }

    /// <summary>
    /// The files that a recorder writes; none of the lines if they cannot be listed. Other files of its user are not part of the store.
    /// </summary>
    private static IEnumerable<string> Entries(string folder)
    {
        var lines = Path.Combine(folder, Lines);
        var own = new[] { RecorderLockFile.Name, HistoryStore.FileName, $"{HistoryStore.FileName}-wal", $"{HistoryStore.FileName}-shm" }
            .Select(name => Path.Combine(folder, name))
            .Append(lines);
        try
        {
            return StatResult.At(lines, followLink: false) is { Found: true, Status.IsDirectory: true }
                ? [.. own, .. Directory.EnumerateFileSystemEntries(lines)]
                : [.. own];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return own;
        }
    }

    private static string Number(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
