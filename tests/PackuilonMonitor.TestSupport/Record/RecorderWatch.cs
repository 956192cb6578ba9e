using System.Collections.Immutable;
using System.IO.Compression;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Record;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Segments;
using PackuilonMonitor.Tests.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Record;

/// <summary>A simulated factory that writes real files, and recorders of it that are killed and begin again; time moves by hand.</summary>
internal sealed class RecorderWatch : IDisposable
{
    private static readonly FactoryFacts Facts = new(null, 4, "UTC", "/log");

    private readonly TempFolder _folder = new();
    private readonly SimulatedFactory _factory;
    private readonly FactoryWriter _writer;
    private readonly WrittenLogs _written = new();
    private readonly MonitorFeed _witness;
    private HistoricalScheduler _clock;
    private MonitorFeed? _feed;
    private BuildLogs? _logs;
    private LineRecorder? _lines;
    private HistoryRecorder? _rows;
    private IStopwatch? _stopwatch;

    public RecorderWatch(FactoryPlan plan)
    {
        Directory.CreateDirectory(_folder["log"]);
        Directory.CreateDirectory(_folder["state/lines"]);
        // The tests rotate it themselves, in more ways.
        _factory = new SimulatedFactory(plan with { Scenario = plan.Scenario with { RotatedEvery = null } });
        _writer = new FactoryWriter(Messages, _folder["log"]);
        _clock = new HistoricalScheduler(plan.Start);
        _witness = new MonitorFeed(
            MonitorFeed.Files([Messages], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, plan.Start),
            [],
            _clock
        );
    }

    public string Messages => _folder["messages"];

    public DateTimeOffset Now => _clock.Now;

    public FactoryTruth Truth => _factory.Truth;

    public RecordedFactory? Recorder { get; private set; }

    public List<string> Troubles { get; } = [];

    /// <summary>The bulletins that were sent, with what tells each from the others.</summary>
    public List<(string Key, Bulletin Bulletin)> Sent { get; } = [];

    public RecordingReader Reader => new(_folder["state/lines"]);

    /// <summary>Called with each state and the time at which it was there.</summary>
    public Action<MonitorState, DateTimeOffset>? Seen { get; set; }

    public void Start()
    {
        _clock = new HistoricalScheduler(_clock.Now);
        _stopwatch = _clock.StartStopwatch();
        var states = new StateKeeper(Reader, GivenFrames.Mode, distance: 1, _clock);
        var recorded = FactoryRecording.In(Reader, states).GetValueOrDefault("") ?? FactoryRecording.Nothing("");
        _lines = new LineRecorder(
            () => new RecordingWriter(_folder["state/lines"], RecordingLimits.Usual, GivenFrames.Mode),
            states,
            _clock,
            why => Troubles.Add(why ?? "well")
        );
        _rows = new HistoryRecorder(_folder["state/history.db"], Retention.Usual, new LogDirectory(_folder["log"]), _clock, _ => { });
        _rows.Begin();
        var alerts = new AlertSender(
            Snapshot.Of(recorded.Earlier ?? MonitorState.Empty, PackuilonMonitor.Core.Snapshots.Facts.None),
            recorded.Alerts,
            [.. Enum.GetValues<AlertKind>()],
            _clock,
            (factory, key, told) =>
            {
                _lines.Note(factory, key);
                Sent.Add((key, told));
            }
        );
        alerts.Begin();
        Recorder = new RecordedFactory("", Facts, recorded, _lines, _rows, alerts.See);
        _feed = Recorder.Open(
            (start, known, grown) =>
            {
                _logs = new BuildLogs(new LogDirectory(_folder["log"]), known, grown);
                return new MonitorFeed(
                    MonitorFeed.Files([Messages], start ?? (_ => StartAt.Oldest)),
                    new SyslogClock(TimeZoneInfo.Utc, _clock.Now),
                    [_logs],
                    _clock
                );
            }
        );
        foreach (var state in Recorder.CatchUp(_feed, _clock))
            Seen?.Invoke(state, _clock.Now);
        LookAtLogs();
    }

    /// <summary>The recorder is gone without a word; what it was about to write is lost.</summary>
    public void Kill()
    {
        _feed?.Dispose();
        _clock = new HistoricalScheduler(_clock.Now);
        (_feed, _logs, _lines, _rows, Recorder) = (null, null, null, null, null);
    }

    public void Quit()
    {
        _rows?.Dispose();
        _lines?.Dispose();
        Kill();
    }

    /// <summary>The factory works for so long, and the recorder, if there is one, looks once and then has time to write.</summary>
    public void Step(TimeSpan time)
    {
        var until = _clock.Now + time;
        _writer.Write(_written.Note(_factory.StepsUntil(until)));
        AllLines.AddRange(_witness.CatchUp().SelectMany(batch => batch).Where(seen => seen.Text is not null));
        _clock.AdvanceTo(until - TimeSpan.FromSeconds(2));
        Poll();
        _clock.AdvanceTo(until);
    }

    public void Poll()
    {
        if (_feed is null)
            return;
        foreach (var batch in _feed.CatchUp())
            Take(batch);
        LookAtLogs();
    }

    /// <summary>The recorder gets this from elsewhere.</summary>
    public void Bring(params Observation[] seen) => Take(seen);

    /// <summary>
    /// Rotates the system log as logrotate does, with a new file or by copy and truncation, and compresses what was rotated before.
    /// </summary>
    public void Rotate(bool copies, bool compresses)
    {
        if (compresses && File.Exists(_folder["messages.1"]))
        {
            using (var from = File.OpenRead(_folder["messages.1"]))
            using (var to = new GZipStream(File.Create(_folder["messages.1.gz"]), CompressionLevel.Fastest))
                from.CopyTo(to);
            _folder.Delete("messages.1");
        }

        for (var turn = 30; turn > 0; turn--)
        {
            foreach (var ending in (string[])["", ".gz"])
            {
                if (File.Exists(_folder[$"messages.{turn}{ending}"]))
                    _folder.Move($"messages.{turn}{ending}", $"messages.{turn + 1}{ending}");
            }
        }

        if (copies)
        {
            File.Copy(Messages, _folder["messages.1"]);
            _folder.Truncate("messages");
        }
        else
        {
            _folder.Move("messages", "messages.1");
            _folder.Write("messages", "");
        }
    }

    /// <summary>All lines of our programs, as a reader finds them that was never killed and looked at every step.</summary>
    public List<Observation> AllLines { get; } = [];

    public T Rows<T>(Func<HistoryStore, T> read)
    {
        using var store = HistoryStore.Read(_folder["state/history.db"]).Store;
        return read(store!);
    }

    public void Dispose()
    {
        Quit();
        _witness.Dispose();
        _folder.Dispose();
    }

    public byte[] WrittenBy(TrueBuild build) => _written.By(build, Truth);

    private void LookAtLogs()
    {
        do
        {
            var seen = _logs!.Poll(PackuilonMonitor.Ingest.Moment.Of(_clock, _stopwatch!));
            if (seen.Count > 0)
                Take(seen);
        }
        while (_logs!.HasMore);
    }

    private void Take(IReadOnlyList<Observation> batch)
    {
        if (batch.Count == 0)
            return;
        var state = Recorder!.Take(_feed!, batch, _clock);
        Seen?.Invoke(state, _clock.Now);
    }
}
