using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>A regular file that is open for reading. Opening takes no lock and never waits for a writer.</summary>
public sealed class OpenFile : IDisposable
{
    private const int ReadFlags = Native.NonBlocking | Native.CloseOnExec | Native.NoTerminal;

    private OpenFile(SafeFileHandle handle, FileIdentity identity) => (Handle, Identity) = (handle, identity);

    public SafeFileHandle Handle { get; }

    public FileIdentity Identity { get; }

    /// <summary>
    /// Opens a path if it is a regular file. Nothing else is ever opened: the path is checked first, and again once it is open.
    /// </summary>
    public static Opening At(string path, bool followLink = true)
    {
        var before = StatResult.At(path, followLink);
        if (!before.Found)
            return Opening.Refused(before.Error, WhyNot(before.Error));
        if (!before.Status.IsRegular)
            return Opening.Refused(Errno.None, $"not a file but {before.Status.Sort}");

        var descriptor = Native.Open(path, ReadFlags | (followLink ? 0 : Native.NoFollow), 0);
        return descriptor < 0
            ? Refused(Marshal.GetLastPInvokeError(), before)
            : Checked(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Opens for reading the file of a handle that was made with O_PATH.</summary>
    internal static Opening Through(SafeFileHandle pathOnly)
    {
        var link = $"/proc/self/fd/{pathOnly.DangerousGetHandle()}";
        var descriptor = Native.Open(link, ReadFlags, 0);
        return descriptor < 0
            ? Refused(Marshal.GetLastPInvokeError(), StatResult.At(pathOnly))
            : Checked(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Reads from an offset and returns the number of bytes; 0 at the end.</summary>
    /// <exception cref="IOException">
    /// The file cannot be read; the error code is the kernel's. Also if a file system revokes the right to read an open file, for which
    /// .NET throws another type.
    /// </exception>
    public static int Read(SafeFileHandle file, Span<byte> into, long offset)
    {
        try
        {
            return RandomAccess.Read(file, into, offset);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw refused.InnerException as IOException ?? new IOException(refused.Message, Errno.Denied);
        }
    }

    /// <summary>The status now; the identity never changes.</summary>
    public StatResult Stat() => StatResult.At(Handle);

    public void Dispose() => Handle.Dispose();

    /// <summary>
    /// Descriptors reserved for the program itself: output, signals, watches and the store need some. The kernel assigns the lowest free
    /// number.
    /// </summary>
    private static readonly long Last = Native.MostDescriptors - Math.Min(Reserve, Native.MostDescriptors / 4);

    private const long Reserve = 48;

    private static Opening Checked(SafeFileHandle handle)
    {
        if (handle.DangerousGetHandle() >= Last)
        {
            handle.Dispose();
            return Refused(Errno.TooManyOpen, default);
        }

        var found = StatResult.At(handle);
        if (found.Found && found.Status.IsRegular)
            return Opening.Done(new OpenFile(handle, found.Status.Identity));

        handle.Dispose();
        return Opening.Refused(found.Error, found.Found ? $"not a file but {found.Status.Sort}" : $"unreadable: {Errno.Name(found.Error)}");
    }

    private static Opening Refused(int error, StatResult stat) => Opening.Refused(error, error switch
    {
        Errno.Denied or Errno.NotPermitted => $"not readable: as uid {Native.EffectiveUser()}, {stat.Status.Rights}",
        _ => WhyNot(error),
    });

    /// <summary>The reason to show for a file that could not be examined or read.</summary>
    internal static string WhyNot(int error) => error switch
    {
        Errno.NotFound => "missing",
        Errno.NotADirectory => "missing: a part of its path is no directory",
        Errno.Denied => $"not readable: as uid {Native.EffectiveUser()}, its directory may not be searched",
        Errno.TooManyLinks => "unreadable: ELOOP, its links lead in a circle or it is a link where none may be",
        Errno.TooManyOpen or Errno.TooManyInSystem => $"unobserved: no file descriptor is free ({Errno.Name(error)})",
        _ => $"unreadable: {Errno.Name(error)}",
    };
}
