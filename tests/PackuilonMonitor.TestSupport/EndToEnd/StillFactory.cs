using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The files of a simulated factory after six hours, with nobody writing any more: every run of a test sees the same.</summary>
internal sealed class StillFactory : IDisposable
{
    public const string Now = "2026-11-22T12:00:00Z";

    private static readonly DateTimeOffset At = DateTimeOffset.Parse(Now, System.Globalization.CultureInfo.InvariantCulture);

    private readonly Demonstration _demo;

    /// <param name="dialect">2003ddb puts the second of its start into a log's name, so that logs of one image lie side by side.</param>
    /// <param name="seed">Another factory for each; images and threads have the same names in all.</param>
    public StillFactory(string dialect = "2003ddb", ulong seed = 1)
    {
        Assert.That(Dialect.TryParse(dialect, out var known, out var error), error);
        _demo = Demonstration.Start(
            new FactoryPlan { Dialect = known!, Seed = seed },
            TimeSpan.FromHours(6),
            TimeZoneInfo.Utc,
            new HistoricalScheduler(At)
        );
        using var feed = new MonitorFeed(
            MonitorFeed.Files([_demo.Messages], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, At),
            [new BuildLogs(new LogDirectory(_demo.LogDirectory))],
            Scheduler.Immediate
        );
        // What the configuration says of the profiles decides which messages wait.
        State = feed.ReadAll()
            .Aggregate(MonitorState.Of(null, FactoryConfiguration.Read(_demo.Config).ProfileMatch), static (state, batch) =>
                state.Apply(batch)
            );
        Builds = BuildView.All(State);
    }

    public MonitorState State { get; }

    public IReadOnlyList<BuildView> Builds { get; }

    /// <summary>What the program is to be started with.</summary>
    public string Arguments =>
        $"--messages '{_demo.Messages}' --log-dir '{_demo.LogDirectory}' --config '{_demo.Config}' --time-zone UTC --now {Now}";

    /// <summary>Its section of a settings file with several factories.</summary>
    public string Section(string name) =>
        $"[factory {name}]\nmessages = {_demo.Messages}\nlog-dir = {_demo.LogDirectory}\nconfig = {_demo.Config}\n";

    public void Dispose() => _demo.Dispose();
}
