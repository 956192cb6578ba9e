using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

/// <summary>States of the screen for tests, and what commands and keys make of them.</summary>
internal static class Screens
{
    /// <summary>The overview of some factories, at a size and as it is painted.</summary>
    public static ScreenState Of(Snapshot factories, Size? size = null, Paint? paint = null)
    {
        var drawn = paint ?? InventedDay.Paint();
        return new ScreenState
        {
            Settings = new ScreenSettings(drawn.Palette, drawn.Glyphs, KeyMap.Default, drawn.Zone),
            Now = drawn.Now,
            Factories = factories,
            Size = size ?? new Size(80, 24),
            Attendance = Attendance.From(drawn.Now),
            // What the day was is no news, but where a test says so.
            User = UserState.Start with { Sight = Sight.From(drawn.Now) },
        };
    }

    /// <summary>The same for a user who looked last at that time of the day.</summary>
    public static ScreenState SeenUntil(this ScreenState state, string time) =>
        state with { User = state.User with { Sight = Sight.From(InventedFactory.At(time)) } };

    public static ScreenState Do(this ScreenState state, params IEnumerable<Command> commands) =>
        commands.Aggregate(state, (known, command) =>
            CommandUpdate.Do(known, command).Then(LogUpdate.Align).Then(PreviewUpdate.Align).State
        );

    public static ScreenState Press(this ScreenState state, params IEnumerable<string> keys) =>
        keys.Aggregate(state, (known, key) => known.Pressed(key).State);

    public static Transition Pressed(this ScreenState state, string key) => state.Take(new KeyPressed(new KeyPress(key)));

    /// <summary>A key pressed at a time.</summary>
    public static Transition Pressed(this ScreenState state, string key, DateTimeOffset at) =>
        Update.Apply(state, at, new KeyPressed(new KeyPress(key)));

    public static Transition Take(this ScreenState state, Message message) => Update.Apply(state, state.Now, message);

    /// <summary>The text typed into the open line, and Enter.</summary>
    public static Transition Enter(this ScreenState state, string text) => state.Take(new LineEntered(state.User.Question!.Number, text));

    public static ScreenState Type(this ScreenState state, string text) =>
        state.Take(new LineTyped(state.User.Question!.Number, text)).State;

    public static string Text(this ScreenState state) => Picture.Render(state, []).ToText();
}
