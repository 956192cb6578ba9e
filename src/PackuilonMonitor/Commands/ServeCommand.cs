using System.CommandLine;
using System.Reactive.Concurrency;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Serving;

namespace PackuilonMonitor.Commands;

/// <summary>The factory's figures over HTTP, for Prometheus and for programs, until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Listen = new("--listen") { Description = $"Where to listen; *:PORT is every address. [default: {ListenAddress.Usual}]", HelpName = "ADDRESS:PORT" };

    public static Command Described()
    {
        var serve = new Command("serve", "Serve /metrics for Prometheus, /status.json and /healthz; no screen.") { Listen };
        serve.SetAction(static parsed =>
        {
            var given = CommonOptions.GivenBy(parsed);
            return Run(CommonOptions.SourcesOf(parsed, given), HistoryPlace.Of(parsed, given), parsed.GetValue(Listen) ?? ListenAddress.Usual);
        });
        return serve;
    }

    public static int Run(Sources sources, HistoryPlace history, string listen)
    {
        using var signals = new Signals();
        var factory = new ServedFactory(
            sources.Factory.ThreadCount, state => StuckBuilds.Of(state, () => RememberedBuilds.Read(history, sources.Zone).History));
        using var endpoint = HttpEndpoint.Open(ListenAddress.Parse(listen), factory.Answer);
        Complaints.Say($"serving http://{endpoint.At}/metrics");
        using var tail = new EventLoopScheduler(start => new Thread(start) { Name = "tail", IsBackground = true });
        using var following = factory.Follow(() => sources.Open(), tail, static state => Complaints.Print(state)).Subscribe(_ => { }, signals.End, () => signals.End());
        return signals.Wait();
    }
}
