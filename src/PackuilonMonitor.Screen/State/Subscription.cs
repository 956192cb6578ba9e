using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.State;

/// <summary>
/// Identifies a subscription. The number changes when the same key restarts, so that old messages are not taken for news.
/// </summary>
public readonly record struct SubscriptionId(string Key, int Number);

/// <summary>A build's log, as far as whoever opens it must know it.</summary>
/// <param name="Build">The build's id.</param>
/// <param name="Factory">The factory's name where factories have names.</param>
/// <param name="File">The name of the log's file.</param>
/// <param name="IsCopy">Only our copy is left.</param>
/// <param name="HasTimes">The store may know when its lines arrived.</param>
public sealed record LogRef(string Build, string? Factory, string File, bool IsCopy, bool HasTimes)
{
    /// <summary>As far as it had been written at a moment of the past; null for the log as it is.</summary>
    public PastLog? Past { get; init; }

    /// <summary>The log of a build of the state that is looked at.</summary>
    public static LogRef Of(BuildView build, ScreenState state) => Of(build) with { Past = state.Frozen?.Past?.LogOf(build) };

    public static LogRef Of(BuildView build) =>
        new(build.Id, build.Factory, build.Name.File, build is { LogGone: true, LogKept: true }, build.LogKept);
}

/// <summary>Something that the screen listens to: a function of its state. Data only; every case is in this file.</summary>
public abstract record Subscription(SubscriptionId Id);

/// <summary>The states of a factory, read from the beginning.</summary>
public sealed record FactoryStates(SubscriptionId Id, string? Factory) : Subscription(Id);

/// <summary>What the store remembers of a factory.</summary>
public sealed record FactoryHistory(SubscriptionId Id, string? Factory) : Subscription(Id);

/// <summary>What the user muted of a factory, here or with another program.</summary>
public sealed record FactoryMutes(SubscriptionId Id, string? Factory) : Subscription(Id);

/// <summary>Lines of a log, again whenever it grows.</summary>
/// <param name="ComparedWith">The log that its lines are compared with; null for none.</param>
/// <param name="Wanted">The lines that are missing on the screen; null while they are there. May change under one id.</param>
public sealed record LogLinesOf(SubscriptionId Id, LogRef Log, LogRef? ComparedWith, LogRequest? Wanted) : Subscription(Id);

/// <summary>One search through the logs of many builds.</summary>
/// <param name="Builds">In the order in which their hits are listed.</param>
/// <param name="Opened">The build of the open log, whose hits are compared.</param>
/// <param name="ComparedWith">What they are compared with; null for nothing.</param>
public sealed record LogHits(
    SubscriptionId Id,
    SearchPattern Pattern,
    bool HidesPrefix,
    ImmutableArray<BuildView> Builds,
    string Opened,
    LogRef? ComparedWith
) : Subscription(Id);

/// <summary>The clock, once. The moment may change under one id.</summary>
public sealed record Ticks(SubscriptionId Id, DateTimeOffset At) : Subscription(Id);

/// <summary>Whether hook, webhook and the like work.</summary>
public sealed record ChannelTroubles(SubscriptionId Id) : Subscription(Id);
