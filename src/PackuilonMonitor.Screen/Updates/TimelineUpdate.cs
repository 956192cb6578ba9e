using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>From bar to bar and from worker to worker, and how much time is shown.</summary>
public static class TimelineUpdate
{
    /// <summary>To the timeline, with the cursor on the build of the row that was left.</summary>
    public static ScreenState Open(ScreenState state)
    {
        if (state.User.Place.Screen is ScreenKind.Timeline)
            return state;
        var build = Selection.Build(state);
        var there = NavigationUpdate.To(state, new Place(ScreenKind.Timeline));
        return build is null ? there : OnBuild(there, build);
    }

    public static Transition Do(ScreenState state, ContentCommand command) => command.Act switch
    {
        ContentAct.LineDown => OtherLane(state, 1),
        ContentAct.LineUp => OtherLane(state, -1),
        ContentAct.Left => OtherBar(state, older: true),
        ContentAct.Right => OtherBar(state, older: false),
        ContentAct.Open when Selection.Build(state) is { } build && !TimelineLayout.ShowsSteps(state) => NavigationUpdate.To(
            state,
            new Place(ScreenKind.Steps, build.Id)
        ),
        _ => ListUpdate.Do(state, command),
    };

    public static Transition Do(ScreenState state, TimelineCommand command) =>
        state.User.Place is not { Screen: ScreenKind.Timeline } place
            ? CommandUpdate.MeansNothing(state, command)
            : Zoomed(state, place, command.Act is TimelineAct.LongerSpan ? 1 : -1);

    /// <summary>That moment in the middle.</summary>
    public static ScreenState At(ScreenState state, DateTimeOffset at)
    {
        var place = state.User.Place;
        return state.With(place with { Window = place.Window.Around(at, state.Shown.Now) });
    }

    /// <summary>The row under the cursor stays where it is as far as it is in the new window.</summary>
    private static ScreenState Zoomed(ScreenState state, Place place, int by)
    {
        var window = place.Window;
        var zoom = Math.Clamp(window.Zoom + by, 0, TimeWindow.Spans.Length - 1);
        if (zoom == window.Zoom)
            return state.WithNotice(by > 0 ? "this is the longest span" : "this is the shortest span");
        var zoomed = state.With(place with { Window = window with { Zoom = zoom } });
        return Selection.Build(state) is { } build ? OnBuild(zoomed, build) : zoomed;
    }

    private static ScreenState OtherLane(ScreenState state, int by)
    {
        var (shown, place) = (state.Shown.Factories, state.User.Place);
        var lanes = Lanes.Of(shown).ToList();
        if (Lanes.Chosen(shown, place.Window, lanes) is not { } lane)
            return state;
        var next = lanes[Math.Clamp(lanes.IndexOf(lane) + by, 0, lanes.Count - 1)];
        var near = Selection.Build(state)?.StartedAt ?? state.Shown.Now;
        var there = state.With((place with { Window = place.Window with { Lane = next.Id } }).With(ListCursor.Start));
        var closest = ListUpdate
            .Rows(there)
            .Where(row => row.Build is not null)
            .MinBy(row => (row.Build!.StartedAt!.Value - near).Duration());
        return closest is null ? there : OnRow(there, closest.Id);
    }

    private static ScreenState OtherBar(ScreenState state, bool older)
    {
        var (shown, place, now) = (state.Shown.Factories, state.User.Place, state.Shown.Now);
        if (Lanes.Chosen(shown, place.Window, Lanes.Of(shown)) is not { } lane)
            return state;
        var builds = Lanes.Builds(shown, lane).ToList();
        var here = builds.FindIndex(build => build.Id == Selection.Build(state)?.Id);
        var next = here < 0 ? builds.Count - 1 : here + (older ? -1 : 1);
        if (here < 0 && builds.Count > 0 || next >= 0 && next < builds.Count)
            return OnBuild(state, builds[next]);
        return older
            ? state.WithNotice($"{Words.Thread(lane.Thread)} began nothing before this")
            : place.Window.Until is null
                ? state.WithNotice($"{Words.Thread(lane.Thread)} began nothing after this")
                : state.With(place with { Window = place.Window with { Until = null } });
    }

    /// <summary>The cursor on a build; the window moves by halves until the build is in it.</summary>
    private static ScreenState OnBuild(ScreenState state, BuildView build)
    {
        var (place, now) = (state.User.Place, state.Shown.Now);
        if (build.StartedAt is not { } start)
            return state;
        var window = place.Window with { Lane = Lanes.IdOf(build) };
        if (start < window.End(now) - window.Span || start > window.End(now))
            window = window.Around(start + window.Span / 4 * (start > window.End(now) ? -1 : 1), now);
        return OnRow(state.With(place with { Window = window }), new BuildRow(build).Id);
    }

    private static ScreenState OnRow(ScreenState state, string row) =>
        ListUpdate.Rows(state).ToList().FindIndex(known => known.Id == row) is >= 0 and var index
            ? ListUpdate.MovedTo(state, index)
            : state;
}
