using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Simulation;
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
    private readonly WrittenLogs _written = new();
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

    public Retention Retention { get; init; } = Retention.Usual;

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
        Recorder = new HistoryRecorder(Store, Retention, new LogDirectory(_folder["log"]), _clock, news => News = news);
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
        _writer.Write(_written.Note(_factory.StepsUntil(until)));
        _clock.AdvanceTo(until - TimeSpan.FromSeconds(2));
        Poll();
        _clock.AdvanceTo(until);
    }

    public void Poll()
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

    public byte[] WrittenBy(TrueBuild build) => _written.By(build, Truth);

    public void Dispose()
    {
        Quit();
        _folder.Dispose();
    }
}
