using System.CommandLine;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Runtime.InteropServices;
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

        using var tail = new EventLoopScheduler(start => new Thread(start) { Name = "tail", IsBackground = true });
        using var ended = new ManualResetEventSlim();
        var signal = 0;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        Exception? fault = null;
        using var following = feed.Follow(tail)
            .Do(batch => Print(batch, json, output))
            .TakeWhile(_ => !output.Closed)
            .Subscribe(_ => { }, error => { fault = error; ended.Set(); }, ended.Set);
        ended.Wait();
        if (fault is not null)
            throw new InvalidOperationException("following the system log failed", fault);
        return signal == 0 ? ExitCodes.Done : 128 + signal;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            signal = context.Signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGHUP => 1, _ => 15 };
            ended.Set();
        }
    }

    private static void Print(IReadOnlyList<Observation> batch, bool json, Output output)
    {
        foreach (var seen in batch)
        {
            if (seen.Event is not (SourceRead or BuildLogRead or BuildLogGone or LogDirectoryRead))
                output.Line(json ? EventJson.Of(seen) : EventText.Of(seen));
        }

        output.Flush();
    }
}
