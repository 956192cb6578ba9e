using System.CommandLine;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>Publishes this factory's events to a RabbitMQ stream, for monitors elsewhere, until a signal.</summary>
internal static class ShipCommand
{
    private static readonly Option<string?> To = new("--to")
    {
        Description = "The RabbitMQ to publish to. [default: that of the configuration]",
        HelpName = "amqp://USER:PASSWORD@HOST:PORT",
    };

    public static Command Described()
    {
        var ship = new Command("ship", "Publish this factory's events for monitors elsewhere.") { To };
        ship.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var (sources, name) = ChosenFactories.ShippedOf(parsed, given);
            return Run(sources, parsed.GetValue(To), name, HistoryOptions.FolderOf(parsed, given));
        });
        return ship;
    }

    /// <param name="folder">Where other processes of the host see that it lives; null for nowhere.</param>
    public static int Run(Sources sources, string? to, string factory, string? folder)
    {
        var uri = to
            ?? sources.Factory.Queue?.Uri
            ?? throw new WrongUseException(
                sources.Factory.QueueFault is { } fault
                    ? $"--to: {fault}"
                    : "--to: the configuration names no RABBIT_HOST; give one like amqp://user:password@host:5672"
            );
        var stream = EventStream.Of("--to", uri, factory);
        using var signals = new Signals();
        using var stop = new CancellationTokenSource();
        using var mine = folder is null ? null : ShipperSign.Take(folder, factory, DateTimeOffset.Now);
        using var shipper = new EventShipper(stream, Complaints.Say);
        using var tail = new EventLoopScheduler(start => new Thread(start) { Name = "tail", IsBackground = true });
        string? busy = null;
        using var following = Observable
            .Using(
                () => sources.Open(withBuildLogs: false),
                feed => new Shipping(feed, sources, shipper, mine, tail, stop.Token).Run(stream.ToString())
            )
            .SubscribeOn(tail)
            .Subscribe(
                _ => { },
                fault =>
                {
                    busy = stop.IsCancellationRequested ? null : (fault as AnotherShipsException)?.Message;
                    signals.End(stop.IsCancellationRequested || busy is not null ? null : fault);
                },
                () => signals.End()
            );
        var code = signals.Wait();
        stop.Cancel();
        if (busy is null)
            return code;
        Complaints.Say(busy);
        return ExitCodes.Busy;
    }
}
