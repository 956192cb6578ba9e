using System.CommandLine;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Reports;

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
            var (sources, name) = ChosenFactories.ShippedOf(parsed, RunSettings.By(parsed));
            return Run(sources, parsed.GetValue(To), name);
        });
        return ship;
    }

    public static int Run(Sources sources, string? to, string factory)
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
        using var shipper = new EventShipper(stream, Complaints.Say);
        using var tail = new EventLoopScheduler(start => new Thread(start) { Name = "tail", IsBackground = true });
        using var following = Observable
            .Using(() => sources.Open(withBuildLogs: false), feed => Shipped(feed, shipper, stream, tail, stop.Token))
            .SubscribeOn(tail)
            .Subscribe(_ => { }, fault => signals.End(stop.IsCancellationRequested ? null : fault), () => signals.End());
        var code = signals.Wait();
        stop.Cancel();
        return code;
    }

    /// <summary>Skips what was published before, then publishes existing and new events.</summary>
    private static IObservable<IReadOnlyList<Observation>> Shipped(
        MonitorFeed feed,
        EventShipper shipper,
        EventStream stream,
        IScheduler tail,
        CancellationToken stop
    )
    {
        var last = shipper.Begin(stop);
        var state = MonitorState.Empty;
        var there = new List<Observation>();
        foreach (var batch in feed.ReadAll())
        {
            state = state.Apply(batch);
            there.AddRange(batch.Where(seen => seen.Text is not null));
        }

        SourceComplaints.Print(state, goesOn: true);
        var left = Unpublished(there, last);
        Complaints.Say($"shipping to {stream}, {left.Count} of {there.Count} existing events");
        shipper.Publish(left, stop);
        return feed.Follow(tail).Do(batch => shipper.Publish(batch, stop));
    }

    /// <summary>
    /// The events after the last published one, which is found by its content and place, otherwise by its content, otherwise by its time.
    /// </summary>
    private static List<Observation> Unpublished(List<Observation> there, LastEvent? last)
    {
        if (last is null)
            return there;
        var index = there.FindLastIndex(seen => seen.Offset == last.Offset && EventJson.Of(seen) == last.Json);
        if (index < 0)
            index = there.FindLastIndex(seen => EventJson.Of(seen) == last.Json);
        if (index >= 0)
            return there[(index + 1)..];
        Complaints.Say("the last published event is no longer in the logs: continuing with newer ones, some may be missing");
        return [.. there.Where(seen => seen.At > last.At)];
    }
}
