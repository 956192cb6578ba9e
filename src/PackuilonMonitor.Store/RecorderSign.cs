using System.Globalization;
using System.Text;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>How it stands with the recorder of a store.</summary>
public enum RecorderState
{
    /// <summary>There never was one, or it ended in good order.</summary>
    None,
    Runs,

    /// <summary>It runs, and has not been able to write for a while.</summary>
    Hangs,

    /// <summary>It was killed, or the host went down.</summary>
    Died,
}

/// <summary>What the lock of a store tells of its recorder.</summary>
/// <param name="Process">Its process; 0 where it is not known.</param>
/// <param name="WroteAt">When it last wrote, or was seen to have nothing to write; null where that is not known.</param>
public sealed record RecorderSign(RecorderState State, int Process, DateTimeOffset? WroteAt)
{
    public const string FileName = "recorder.lock";

    public static readonly RecorderSign Nobody = new(RecorderState.None, 0, null);

    /// <summary>A beat that is older is missed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Another process writes the store: nobody else may.</summary>
    public bool IsThere => State is RecorderState.Runs or RecorderState.Hangs;

    /// <summary>Why nothing is recorded, as <c>history off: …</c> goes on; null where all is well.</summary>
    public string? Trouble(DateTimeOffset now) => State switch
    {
        RecorderState.None or RecorderState.Runs => null,
        RecorderState.Hangs => $"the recorder (process {Number(Process)}) runs but cannot write{Ago(now)}",
        RecorderState.Died => $"the recorder died{Ago(now)}: systemctl restart packuilon-monitor-record",
    };

    /// <summary>Reads the lock of a store's folder; where it cannot be read there is no recorder for this user.</summary>
    public static RecorderSign Of(string folder, DateTimeOffset now)
    {
        using var file = OpenFile.At(Path.Combine(folder, FileName)).File;
        if (file is null)
            return Nobody;
        try
        {
            var text = new byte[Text(0, now, ended: false).Length];
            var taken = FileLock.IsTaken(file.Handle);
            return Of(Encoding.ASCII.GetString(text, 0, RandomAccess.Read(file.Handle, text, 0)), taken, now);
        }
        catch (IOException)
        {
            return Nobody;
        }
    }

    /// <summary>The text of a lock, always as long.</summary>
    internal static string Text(int process, DateTimeOffset wroteAt, bool ended) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"pid {process,10}\nwrote {wroteAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\nstate {(ended ? "ended" : "runs ")}\n"
        );

    private static RecorderSign Of(string text, bool taken, DateTimeOffset now)
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
        var state = taken ? now - wrote > Patience ? RecorderState.Hangs : RecorderState.Runs
            : fields.GetValueOrDefault("state") is "runs" ? RecorderState.Died : RecorderState.None;
        return new RecorderSign(state, process, wrote);
    }

    private string Ago(DateTimeOffset now) => WroteAt is not { } at || at > now ? ""
        : (now - at) switch
        {
            { TotalMinutes: < 2 } age => $" {Number((int)age.TotalSeconds)} seconds ago",
            { TotalHours: < 2 } age => $" {Number((int)age.TotalMinutes)} minutes ago",
            { TotalDays: < 2 } age => $" {Number((int)age.TotalHours)} hours ago",
            var age => $" {Number((int)age.TotalDays)} days ago",
        };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
