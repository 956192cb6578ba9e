using System.CommandLine;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>One line per event, in file order; goes on with what is written later if asked.</summary>
internal static class EventsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object a line." };
    private static readonly Option<bool> Following = new("--follow") { Description = "Go on with what is written later." };

    public static Command Described()
    {
        var events = new Command("events", "Print one line per event, in file order.") { Json, Following };
        events.SetAction(static parsed => Run(CommonOptions.SourcesOf(parsed, CommonOptions.GivenBy(parsed)), parsed.GetValue(Json), parsed.GetValue(Following)));
        return events;
    }

    public static int Run(Sources sources, bool json, bool follow)
    {
        using var feed = sources.Open(withBuildLogs: false);
        using var output = new Output();
        var state = MonitorState.Empty;
        foreach (var batch in feed.ReadAll())
        {
            state = state.Apply(batch);
            Print(batch, json, output);
            if (output.Closed)
                return ExitCodes.Done;
        }

        var code = Complaints.Print(state);
        if (!follow)
            return code;

        using var signals = new Signals();
        using var tail = new EventLoopScheduler(start => new Thread(start) { Name = "tail", IsBackground = true });
        using var following = feed.Follow(tail)
            .Do(batch => Print(batch, json, output))
            .TakeWhile(_ => !output.Closed)
            .Subscribe(_ => { }, signals.End, () => signals.End());
        return signals.Wait();
    }

    private static void Print(IReadOnlyList<Observation> batch, bool json, Output output)
    {
        foreach (var seen in batch)
        {
            if (!seen.IsBookkeeping)
                output.Line(json ? EventJson.Of(seen) : EventText.Of(seen));
        }

        output.Flush();
    }
}
