using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Screen.State;

/// <summary>A moment of the past that is looked at.</summary>
/// <param name="From">When the recording begins.</param>
/// <param name="Until">When it ends, as far as it was written then.</param>
public sealed record PastView(PastMoment Moment, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The log of a build as far as it had been written; null where that was not recorded.</summary>
    public PastLog? LogOf(BuildView build) =>
        Moment.Factories.GetValueOrDefault(build.Factory ?? "")?.Logs.GetValueOrDefault(build.Name.File) is { } log
        && build.Log is not null
        && ReferenceEquals(log.Known.Log, build.Log)
            ? new PastLog(Moment.Place, log)
            : null;
}

/// <summary>A build log as far as it had been written at a place of the recording.</summary>
public sealed record PastLog(RecordingPosition Place, RecordedLog Log);

/// <summary>What was recorded and can be looked at.</summary>
/// <param name="BeginAt">The moment to begin with; null for the present.</param>
/// <param name="HasPresent">The factory is followed beside it.</param>
public sealed record RecordingSettings(DateTimeOffset? BeginAt, bool HasPresent);
