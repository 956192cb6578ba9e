using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>Signs whether cdp-listend lives, without which no change is noticed.</summary>
public sealed record ListenerLife : IArchived<ListenerLife>
{
    public static readonly ListenerLife Unknown = new();

    /// <summary>It failed, and has not reported a start since.</summary>
    public Sign? Down { get; private init; }

    /// <summary>It was stopped regularly, and not started since.</summary>
    public Sign? Stopped { get; private init; }

    internal ListenerLife Apply(Observation seen) => seen.Event switch
    {
        UnitStarted { Unit: UnitName.Listener } => Stopped is null ? this : this with { Stopped = null },
        UnitStopped { Unit: UnitName.Listener } => this with { Stopped = Stopped?.With(seen) ?? Sign.Of("stopped", seen) },
        UnitFailed { Unit: UnitName.Listener } failed => this with { Down = Down?.With(seen) ?? Sign.Of(failed.Why, seen) },
        ListenerFailed => this with { Down = Sign.Of(Words(seen.Text ?? ""), seen) },
        ListenerStarted or PacketReceived or CallMade => Down is null && Stopped is null ? this : Unknown,
        _ => this,
    };

    // Exiting: error creating UDP listener: Address already in use
    private static string Words(string text) => text.StartsWith("Exiting: ", StringComparison.Ordinal) ? text["Exiting: ".Length..] : text;

    ListenerLife IArchived<ListenerLife>.Through(Archive archive) => new()
    {
        Down = archive.OwnOrNull(Down),
        Stopped = archive.OwnOrNull(Stopped),
    };
}
