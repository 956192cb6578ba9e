using System.Globalization;
using System.Runtime.InteropServices;

namespace PackuilonMonitor.Platform;

/// <summary>
/// The pages of the program's own file in memory. A start touches nearly all of them, and the kernel counts them as this process's for
/// ever; most are not needed again. Those that are come back from the kernel's cache when they are touched.
/// </summary>
public static partial class ProgramPages
{
    private const int DoNotNeed = 4; // MADV_DONTNEED

    /// <summary>Lets go of them. Nothing happens where the kernel does not list them.</summary>
    public static void Release()
    {
        try
        {
            foreach (var (start, length) in Of(File.ReadLines("/proc/self/smaps"), Environment.ProcessPath ?? ""))
                _ = Advise(start, length, DoNotNeed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without /proc they stay.
        }
    }

    /// <summary>
    /// The parts of a file in memory, by address, that are only read and were never changed: no copy of a page would be lost with them.
    /// </summary>
    /// <param name="smaps">The lines of <c>/proc/PID/smaps</c>.</param>
    /// <param name="path">The file.</param>
    public static IEnumerable<(nint Start, nint Length)> Of(IEnumerable<string> smaps, string path)
    {
        (nint Start, nint Length)? part = null;
        foreach (var line in smaps)
        {
            if (Part(line) is { } found)
                part = found.File == path && found.Rights[1] == '-' && found.Rights[3] == 'p' ? (found.Start, found.Length) : null;
            else if (part is { } unchanged && HasNoCopy(line))
                yield return unchanged;
        }
    }

    private static bool HasNoCopy(string line) =>
        line.StartsWith("Anonymous:", StringComparison.Ordinal) && line.EndsWith(" 0 kB", StringComparison.Ordinal);

    /// <summary>The head of a part: <c>55d0c3a00000-55d0c3b00000 r-xp 00033000 fe:00 1234   /path</c>; null for a line about it.</summary>
    private static (nint Start, nint Length, string Rights, string File)? Part(string line)
    {
        if (line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries) is not [var range, { Length: 4 } rights, _, _, _, var file]
            || range.Split('-') is not [var from, var to]
            || !nint.TryParse(from, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            || !nint.TryParse(to, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end))
            return null;
        return (start, end - start, rights, file);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint length, int advice);
}
