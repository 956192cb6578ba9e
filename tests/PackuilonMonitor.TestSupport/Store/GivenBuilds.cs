using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.Store;

/// <summary>Invented builds, as a reading of both logs gives them.</summary>
internal static class GivenBuilds
{
    public static BuildView Good(int number = 1, bool live = true) =>
        Of(number, BuildState.Succeeded, GivenLogs.Folded(GivenLogs.Good, live), 272);

    public static BuildView Failed(int number = 1) => Of(number, BuildState.Failed, GivenLogs.Folded(GivenLogs.Failed), 346);

    public static BuildView Running(int number = 1, int lines = 24, bool live = true) =>
        Of(number, BuildState.Building, GivenLogs.Folded(GivenLogs.Good[..lines], live), 0);

    /// <summary>Builds a day apart.</summary>
    public static BuildView Of(int number, BuildState state, BuildLog? log, int seconds)
    {
        var view = GivenLogs.Build(state, log, seconds);
        var start = view.StartedAt!.Value.AddDays(number - 1);
        var id = $"{view.Name.File}@{start.ToUnixTimeSeconds()}";
        return view with
        {
            Id = id,
            Build = view.Build! with
            {
                Number = number,
                Id = id,
                Start = view.Build.Start with { At = start },
                End = view.Build.End is { } end ? end with { At = end.At.AddDays(number - 1) } : null,
            },
            StartedAt = start,
            EndedAt = view.EndedAt?.AddDays(number - 1),
        };
    }
}
