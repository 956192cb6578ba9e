using System.CommandLine;
using System.Globalization;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Store;
using Command = System.CommandLine.Command;

namespace PackuilonMonitor.Commands;

/// <summary>A recording as one file, for a colleague or a bug report.</summary>
internal static class SnapshotCommand
{
    private static readonly Argument<string> File = new("FILE")
    {
        Description = "The file to write; an existing file is not overwritten.",
    };
    private static readonly Option<bool> Redact = new("--redact")
    {
        Description = "Replace hosts, images, profiles and addresses, each always by the same name.",
    };

    public static Command Described()
    {
        var snapshot = new Command("snapshot", "Write a recording to one file, to pass on.") { File, Redact };
        snapshot.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var zone = given.Settings.Sources.Zone ?? HostZone.Of(Environment.GetEnvironmentVariable).Zone;
            return Run(
                HistoryOptions.Of(parsed, given),
                parsed.GetValue(File)!,
                ReplayCommand.Moment("--since", CommonOptions.SinceOf(parsed), zone),
                parsed.GetValue(Redact)
            );
        });
        return snapshot;
    }

    private static int Run(HistoryLocation history, string path, DateTimeOffset? since, bool redacts)
    {
        if (path.Length == 0)
            throw new WrongUseException("snapshot: a path is missing; give one like factory.snapshot");
        if (history.Recording is not { } recording)
            throw new WrongUseException($"snapshot: {history.NothingRecorded($"give --state-dir, like {HostFolder.Usual}")}");
        using var ends = new EndBySignal();
        try
        {
            var frames = SnapshotFile.Write(path, new RecordingReader(recording), since, redacts, About(since, redacts));
            Complaints.Print(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Words.Count(frames, "frame")} in {path} ({new FileInfo(path).Length} bytes): packuilon-monitor replay {path}"
                )
            );
            return ExitCodes.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Complaints.Print($"snapshot: {path}: {FileWords.NotWritten(path, error)}");
            return ExitCodes.Unreadable;
        }
    }

    private static IEnumerable<string> About(DateTimeOffset? since, bool redacts) =>
        [
            $"packuilon-monitor {typeof(SnapshotCommand).Assembly.GetName().Version?.ToString(3)}",
            string.Create(CultureInfo.InvariantCulture, $"made {DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}"),
            since is { } at
                ? string.Create(CultureInfo.InvariantCulture, $"from {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} on")
                : "all that was recorded",
            redacts ? "redacted" : "as it was recorded",
        ];
}
