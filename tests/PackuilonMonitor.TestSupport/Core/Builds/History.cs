using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>The daemon's sentences, short, and a state in one line a build.</summary>
internal static class History
{
    public static string Starts(string time, string log) => $"{time} packer build starting, see: /etc/packer-utils/log//{log} for details";

    public static string Takes(string time, int thread, string image = "norm") => $"{time} Thread-{thread} processing {image}";

    public static string Succeeds(string time, int thread, string? build = null) =>
        $"{time} Thread-{thread}: image built successfully{(build is null ? "" : ": " + build)}";

    public static string Fails(string time, int thread, string? build = null) =>
        $"{time} Thread-{thread}: packer exited with non zero exit code, {(build is null ? "" : build + " ")}build failed";

    /// <summary>Each build: thread, log, state, and the seconds after noon of start and end.</summary>
    public static string[] Outcomes(MonitorState state) => [.. state.Builds.All.Select(Line)];

    public static string[] Outcomes(params IEnumerable<string> timed) => Outcomes(Given.After(timed));

    /// <summary>Each worker with what it is seen to do.</summary>
    public static string[] Activities(MonitorState state) =>
        [.. state.Workers.Values.Select(worker => $"{worker.Id} {Shown(worker.Activity)}")];

    private static string Shown(WorkerActivity activity) => activity switch
    {
        BetweenTemplates => nameof(Idle),
        PresumedLost => nameof(Lost),
        _ => activity.GetType().Name,
    };

    private static string Line(Build build)
    {
        var end = build.EndedAt is { } at ? $"{(at - Given.Noon).TotalSeconds}" : "";
        return $"{build.Worker?.ToString() ?? "?"} {build.Name.File} {build.State} {(build.StartedAt - Given.Noon).TotalSeconds}-{end}";
    }
}
