using System.CommandLine;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>One line per event, in file order; continues with new events on request.</summary>
internal static class EventsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object per line." };
    private static readonly Option<bool> Following = new("--follow") { Description = "Continue with what is written later." };

    public static Command Described()
    {
        var events = new Command("events", "Print one line per event, in file order.") { Json, Following, SinceSeen.Option };
        events.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var since = parsed.GetValue(SinceSeen.Option) ? SinceSeen.Mark(parsed, given).At : (DateTimeOffset?)null;
            return Run(ChosenFactories.FactoriesOf(parsed, given), parsed.GetValue(Json), parsed.GetValue(Following), since);
        });
        return events;
    }

    /// <summary>The existing events of one factory after the other, then new events of all as they come.</summary>
    /// <param name="since">Only later events; null for all.</param>
    public static int Run(IReadOnlyList<Sources> factories, bool json, bool follow, DateTimeOffset? since = null)
    {
        // Before the files: signals need descriptors too, and a host may have few.
        using var signals = follow ? new Signals() : null;
        var feeds = factories.Select(factory => factory.Open(withBuildLogs: false)).ToList();
        using var closing = new CompositeDisposable(feeds);
        using var output = new Output();
        var code = ExitCodes.Done;
        foreach (var (factory, feed) in factories.Zip(feeds))
        {
            var state = factory.Start();
            foreach (var batch in feed.ReadAll())
            {
                state = state.Apply(batch);
                // If more is read, it is normal that the source has not ended.
                Print(
                    follow ? [.. batch.Where(static seen => seen.Event is not SourceSeen { Health.Why: StreamSource.NotEnded })] : batch,
                    factory,
                    json,
                    since,
                    output
                );
                if (output.Closed)
                    return ExitCodes.Done;
            }

            code = Math.Max(code, SourceComplaints.Print(state, follow));
        }

        if (signals is null)
            return code;

        using var tail = new EventLoopScheduler(start => new Thread(start) { Name = "tail", IsBackground = true });
        using var following = factories
            .Zip(feeds, (factory, feed) => feed.Follow(tail).Do(batch => Print(batch, factory, json, since, output)))
            .Merge()
            .TakeWhile(_ => !output.Closed)
            .Subscribe(_ => { }, signals.End, () => signals.End());
        return signals.Wait();
    }

    private static void Print(IReadOnlyList<Observation> batch, Sources factory, bool json, DateTimeOffset? since, Output output)
    {
        foreach (var seen in batch)
        {
            if (!seen.IsBookkeeping && !(seen.At <= since))
                output.Line(json ? EventJson.Of(seen, factory.Name) : EventText.Of(seen, factory.Name));
        }

        output.Flush();
    }
}
