using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>Messages of the data side: states, the past, and troubles.</summary>
public static class FactoryUpdate
{
    public static ScreenState Publish(ScreenState state, MonitorState published)
    {
        var next = state with { Factories = state.Factories.Next(published) };
        if (!next.Factories.IsComplete || next.User.Notice is not { } notice)
            return next;
        if (notice.Text == ScreenState.Reading)
            return next.Settings.Warnings is [var warning, ..] ? next.WithNotice(warning, isProblem: true) : Told(next);
        // It stays until a key is pressed, but not longer than it is true.
        return notice.IsProblem && notice.Text == Unread(state) && notice.Text != Unread(next) ? Told(next) : next;
    }

    private static ScreenState Told(ScreenState state) =>
        Unread(state) is { } unread ? state.WithNotice(unread, isProblem: true) : state with { User = state.User.WithoutNotice() };

    /// <summary>The first source that cannot be read, and who says what to do about it.</summary>
    private static string? Unread(ScreenState state) =>
        state.Factories.Readings.FirstOrDefault(Selection.IsUnread) is { } reading
            ? $"{SafeText.Plain(reading.Source.Path)}: "
                + $"{reading.Health!.Text}{(state.Settings.Keys.Named("doctor") is { Keys: [var key, ..] } ? $"; {key} runs doctor" : "")}"
            : null;

    public static Transition Remember(ScreenState state, HistoryRead read)
    {
        var channels = state.Channels with { Stores = state.Channels.Stores.SetItem(read.Factory ?? "", read.Status) };
        var next = state with { Factories = state.Factories.With(read.Factory, facts => facts with { History = read.History }) };
        next = Report(
            next with
            {
                Channels = channels,
            },
            "history",
            channels.StoreTrouble is { } trouble ? $"history off: {trouble}" : null
        );
        return read.Status.Remark is { } remark ? next.WithNotice(remark, isProblem: true) : next;
    }

    /// <summary>What of the monitor's own work fails, as checks; since when, as long as it is the same.</summary>
    private static ImmutableArray<OwnTrouble> Own(ScreenState state, ChannelState channels) =>
    [
        .. channels.Troubles.Select(trouble => new OwnTrouble(
            trouble.Key is "hook" or "webhook" ? CheckCode.NotifyFailing : CheckCode.HistoryOff, trouble.Key, trouble.Value,
            state.Factories.Own.FirstOrDefault(known => known.Item == trouble.Key)?.Since ?? state.Now)),
    ];

    public static Transition Report(ScreenState state, ChannelReported report) => Report(state, report.Channel, report.Trouble);

    /// <summary>
    /// A message at once, and a sign in the status line for as long as the trouble lasts. The message grows older where it still stands,
    /// but does not come back, and goes when the trouble is over.
    /// </summary>
    private static ScreenState Report(ScreenState state, string channel, string? trouble)
    {
        var before = state.Channels.Troubles.GetValueOrDefault(channel);
        var channels = state.Channels.With(channel, trouble);
        var next = state with { Channels = channels, Factories = state.Factories.WithOwn(Own(state, channels)) };
        var stands = before is not null && state.User.Notice?.Text == before;
        if (trouble is null)
            return stands ? next with { User = next.User.WithoutNotice() } : next;
        var isKnown = before is not null && RecorderSign.WithoutAges(before) == RecorderSign.WithoutAges(trouble);
        return isKnown && !stands ? next : next.WithNotice(trouble, isProblem: true);
    }
}
