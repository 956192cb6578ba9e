using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Events;

/// <summary>An event with its time, program and file.</summary>
/// <param name="At">The stamp of the line; for an event without a line, when it was noticed.</param>
/// <param name="Source">The file it was read from.</param>
/// <param name="Host">The host field of the line, only a label: it changes when rsyslog reopens its files.</param>
/// <param name="Speaker">The program that wrote it.</param>
/// <param name="Text">The message part of the line as it stands, or null for an event without a line.</param>
/// <param name="Event">What happened.</param>
/// <param name="Count">How often: more than once for a line that rsyslog collapsed.</param>
public sealed record Observation(
    DateTimeOffset At, SourceId Source, string Host, Speaker Speaker, string? Text, MonitorEvent Event, int Count = 1)
{
    /// <summary>The process of its tag; null if the tag has none.</summary>
    public int? Pid { get; init; }

    /// <summary>The byte position of its line in the file it was read from; 0 for an event without a line.</summary>
    public long Offset { get; init; }

    /// <summary>The time of its line cannot be read. <see cref="At"/> is that of the line before it, for the order alone.</summary>
    public bool HasNoTime { get; init; }

    /// <summary>It keeps the state correct and is not news: neither listed nor printed.</summary>
    public bool IsBookkeeping =>
        Event is SourceRead or BuildLogRead or BuildLogGone or BuildLogRefused or LogDirectoryRead or QueueMeasured or ProfileRead
            or PairRemembered or HeartbeatReceived or HealthTurned;
}
