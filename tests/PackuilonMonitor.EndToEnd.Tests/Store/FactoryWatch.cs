using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>
/// A simulated factory that writes real files, and monitors that watch it, are killed and begin again; time moves by hand.
/// </summary>
internal sealed class FactoryWatch : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SimulatedFactory _factory;
    private readonly FactoryWriter _writer;
    private HistoricalScheduler _clock;
    private readonly Dictionary<string, List<byte[]>> _contents = new(StringComparer.Ordinal);
    private MonitorFeed? _feed;
    private SeenLogs _logs = SeenLogs.None;

    public FactoryWatch(FactoryPlan plan)
    {
        Directory.CreateDirectory(_folder["log"]);
        _factory = new SimulatedFactory(plan);
        _writer = new FactoryWriter(_folder["messages"], _folder["log"]);
        _clock = new HistoricalScheduler(plan.Start);
    }

    public string Store => _folder["state/history.db"];

    public Keeping Keeping { get; init; } = Keeping.Usual;

    public DateTimeOffset Now => _clock.Now;

    public FactoryTruth Truth => _factory.Truth;

    public MonitorState State { get; private set; } = MonitorState.Empty;

    public HistoryRecorder? Recorder { get; private set; }

    public HistoryNews? News { get; private set; }

    /// <summary>A new monitor reads everything from the oldest line.</summary>
    public void Start()
    {
        // A killed monitor's plans die with it.
        _clock = new HistoricalScheduler(_clock.Now);
        _feed = new MonitorFeed(
            MonitorFeed.Files([_folder["messages"]], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, _clock.Now),
            [new BuildLogs(new LogDirectory(_folder["log"]))],
            _clock
        );
        State = MonitorState.Empty;
        Recorder = new HistoryRecorder(Store, Keeping, new LogDirectory(_folder["log"]), _clock, news => News = news);
        Recorder.Begin();
    }

    /// <summary>The monitor is gone without a word; what it was about to write is lost.</summary>
    public void Kill()
    {
        _feed?.Dispose();
        _clock = new HistoricalScheduler(_clock.Now);
        (_feed, Recorder, _logs) = (null, null, SeenLogs.None);
    }

    public void Quit()
    {
        Recorder?.Dispose();
        Kill();
    }

    /// <summary>The factory works for so long, and the monitor, if there is one, looks once and then has time to write.</summary>
    public void Step(TimeSpan time)
    {
        var until = _clock.Now + time;
        _writer.Write(Noted(_factory.StepsUntil(until)));
        _clock.AdvanceTo(until - TimeSpan.FromSeconds(2));
        Look();
        _clock.AdvanceTo(until);
    }

    public void Look()
    {
        if (_feed is null)
            return;
        foreach (var batch in _feed.ReadAll())
        {
            State = State.Apply(batch);
            Recorder!.See(_logs = _logs.And(batch), State);
        }
    }

    /// <summary>What the store holds, as another program would read it.</summary>
    public T Read<T>(Func<HistoryStore, T> read)
    {
        using var store = HistoryStore.Read(Store).Store;
        Assert.That(store, Is.Not.Null, HistoryStore.Read(Store).Why);
        return read(store!);
    }

    /// <summary>All that a build wrote into its log; the n-th build of a file opened it the n-th time.</summary>
    public byte[] WrittenBy(TrueBuild build) =>
        _contents[build.LogFile][Truth.Builds.Count(other => other.LogFile == build.LogFile && other.Number < build.Number)];

    public void Dispose()
    {
        Quit();
        _folder.Dispose();
    }

    private IEnumerable<FactoryStep> Noted(IEnumerable<FactoryStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Operation is LogOpened opened)
            {
                if (!_contents.TryGetValue(opened.File, out var logs))
                    _contents[opened.File] = logs = [];
                logs.Add([]);
            }
            else if (
                step.Operation is LogWritten { File: var file } written
                && _contents.TryGetValue(file, out var logs)
                && logs[^1].Length == written.Offset
            )
            {
                logs[^1] = [.. logs[^1], .. written.Bytes.Span];
            }

            yield return step;
        }
    }
}
