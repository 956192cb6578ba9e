using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.Rows;

/// <summary>Something wrong that the cursor can go to.</summary>
/// <param name="Key">Which it is, wherever its row stands.</param>
/// <param name="Pane">The list with its row; null where no row of the overview is about it.</param>
/// <param name="Row">The id of that row.</param>
/// <param name="Words">What it is; parts of it are text of others.</param>
public sealed record OverviewProblem(string Key, Pane? Pane, string? Row, string Words);

/// <summary>
/// All that is wrong, in the order in which it is gone to: the items of the checks, then what failed and was made good since, newest first.
/// </summary>
public static class OverviewProblems
{
    public static List<OverviewProblem> Of(Snapshot snapshot, DateTimeOffset now)
    {
        var problems = new List<OverviewProblem>();
        foreach (var raised in snapshot.ChecksAt(now).Where(raised => !raised.Check.IsMuted))
            problems.AddRange(raised.Check.Items.Where(item => !item.Muted).Select(item => Of(snapshot, raised, item)));
        var known = problems.Select(problem => problem.Row).OfType<string>().ToHashSet(StringComparer.Ordinal);
        problems.AddRange(snapshot.Ended
            .Where(row => RowProblems.IsProblem(snapshot, row, now) && !known.Contains(row.Id))
            .Select(row => new OverviewProblem(row.Id, Pane.Recent, row.Id, Words(row))));
        return problems;
    }

    /// <summary>The row of the overview that an item is about.</summary>
    public static (Pane Pane, string Row)? RowOf(Snapshot snapshot, RaisedCheck raised, HealthItem item)
    {
        var (factory, code) = (raised.Factory, raised.Check.Code);
        if (code is CheckCode.WorkerLost or CheckCode.WorkerSilent && item.Thread is { } thread)
            return (Pane.Workers, FactoryName.Own(factory, $"thread {thread.Number}"));
        if (item.Build is { } build && snapshot.Find(build) is { } view)
        {
            return view.Running
                ? snapshot.Workers.FirstOrDefault(row => row.Running?.Id == build) is { } worker ? (Pane.Workers, worker.Id) : null
                : (Pane.Recent, new BuildRow(view).Id);
        }

        if (
            item.Profile is { } profile
            && snapshot.Triggers.FirstOrDefault(row =>
                row.Factory == factory && row is TriggerRow { Triggers: var all } && all.Any(one => one.Profile == profile)
            )
                is { } change
        )
            return (Pane.Triggers, change.Id);
        return
            code is CheckCode.ChangeNotBuilt
            && snapshot.Ended.FirstOrDefault(row =>
                row is RejectionRow rejected && row.Factory == factory && rejected.Rejection.At == item.Since
            )
                is { } refused
            ? (Pane.Recent, refused.Id)
            : null;
    }

    private static OverviewProblem Of(Snapshot snapshot, RaisedCheck raised, HealthItem item)
    {
        var row = RowOf(snapshot, raised, item);
        var subject =
            item.Thread is not null && raised.Check.Code is CheckCode.WorkerLost or CheckCode.WorkerSilent
                ? Core.Text.Words.Thread(item.Thread)
                : $"{Core.Text.Words.WithoutJson(item.Id)}:";
        return new OverviewProblem(raised.KeyOf(item), row?.Pane, row?.Row, $"{raised.Key} {subject} {item.Text}");
    }

    private static string Words(Row row) => row switch
    {
        BuildRow { View: var build } => $"{Core.Text.Words.Name(build)} {Core.Text.Words.Result(build.State)}",
        RejectionRow { Rejection: var rejection } => $"{rejection.Image?.Text} {Core.Text.Words.Refused(rejection.Why)}".TrimStart(),
        _ => "",
    };
}
