using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>A simulated factory that writes its files in virtual time, and the state that is folded from them.</summary>
internal sealed class ReadFactory : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SimulatedFactory _factory;
    private readonly FactoryWriter _writer;
    private readonly HistoricalScheduler _clock;
    private readonly MonitorFeed _feed;

    public ReadFactory(string dialect, ulong seed, Scenario scenario)
    {
        Directory.CreateDirectory(_folder["log"]);
        var plan = new FactoryPlan
        {
            Seed = seed,
            Dialect = Dialect.All.First(one => one.Name == dialect),
            Scenario = scenario,
        };
        (_factory, _writer) = (new SimulatedFactory(plan), new FactoryWriter(_folder["messages"], _folder["log"]));
        _clock = new HistoricalScheduler(plan.Start);
        _feed = new MonitorFeed(
            MonitorFeed.Files([_folder["messages"]], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, plan.Start),
            [new BuildLogs(new LogDirectory(_folder["log"]))],
            _clock
        );
    }

    public MonitorState State { get; private set; } = MonitorState.Empty;

    public DateTimeOffset Now => _clock.Now;

    /// <summary>The folder of its files.</summary>
    public string Path => _folder.Path;

    /// <summary>Lets time pass; what was written meanwhile is read at its end.</summary>
    public void Live(TimeSpan time)
    {
        _clock.AdvanceTo(_clock.Now + time);
        _writer.Write(_factory.StepsUntil(_clock.Now));
        State = _feed.ReadAll().Aggregate(State, static (known, batch) => known.Apply(batch));
    }

    public void Dispose()
    {
        _feed.Dispose();
        _folder.Dispose();
    }
}
