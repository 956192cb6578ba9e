using System.Text;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Dashboard;

/// <summary>A build log as far as it had been written at a moment of the past, as a file in memory alone. For one reader.</summary>
internal sealed class RecordedFile
{
    private readonly string _recording;
    private readonly PastLog _log;
    private readonly string _file;
    private StatResult _looked = StatResult.Missing;

    /// <param name="recording">The folder of the recording.</param>
    /// <param name="file">The name that the log had.</param>
    public RecordedFile(string recording, PastLog log, string file)
    {
        (_recording, _log, _file) = (recording, log, file);
        Place = new FileLocation(new SourceId($"{file} as it was recorded"), () => _looked, Open);
    }

    public FileLocation Place { get; }

    /// <summary>From which byte on the log arrived when, null where nobody saw it; known once it was opened.</summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> Arrivals { get; private set; } = [];

    private Opening Open()
    {
        try
        {
            var playback = new Playback(new RecordingReader(_recording));
            playback.Refresh();
            var bytes = new MemoryStream();
            var arrivals = new List<(long, DateTimeOffset?)>();
            foreach (var (line, at) in playback.LinesOf(_log.Log, _file, _log.Place))
            {
                if (arrivals.Count == 0 || arrivals[^1].Item2 != at)
                    arrivals.Add((bytes.Length, at));
                bytes.Write(Encoding.UTF8.GetBytes(line));
                bytes.WriteByte((byte)'\n');
            }

            Arrivals = arrivals;
            (var opened, _looked) = MemoryFile.Of("packuilon-log", bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            return opened;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _looked = StatResult.Missing;
            return Opening.Missing(error.Message.ReplaceLineEndings(" "));
        }
    }
}
