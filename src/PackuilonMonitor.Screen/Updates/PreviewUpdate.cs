using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>The log whose last lines the overview shows.</summary>
public static class PreviewUpdate
{
    /// <summary>The preview is of the build under the cursor where there is room for one; elsewhere there is none.</summary>
    public static Transition Align(ScreenState state)
    {
        var isShown = state.User.Place.Screen is ScreenKind.Overview && !ListUpdate.Layout(state).Preview.IsEmpty;
        if (!isShown || Selection.Previewed(state) is not { LogReadable: true } build)
            return state.Preview is null ? state : state with { Preview = null };
        if (state.Preview is { } known && known.Ref == LogRef.Of(build, state))
        {
            var view = known.View.With(build);
            return ReferenceEquals(view, known.View) ? state : state with { Preview = known with { View = view } };
        }

        var number = state.LastNumber + 1;
        var opened = new OpenLog(
            new SubscriptionId($"preview:{build.Id}", number),
            LogRef.Of(build, state),
            null,
            LogView.Open(build, "", state.Settings.Glyphs.IsAscii)
        );
        return state with { LastNumber = number, Preview = opened };
    }
}
