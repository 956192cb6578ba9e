using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Days;

/// <summary>Days drawn by chance, and what each line of them changes in the state. ACCEPT=1 rewrites the tables.</summary>
public sealed class StateTableTests
{
    private const int Days = 16;

    [Test]
    public void Days_LineByLine_ChangeTheStateAsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            var (state, before) = (MonitorState.Empty, Parts(MonitorState.Empty));
            text.Append('\n');
            foreach (var (says, seen) in new DrawnDay(kind, number).Seen)
            {
                state = state.Apply(seen);
                var now = Parts(state);
                text.Append(says).Append('\n');
                foreach (var name in now.Keys.Union(before.Keys))
                {
                    var changes = Content.Changes(before.GetValueOrDefault(name) ?? [], now.GetValueOrDefault(name) ?? []);
                    if (changes.Length > 0)
                        text.Append($"    {name}: {changes}\n");
                }

                before = now;
            }
        }

        Golden.Matches($"Days.State.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static Dictionary<string, Dictionary<string, string>> Parts(MonitorState state)
    {
        var vitals = state.Vitals;
        var parts = new Dictionary<string, Dictionary<string, string>>
        {
            ["counts"] = Content.Of(new
            {
                state.Waiting, state.Rejected, state.UnrecognisedLines, Kept = state.NotUnderstood.Count, state.ServiceStartedAt,
            }),
            ["moments"] = Content.Of(new { vitals.TakenAt, vitals.PacketAt, vitals.HeartbeatAt }),
            ["daemon"] = Content.Of(vitals.Daemon),
            ["listener"] = Content.Of(vitals.Listener),
            ["broker"] = Content.Of(vitals.Broker),
            ["runs"] = Content.Of(vitals.Runs),
            ["speech"] = Content.Of(vitals.Speech),
            ["hosts"] = Content.Of(vitals.Hosts),
            ["dropped"] = Content.Of(vitals.Dropped),
            ["silences"] = Content.Of(vitals.Silences),
            ["logs"] = Content.Of(new { state.Logs.Complete, Refused = state.Logs.Refused.ToList() }),
        };
        foreach (var worker in state.Workers.Values)
            parts[$"{worker.Id}"] = Content.Of(worker);
        foreach (var (number, rejection) in state.Rejections.Index())
            parts[$"rejection {number}"] = Content.Of(rejection);
        foreach (var reading in state.Sources.Readings)
            parts[$"source {reading.Source}"] = Content.Of(reading);
        foreach (var (number, trigger) in state.Triggers.Triggers.Index())
            parts[$"change {number}"] = Content.Of(trigger);
        foreach (var view in BuildView.All(state))
            parts[$"build {view.Id}"] = Content.Of(new
            {
                view.State, view.Build?.Number, view.Image, view.Template, view.Build?.Owner, view.StartedAt, view.EndedAt, view.ExitCode,
                view.Build?.End, view.Build?.Doubt, view.Build?.GrewSinceDoubt, view.Build?.SharedLog, view.Log?.LineCount, view.LogGone,
                view.Step, view.Reason, view.ReasonContext, view.ImageId, view.CleaningUp,
            });
        return parts;
    }
}
