using System.CommandLine;
using System.Reactive.Linq;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
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

    private static readonly Option<bool> NoLogs = new("--no-logs") { Description = "Ship the events alone, and no build logs." };

    private static readonly Option<int> LogLimit = new("--log-limit")
    {
        Description = "Ship no more of a build log than so many MB. [default: 16]",
        HelpName = "MB",
        DefaultValueFactory = static _ => 16,
    };

    private static readonly Option<int> LogRate = new("--log-rate")
    {
        Description = "Ship no more of all build logs than so many KB a second. [default: 1024]",
        HelpName = "KB",
        DefaultValueFactory = static _ => 1024,
    };

    public static Command Described()
    {
        var ship = new Command("ship", "Publish this factory's events for monitors elsewhere.") { To, NoLogs, LogLimit, LogRate };
        ship.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var (sources, name) = ChosenFactories.ShippedOf(parsed, given);
            return Run(
                sources,
                parsed.GetValue(To),
                name,
                HistoryOptions.Of(parsed, given),
                parsed.GetValue(NoLogs) ? null : new LogLimits(Bytes(parsed, LogLimit, 1024 * 1024), Bytes(parsed, LogRate, 1024))
            );
        });
        return ship;
    }

    private static long Bytes(ParseResult parsed, Option<int> option, long unit) =>
        parsed.GetValue(option) is > 0 and var number
            ? number * unit
            : throw new WrongUseException($"{option.Name}: a number from 1 on; give one like {option.Name} {Examples.Value(option)}");

    /// <param name="limits">How much of the build logs is shipped; null for none of them.</param>
    /// <param name="history">
    /// Where copies of logs are that are gone, and the folder where other processes of the host see that it lives.
    /// </param>
    private static int Run(Sources sources, string? to, string factory, HistoryLocation history, LogLimits? limits)
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
        using var mine = history.Folder is { } folder ? ShipperSign.Take(folder, factory, DateTimeOffset.Now) : null;
        using var shipper = new EventShipper(stream, Complaints.Print);
        using var tail = new StoppableScheduler("tail");
        string? busy = null;
        LogShipping? Logs(Action<LogDigest> publish) =>
            limits is null || !sources.HasLogs
                ? null
                : new LogShipping(stream, sources.Logs, limits, new StoredLogs(history.Path), tail, Complaints.Print, publish);
        using var following = Observable
            .Using(
                () => sources.Open(withBuildLogs: false),
                feed => Observable.Using(
                    () => new Shipping(feed, sources, shipper, mine, tail, Logs, stop.Token),
                    shipping => shipping.Run(stream.ToString())
                )
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
        Complaints.Print(busy);
        return ExitCodes.Busy;
    }
}
