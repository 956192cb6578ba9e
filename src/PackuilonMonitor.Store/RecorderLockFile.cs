using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>The file in a store's folder that a recorder holds locked, and what it says.</summary>
public static class RecorderLockFile
{
    public const string Name = "recorder.lock";

    /// <summary>A beat that is older is missed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads the lock of a store's folder; where it cannot be read there is no recorder for this user.</summary>
    public static RecorderSign Read(string folder, DateTimeOffset now) => ReadFile(Path.Combine(folder, Name), Patience, now);

    /// <param name="patience">A beat that is older is missed.</param>
    internal static RecorderSign ReadFile(string path, TimeSpan patience, DateTimeOffset now)
    {
        using var file = OpenFile.At(path).File;
        if (file is null)
            return RecorderSign.Nobody;
        try
        {
            var text = new byte[Text(0, now, ended: false).Length];
            var taken = FileLock.IsTaken(file.Handle);
            return Parse(Encoding.ASCII.GetString(text, 0, RandomAccess.Read(file.Handle, text, 0)), taken, patience, now);
        }
        catch (IOException)
        {
            return RecorderSign.Nobody;
        }
    }

    /// <summary>The text of a lock, always as long.</summary>
    internal static string Text(int process, DateTimeOffset wroteAt, bool ended) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"pid {process,10}\nwrote {wroteAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\nstate {(ended ? "ended" : "runs ")}\n"
        );

    private static RecorderSign Parse(string text, bool taken, TimeSpan patience, DateTimeOffset now)
    {
        var fields = text.Split('\n')
            .Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0])
            .ToDictionary(one => one.Key, one => one.First()[1].Trim(), StringComparer.Ordinal);
        var process = int.TryParse(fields.GetValueOrDefault("pid"), NumberStyles.None, CultureInfo.InvariantCulture, out var known)
            ? known
            : 0;
        var wrote = DateTimeOffset.TryParse(
            fields.GetValueOrDefault("wrote"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : (DateTimeOffset?)null;
        var state = taken ? now - wrote > patience ? RecorderState.Hangs : RecorderState.Runs
            : fields.GetValueOrDefault("state") is "runs" ? RecorderState.Died : RecorderState.None;
        return new RecorderSign(state, process, wrote);
    }
}
