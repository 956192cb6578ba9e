using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What is listened to: a function of the state. The runtime starts what is new and stops what is gone.</summary>
public static class Subscriptions
{
    public static IEnumerable<Subscription> Of(ScreenState state)
    {
        foreach (var factory in state.Factories.All)
        {
            if (state.Settings.Recording is not { HasPresent: false })
                yield return new FactoryStates(Id("factory", factory.Name, state.Readings), factory.Name);
            // The past can wait until something is on the terminal.
            if (state is { IsShown: true, Settings.HasStore: true })
                yield return new FactoryHistory(Id("history", factory.Name, state.Readings), factory.Name);
            if (state.Settings.CanMute)
                yield return new FactoryMutes(Id("mutes", factory.Name, 0), factory.Name);
        }

        if (state.Log is { } log)
        {
            yield return new LogLinesOf(log.Id, log.Ref, log.ComparedWith, log.View.Request(state.LogSize));
            if (log.Search is { } search)
                yield return new LogHits(
                    search.Id,
                    search.Pattern,
                    log.View.Look.HidesPrefix,
                    search.Builds,
                    log.Ref.Build,
                    log.ComparedWith
                );
        }

        if (state.Preview is { } preview)
            yield return new LogLinesOf(preview.Id, preview.Ref, null, preview.View.Request(state.Size));
        yield return new Ticks(Tick, NextChange.Of(state));
        yield return new ChannelTroubles(Channels);
    }

    public static readonly SubscriptionId Tick = new("tick", 0);
    public static readonly SubscriptionId Channels = new("channels", 0);

    /// <summary>Whether the state still listens to this.</summary>
    public static bool Accepts(ScreenState state, SubscriptionId from) => Of(state).Any(wanted => wanted.Id == from);

    private static SubscriptionId Id(string what, string? factory, int number) => new($"{what}:{factory}", number);
}
