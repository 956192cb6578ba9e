using System.Globalization;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>What the lock of a shipper tells whoever judges its host: that it lives, and when all was confirmed.</summary>
/// <param name="Factory">The name under which it ships.</param>
/// <param name="Sign">What the lock tells.</param>
public sealed record ShipperSign(string Factory, RecorderSign Sign)
{
    private const string Before = "ship-";
    private const string After = ".lock";

    /// <summary>Events may be unconfirmed for so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with it, in words; null where all is well.</summary>
    public string? Trouble(DateTimeOffset now) => Sign.State switch
    {
        RecorderState.None or RecorderState.Runs => null,
        RecorderState.Hangs => string.Create(
            CultureInfo.InvariantCulture,
            $"ship (process {Sign.Process}) runs, and RabbitMQ last confirmed its events{Sign.Ago(now)}"
        ),
        RecorderState.Died => $"ship died{Sign.Ago(now)}: systemctl restart packuilon-monitor-ship",
    };

    /// <summary>The shippers that have their locks in a folder, by name; none where it cannot be read.</summary>
    public static IReadOnlyList<ShipperSign> In(string folder, DateTimeOffset now)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, $"{Before}*{After}")
                    .Order(StringComparer.Ordinal)
                    .Select(path => new ShipperSign(
                        Path.GetFileName(path)[Before.Length..^After.Length],
                        RecorderLockFile.ReadFile(path, Patience, now)
                    )),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Takes the lock of a shipper; null where another has it, or it cannot be made: shipping does not depend on it.</summary>
    public static RecorderLock? Take(string folder, string factory, DateTimeOffset now)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && !Directory.Exists(folder))
                WholeFile.MakeFolder(folder);
            // As the host's folder is, else as the user's own: who can read the folder may know that it ships.
            return StateFolder.Refusal(Path.Combine(folder, HistoryStore.FileName), ThisUser.Id) is null
                ? RecorderLock.TakeFile(Path.Combine(folder, $"{Before}{factory}{After}"), HostFolder.FileMode, now)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
