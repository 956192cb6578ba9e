using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>Threads, builds, rejections and sources after each line of a drawn day. ACCEPT=1 rewrites the tables.</summary>
public sealed class DayTableTests
{
    [TestCase(DayKind.Builds)]
    [TestCase(DayKind.Threads)]
    [TestCase(DayKind.Logs)]
    public void State_LineByLine_ChangesAsListed(DayKind kind) => Golden.Matches($"Days.{kind}.txt", DayTable.Of(kind, Parts));

    private static Dictionary<string, object?> Parts(MonitorState state)
    {
        var parts = new Dictionary<string, object?>
        {
            ["counts"] = new
            {
                state.Waiting,
                state.Rejected,
                state.UnrecognisedLines,
                Kept = state.NotUnderstood.Count,
                state.ServiceStartedAt,
            },
            ["logs"] = new { state.Logs.Complete, Refused = state.Logs.Refused.ToList() },
        };
        foreach (var worker in state.Workers.Values)
            parts[$"{worker.Id}"] = new { worker.Host, worker.Activity, worker.LastLine, worker.Left };
        foreach (var (number, rejection) in state.Rejections.Index())
            parts[$"rejection {number}"] = rejection;
        foreach (var reading in state.Sources.Readings)
            parts[$"source {reading.Source}"] = reading;
        foreach (var view in BuildView.All(state))
            parts[$"build {view.Id}"] = new
            {
                view.State,
                view.Build?.Number,
                view.Image,
                view.Template,
                view.Build?.Owner,
                view.StartedAt,
                view.EndedAt,
                view.ExitCode,
                view.Build?.End,
                view.Build?.Doubt,
                view.Build?.GrewSinceDoubt,
                view.Build?.SharedLog,
                view.Log?.LineCount,
                view.LogGone,
                view.Step,
                view.Reason,
                view.ReasonContext,
                view.ImageId,
                view.CleaningUp,
            };
        return parts;
    }
}
