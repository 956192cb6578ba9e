using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>The result of a stat call on a path or an open file: its status, or the error.</summary>
/// <param name="Status">Valid only without an error.</param>
/// <param name="Error">The kernel's error number, 0 for none.</param>
public readonly record struct StatResult(FileStatus Status, int Error)
{
    public static StatResult Missing { get; } = new(default, Errno.NotFound);

    public bool Found => Error == Errno.None;

    public bool Absent => Errno.MeansAbsent(Error);

    /// <summary>Examines a path without opening anything. Follows a link in the last component only on request.</summary>
    public static StatResult At(string path, bool followLink = true)
    {
        // The call would end the name at the NUL and examine another file.
        if (path.Contains('\0'))
            return new StatResult(default, Errno.NotFound);

        var answer = StatCall.Of(Native.AtCurrentDirectory, path, followLink ? 0 : Native.AtNoFollow, out var found);
        return answer == 0 ? new StatResult(Read(found), Errno.None) : new StatResult(default, Marshal.GetLastPInvokeError());
    }

    internal static StatResult At(SafeFileHandle file)
    {
        var answer = StatCall.Of(file, out var found);
        return answer == 0 ? new StatResult(Read(found), Errno.None) : new StatResult(default, Marshal.GetLastPInvokeError());
    }

    /// <summary>Examines a name in an open directory; does not follow a link.</summary>
    internal static StatResult At(SafeFileHandle directory, string name)
    {
        var answer = StatCall.Of(directory, name, Native.AtNoFollow, out var found);
        return answer == 0 ? new StatResult(Read(found), Errno.None) : new StatResult(default, Marshal.GetLastPInvokeError());
    }

    private static FileStatus Read(in StatxResult found) => new(
        new FileIdentity(
            ((ulong)found.DeviceMajor << 32) | found.DeviceMinor,
            found.Inode,
            (found.Mask & Native.BirthTime) == 0 ? 0 : (found.BornSeconds * 1_000_000_000) + found.BornNanoseconds),
        (long)found.Size,
        (found.ModifiedSeconds * 1_000_000_000) + found.ModifiedNanoseconds,
        found.Mode,
        found.Owner,
        found.Group,
        found.Links);
}
