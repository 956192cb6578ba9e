using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.App;

/// <summary>What the data side tells: states, the past, and what is in trouble.</summary>
internal static class FactoryUpdate
{
    public static ScreenState Publish(ScreenState state, MonitorState published)
    {
        var next = state with { Factories = state.Factories.Next(published) };
        if (!next.Factories.IsComplete || next.User.Notice?.Text != ScreenState.Reading)
            return next;
        return next.Settings.Warnings is [var warning, ..] ? next.Saying(warning, isProblem: true) : next with { User = next.User.Quiet() };
    }

    public static Transition Remember(ScreenState state, HistoryRead read)
    {
        var channels = state.Channels with { Stores = state.Channels.Stores.SetItem(read.Factory ?? "", read.Status) };
        var next = state with { Factories = state.Factories.With(read.Factory, facts => facts with { History = read.History }) };
        return Report(next with { Channels = channels }, "history", channels.StoreTrouble is { } trouble ? $"history off: {trouble}" : null);
    }

    public static Transition Report(ScreenState state, ChannelReported report) => Report(state, report.Channel, report.Trouble);

    /// <summary>A message at once, and a sign in the status line for as long as the trouble lasts.</summary>
    private static ScreenState Report(ScreenState state, string channel, string? trouble)
    {
        var next = state with { Channels = state.Channels.With(channel, trouble) };
        return trouble is null ? next : next.Saying(trouble, isProblem: true);
    }
}
