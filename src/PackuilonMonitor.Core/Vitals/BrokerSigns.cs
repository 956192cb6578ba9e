using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>Signs that RabbitMQ cannot be reached. A lost connection is not one: it follows each long build.</summary>
public sealed record BrokerSigns : IArchived<BrokerSigns>
{
    public static readonly BrokerSigns None = new();

    /// <summary>The evidence since it last answered; null if there is none. Its time is that of the first line.</summary>
    public Sign? Down { get; private init; }

    /// <summary>The newest evidence.</summary>
    public DateTimeOffset? NewestAt { get; private init; }

    /// <summary>It was asked directly and has not answered since.</summary>
    public DateTimeOffset? MuteSince { get; private init; }

    /// <summary>When it is last known to have answered.</summary>
    public DateTimeOffset? AnsweredAt { get; private init; }

    internal BrokerSigns Measured(bool answered, DateTimeOffset at) => answered
        ? this with { Down = null, NewestAt = null, MuteSince = null, AnsweredAt = at }
        : this with { MuteSince = MuteSince ?? at };

    internal BrokerSigns Apply(Observation seen, Traceback trace = default) =>
        seen.Event switch
        {
            PushFailed when seen.Text?.StartsWith("Error connecting to RabbitMQ server", StringComparison.Ordinal) == true => Evidence(
                "cdb2rabbit",
                seen
            ),
            ExceptionShown when seen.Speaker is Speaker.Cdb2Rabbit && Down is { } down && seen.At - down.At < TimeSpan.FromSeconds(1) =>
                this with
                {
                    Down = down.With(seen),
                },
            Unrecognised when trace is { Last: true, Thread: { } thread } && IsUnreachable(seen.Text ?? "") => Evidence(
                thread.ToString(),
                seen
            ),
            JobTaken
            or JobRefused
            or ProfileRebuilt
            or ProfileDownloading
            or ProfileNew
            or ProfileUpdated
            or ProfileUnchanged
            or ProfileListStored => Answered(seen.At),
            _ => this,
        };

    private BrokerSigns Answered(DateTimeOffset at) => this is { Down: null, NewestAt: null } && AnsweredAt == at
        ? this
        : this with { Down = null, NewestAt = null, AnsweredAt = at };

    private BrokerSigns Evidence(string who, Observation seen) =>
        this with
        {
            Down = Down?.With(seen) ?? Sign.Of(who, seen),
            NewestAt = seen.At,
        };

    private static readonly string[] Unreachable = ["refused", "timed out", "timeout", "unreachable", "No route to host"];

    private static readonly string[] Connecting = ["onnect", "AMQP", "pika.", "Errno", "socket"];

    private static bool IsUnreachable(string exception) =>
        Unreachable.Any(word => exception.Contains(word, StringComparison.OrdinalIgnoreCase))
        && Connecting.Any(word => exception.Contains(word, StringComparison.Ordinal));

    BrokerSigns IArchived<BrokerSigns>.Through(Archive archive) => new()
    {
        Down = archive.OwnOrNull(Down),
        NewestAt = archive.TimeOrNull(NewestAt),
        MuteSince = archive.TimeOrNull(MuteSince),
        AnsweredAt = archive.TimeOrNull(AnsweredAt),
    };
}
