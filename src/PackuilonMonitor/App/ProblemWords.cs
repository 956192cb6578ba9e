using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.App;

/// <summary>What a problem is that the cursor went to.</summary>
internal static class ProblemWords
{
    /// <summary>Those of the workers are what the top line counts; the others are over.</summary>
    public static string Kind(Pane pane) => pane switch
    {
        Pane.Workers => "wrong now",
        Pane.Recent => "failure",
        Pane.Triggers => "change without a build",
        Pane.Whole or Pane.Events => "problem",
    };

    /// <summary>In few words; empty where the row says all.</summary>
    public static string Of(Row row, Snapshot snapshot, DateTimeOffset now) => row switch
    {
        WorkerRow worker => $"{Words.Thread(worker.Thread)} {Of(WorkerTrouble.Of(snapshot, worker, now))}",
        BuildRow { View: var build } => $"{Words.Name(build)} {Words.Result(build.State)}",
        RejectionRow { Rejection: var rejection } => $"{rejection.Image?.Text} {Words.Refused(rejection.Why)}".TrimStart(),
        TriggerRow { Trigger: { } trigger } => Words.Profile(trigger.Profile),
        _ => "",
    };

    /// <summary>Sources have no row on the overview; null where all are read.</summary>
    public static string? OfSources(Snapshot snapshot) =>
        snapshot.Readings.Count(reading => reading.Health is { State: not SourceState.Following }) is > 0 and var unread
            ? $"{Words.Count(unread, "source")} not read (:sources)"
            : null;

    private static string Of(Trouble trouble) => trouble switch
    {
        Trouble.None => "",
        Trouble.Stuck => "stuck",
        Trouble.Lost => "lost",
        Trouble.NoBuild => "without a build",
        Trouble.Silent => "silent",
    };
}
