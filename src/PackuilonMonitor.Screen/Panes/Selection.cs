using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>What the cursor is on.</summary>
public static class Selection
{
    /// <summary>The row under the cursor of the list with the focus; null in an empty one.</summary>
    public static Row? Row(ScreenState state) => Lists.Selected(state.Shown.Factories, state.User.Place, state.Shown.Now);

    /// <summary>The build that the cursor is on, as far as there is one.</summary>
    public static BuildView? Build(ScreenState state) => Build(state.Shown, state.User.Place);

    /// <summary>The build whose last lines the overview shows: the one under the cursor if it runs, else the first that runs.</summary>
    public static BuildView? Previewed(ScreenState state) => Previewed(state.Shown, state.User.Place);

    public static BuildView? Previewed(FactoryMoment shown, Place place) => Build(shown, place) is { Running: true } selected
        ? selected
        : shown.Factories.Workers.Select(row => row.Running).FirstOrDefault(build => build is not null);

    /// <summary>The way that is shown, where the cursor is on a hop that is no build's; else null.</summary>
    public static ChangeChain? WholeChange(FactoryMoment shown, Place place) =>
        place.Screen is ScreenKind.Chain && Lists.Selected(shown.Factories, place, shown.Now) is not ChainRow { View: not null }
            ? shown.Factories.ChainOf(place.Subject)
            : null;

    /// <summary>Whether a command means something for what is chosen; of most commands that is not asked.</summary>
    public static bool Works(Command command, FactoryMoment shown, Place place) =>
        command switch
        {
            ContentCommand { Act: ContentAct.Open } => Lists.Selected(shown.Factories, place, shown.Now)
                is CheckRow
                    or CheckItemRow
                    or CauseRow
                    or SourceRow
                || place.Screen is ScreenKind.Overview
                    && Lists.Selected(shown.Factories, place, shown.Now)
                        is TriggerRow
                            or RejectionRow
                            or FactoryRow
                            or WorkerRow { Worker.Activity: Lost }
                || place.Screen is ScreenKind.Overview
                    && DaemonTrouble.Of(Lists.Selected(shown.Factories, place, shown.Now), shown.Factories, shown.Now) is not null
                || Build(shown, place) is not null,
            CheckCommand { Act: CheckAct.Mute or CheckAct.CopyCommand } => Lists.Selected(shown.Factories, place, shown.Now)
                is CheckRow
                    or CheckItemRow,
            ScreenCommand { Act: ScreenAct.Health } => shown.Factories.ChecksAt(shown.Now).Count > 0,
            BuildCommand { Act: BuildAct.Chain } => Lists.Selected(shown.Factories, place, shown.Now) is TriggerRow or RejectionRow
                || Build(shown, place) is not null,
            BuildCommand { Act: BuildAct.History } => Build(shown, place) is not null,
            BuildCommand { Act: BuildAct.CompareWith } => Build(shown, place) is { } build && LastGood.HasOwnLog(build),
            BuildCommand { Act: BuildAct.CopyImageId } => WholeChange(shown, place)?.ImageIds.Any()
                ?? Build(shown, place) is { ImageId: not null },
            ScreenCommand { Act: ScreenAct.OlderChange or ScreenAct.NewerChange } neighbour => shown
                .Factories.ChainOf(place.Subject)
                .Neighbour(neighbour.Act is ScreenAct.OlderChange)
                is not null,
            ContentCommand { Act: ContentAct.NextProblem } when place.Screen is ScreenKind.Log => Build(shown, place) is
            {
                LogShared: false,
            },
            LogCommand log => Works(log.Act, Build(shown, place), shown.Factories),
            _ => true,
        };

    private static bool Works(LogAct act, BuildView? build, Snapshot snapshot) =>
        act switch
        {
            LogAct.Follow => build is { Running: true },
            LogAct.NextBuilder => build is { Log.Builders.Length: > 1 },
            LogAct.Diff => build is not null && LastGood.For(build, snapshot.Of(build.Image, build.Factory)) is not null,
            LogAct.Steps => build is { LogShared: false },
            _ => true,
        };

    private static BuildView? Build(FactoryMoment shown, Place place) =>
        place.Screen is ScreenKind.Log
            ? shown.Factories.Find(place.Subject)
            : place.Screen is ScreenKind.Steps ? shown.Factories.Find(place.Subject)
            : Lists.Selected(shown.Factories, place, shown.Now) switch
            {
                // What it built before it was lost is no answer to why.
                WorkerRow { Running: null, Worker.Activity: Lost } => null,
                WorkerRow { Running: null } row when DaemonTrouble.Of(row, shown.Factories, shown.Now) is not null => null,
                WorkerRow { Running: null, Thread: { } thread } row => LastOf(shown.Factories.Of(row.Factory), thread),
                { Build: { } build } => shown.Factories.Find(build.Id) ?? build,
                EventRow { Seen.Event: Core.Events.BuildStarted started } row => Announced(
                    shown.Factories.Of(row.Factory),
                    started.LogPath
                ),
                null or ChainRow when place.Screen is ScreenKind.Chain => shown.Factories.Builds.FirstOrDefault(build =>
                    $"build {build.Id}" == place.Subject
                ),
                _ => null,
            };

    /// <summary>A source that cannot be read, which doctor says more about.</summary>
    public static bool IsUnread(SourceReading reading) =>
        reading is { InTrouble: true, Health.State: SourceState.Missing or SourceState.Unreadable };

    private static BuildView? LastOf(FactorySnapshot factory, int thread) =>
        factory.Builds.LastOrDefault(build =>
            build.Worker?.Number == thread && build.StartedAt >= factory.State.ServiceStartedAt.GetValueOrDefault(DateTimeOffset.MinValue)
        );

    private static BuildView? Announced(FactorySnapshot factory, string path)
    {
        var file = LogName.Of(path).File;
        return factory.State.Builds.Find(factory.State.Builds.LastOf(file)) is { } build ? factory.Find(build.Id) : null;
    }
}
