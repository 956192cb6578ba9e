using System.CommandLine;
using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Record;

namespace PackuilonMonitor.Commands;

/// <summary>One line per event, in file order; continues with new events on request.</summary>
internal static class EventsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object per line." };

    /// <summary>How soon what a recorder judged is printed.</summary>
    private static readonly TimeSpan TurnsPace = TimeSpan.FromSeconds(2);

    private static readonly Option<bool> Following = new("--follow") { Description = "Continue with what is written later." };

    public static Command Described()
    {
        var events = new Command("events", "Print one line per event, in file order.") { Json, Following, SinceSeen.Option };
        events.SetAction(static parsed =>
        {
            var given = RunSettings.By(parsed);
            var since = parsed.GetValue(SinceSeen.Option) ? SinceSeen.Mark(parsed, given).At : (DateTimeOffset?)null;
            return Run(
                ChosenFactories.FactoriesOf(parsed, given),
                parsed.GetValue(Json),
                parsed.GetValue(Following),
                since,
                HistoryOptions.Of(parsed, given) is { Recorder.IsThere: true } history ? history.Recording : null
            );
        });
        return events;
    }

    /// <summary>The existing events of one factory after the other, then new events of all as they come.</summary>
    /// <param name="since">Only later events; null for all.</param>
    /// <param name="recording">What a recorder writes, for what it judged of the health; null where none runs.</param>
    public static int Run(
        IReadOnlyList<Sources> factories,
        bool json,
        bool follow,
        DateTimeOffset? since = null,
        string? recording = null
    )
    {
        // Before the files: signals need descriptors too, and a host may have few.
        using var signals = follow ? new Signals() : null;
        var feeds = factories.Select(factory => factory.Open(withBuildLogs: false)).ToList();
        using var closing = new CompositeDisposable(feeds);
        using var output = new Output();
        var code = ExitCodes.Done;
        var printed = factories.Select(factory => new PrintedEvents(factory, Turns(recording, factory), json, since, output)).ToList();
        foreach (var (one, feed) in printed.Zip(feeds))
        {
            var state = one.Factory.Start();
            foreach (var batch in feed.ReadAll())
            {
                state = state.Apply(batch);
                // If more is read, it is normal that the source has not ended.
                one.Print(
                    follow ? [.. batch.Where(static seen => seen.Event is not SourceSeen { Health.Why: StreamSource.NotEnded })] : batch
                );
                if (output.Closed)
                    return ExitCodes.Done;
            }

            one.PrintTurns();
            code = Math.Max(code, SourceComplaints.Print(state, follow));
        }

        if (signals is null)
            return code;

        using var tail = new StoppableScheduler("tail");
        using var following = printed
            .Zip(feeds, (one, feed) => feed.Follow(tail).Do(one.Print).Select(_ => Unit.Default)
                .Publish(events => recording is null ? events : events.Merge(
                    Observable.Interval(TurnsPace, tail)
                        .TakeUntil(events.LastOrDefaultAsync())
                        .Do(_ => one.PrintTurns())
                        .Select(_ => Unit.Default))))
            .Merge()
            .TakeWhile(_ => !output.Closed)
            .Subscribe(_ => { }, signals.End, () => signals.End());
        return signals.Wait();
    }

    private static RecordedTurns? Turns(string? recording, Sources factory) =>
        recording is null ? null : new RecordedTurns(recording, factory.Name ?? "");
}
