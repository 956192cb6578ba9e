using System.CommandLine;
using System.Reactive.Disposables;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Health;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Serving;
using Prometheus;

namespace PackuilonMonitor.Commands;

/// <summary>The factory's metrics and state over HTTP, for Prometheus and other programs, until a signal.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Listen = new("--listen")
    {
        Description = $"The address to listen on; *:PORT is every address. [default: {ListenAddress.Usual}]",
        HelpName = "ADDRESS:PORT",
    };

    public static Command Described()
    {
        var serve = new Command("serve", "Serve /metrics for Prometheus, /status.json and /healthz; no screen.") { Listen };
        serve.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            return Run(
                ChosenFactories.FactoriesOf(parsed, given),
                HistoryOptions.Of(parsed, given),
                HealthOfSources.MutesOf(parsed, given),
                given.Settings.Health,
                parsed.GetValue(Listen) ?? ListenAddress.Usual
            );
        });
        return serve;
    }

    /// <summary>Each factory is read and followed on a thread of its own, so that a disk that hangs does not delay the others.</summary>
    public static int Run(IReadOnlyList<Sources> factories, HistoryLocation history, MuteFile mutes, HealthLimits limits, string listen)
    {
        using var signals = new Signals();
        var registry = Metrics.NewCustomRegistry();
        var served = factories
            .Select(factory => new ServedFactory(
                factory.Factory.ThreadCount,
                factory.Start(),
                registry,
                state => Estimates.Of(state, () => RememberedBuilds.Read(history, factory.Zone, factory: factory.Name ?? "").History),
                HealthOfSources.Judge(factory, history, mutes, limits)
            ))
            .ToList();
        using var endpoint = HttpEndpoint.Open(ListenAddress.Parse(listen), new ServedFactories(served, registry).Answer, signals.End);
        using var memory = ReturnedMemory.Start();
        Complaints.Print($"serving http://{endpoint.At}/metrics");
        using var following = new CompositeDisposable();
        foreach (var (factory, one) in factories.Zip(served))
        {
            var tail = new StoppableScheduler("tail");
            following.Add(
                one.Follow(() => factory.Open(), tail, static state => SourceComplaints.Print(state, goesOn: true))
                    .Subscribe(_ => { }, signals.End, () => signals.End())
            );
            following.Add(tail);
        }

        return signals.Wait();
    }
}
