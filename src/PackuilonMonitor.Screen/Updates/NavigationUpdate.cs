using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>From screen to screen, and back.</summary>
public static class NavigationUpdate
{
    public const string AllFactories = "all";

    public static Transition Do(ScreenState state, ScreenCommand command) => command.Act switch
    {
        ScreenAct.Overview => To(state, new Place(ScreenKind.Overview)),
        ScreenAct.Events => To(state, new Place(ScreenKind.Events)),
        ScreenAct.Unrecognised => To(state, new Place(ScreenKind.Unrecognised)),
        ScreenAct.Sources => To(state, new Place(ScreenKind.Sources)),
        ScreenAct.Health => To(state, new Place(ScreenKind.Health)),
        ScreenAct.Causes => state.User.Place switch
        {
            { Screen: ScreenKind.Causes } => Back(state),
            { Screen: ScreenKind.History } history => To(state, new Place(ScreenKind.Causes, history.Subject, history.Factory)),
            { Screen: ScreenKind.Log, Subject: { } build } => ToCauseOf(state, build),
            _ => To(state, new Place(ScreenKind.Causes)),
        },
        ScreenAct.Timeline => TimelineUpdate.Open(state),
        ScreenAct.Doctor => ToDoctor(state),
        ScreenAct.Help => state.User.Place is { Screen: ScreenKind.Help } help
            ? state.With(help with { Everything = !help.Everything })
            : To(state, new Place(ScreenKind.Help) { About = state.User.Place.Screen }),
        ScreenAct.LastView => state.User.Navigation.Previous is { } last ? To(state, last) : state.WithNotice("no view before this one"),
        ScreenAct.Worker => ToWorker(state, command.Number ?? 0),
        ScreenAct.Factory => OnlyFactory(state, command.Text),
        ScreenAct.OlderChange => ToNeighbour(state, command, older: true),
        ScreenAct.NewerChange => ToNeighbour(state, command, older: false),
    };

    /// <summary>The failures that have the cause of a build, unfolded, with the cursor on it.</summary>
    private static ScreenState ToCauseOf(ScreenState state, string id)
    {
        var there = To(state, new Place(ScreenKind.Causes));
        if (state.Known.Find(id) is not { } build || CauseRows.GroupOf(build, state.Known, state.Shown.Now) is not { } cause)
            return there;
        var member = new MemberRow(cause.Members.First(row => row.Build?.Id == id));
        return there.With((there.User.Place with { Unfolded = [cause.Id] }).With(new ListCursor(member.Id)));
    }

    public static ScreenState To(ScreenState state, Place place)
    {
        var way = state.User.Navigation.To(place);
        return way == state.User.Navigation
            ? state
            : state with
            {
                User = state.User with { Navigation = way },
                Frozen = state.Frozen is { Past: not null } past ? past : null,
            };
    }

    /// <summary>Examines again each time it is asked for; once at a time.</summary>
    public static Transition ToDoctor(ScreenState state)
    {
        var there = To(state, new Place(ScreenKind.Doctor));
        return there.Waiting.Values.Any(request => request is RunDoctor)
            ? there
            : (there with { User = there.User with { Navigation = there.User.Navigation.WithFindings(null) } }).Ask(number =>
                new RunDoctor(number)
            );
    }

    public static ScreenState ToLog(ScreenState state, BuildView build) => To(state, new Place(ScreenKind.Log, build.Id));

    /// <summary>What led to the build or the change that the cursor is on.</summary>
    public static ScreenState ToChain(ScreenState state)
    {
        var subject = Selection.Row(state) switch
        {
            _ when state.User.Place is { Screen: ScreenKind.Log, Subject: var id } => $"build {id}",
            { } row and (TriggerRow or RejectionRow) => row.Id,
            _ when Selection.Build(state) is { } build => $"build {build.Id}",
            _ => null,
        };
        return subject is null ? state.WithNotice("no build here: choose one first") : To(state, new Place(ScreenKind.Chain, subject));
    }

    /// <summary>The way of the change before or after, in place of this one: one step back leaves all of them.</summary>
    private static ScreenState ToNeighbour(ScreenState state, Command command, bool older)
    {
        if (state.User.Place is not { Screen: ScreenKind.Chain } place)
            return CommandUpdate.MeansNothing(state, command);
        var chain = state.Shown.Factories.ChainOf(place.Subject);
        return chain.Row?.Trigger is null ? state.WithNotice("no change is known for this")
            : chain.Neighbour(older) is { } other ? state.With(new Place(ScreenKind.Chain, other.Id))
            : state.WithNotice($"no {(older ? "older" : "newer")} change of this profile is known");
    }

    /// <summary>Undoes one thing: the freeze, the strip, the filter, the single pane, the single factory, the screen.</summary>
    public static ScreenState Back(ScreenState state)
    {
        var (user, place) = (state.User, state.User.Place);
        if (state.Frozen is { Past: null })
            return state with { Frozen = null };
        if (state.User.ShowsRow && RowStrip.IsOn(place.Screen))
            return state with { User = user with { ShowsRow = false } };
        if (place.Cursor.Filter.Length > 0)
            return ListUpdate.Filtered(state, "");
        if (place.Full)
            return state.With(place with { Full = false });
        if (place.Sideways > 0)
            return state.With(place with { Sideways = 0 });
        if (user.Navigation.Back() is { } way)
            return state with { User = user with { Navigation = way } };
        if (user.Factory is not null)
            return state with { User = user with { Factory = null } };
        if (PastUpdate.HasPresent(state))
            return state with { Frozen = null };
        return state.WithNotice(
            state.Settings.Keys.Named("quit") is { Keys: [var key, ..] } ? $"this is the top; {key} quits" : "this is the top"
        );
    }

    /// <param name="name">The one to show; null for the next, and all after the last.</param>
    public static ScreenState OnlyFactory(ScreenState state, string? name)
    {
        string[] names = [.. state.Factories.Names];
        if (names.Length == 0)
            return state.WithNotice("there is one factory, and it has no name");
        var next = name ?? names.ElementAtOrDefault(Array.IndexOf(names, state.User.Factory) + 1) ?? AllFactories;
        if (names.Contains(next))
            return (state with { User = state.User with { Factory = next } }).WithNotice($"only {next}; :factory all shows all");
        return next == AllFactories
            ? (state with { User = state.User with { Factory = null } }).WithNotice("all factories")
            : state.WithNotice($"no factory \"{SafeText.Plain(next)}\"; there are {string.Join(", ", names)}", true);
    }

    private static ScreenState ToWorker(ScreenState state, int number)
    {
        // Threads of several factories have the same numbers: that of the factory where the cursor is comes first.
        var (chosen, place) = (Selection.Row(state), state.User.Place);
        var row = state
            .Shown.Factories.Workers.Where(row => row.Thread == number)
            .OrderByDescending(row => row.Factory == chosen?.Factory)
            .FirstOrDefault();
        if (row is null)
            return state.WithNotice($"no worker {Words.Thread(number)}");
        var isChosen = place is { Screen: ScreenKind.Overview, Focus: Pane.Workers } && chosen?.Id == row.Id;
        if (row.Running is { } build && (isChosen || place.Screen is ScreenKind.Log))
            return ToLog(state, build);
        if (isChosen)
            return ListUpdate.Do(state, new ContentCommand(ContentAct.Open)).State;
        if (place.Screen is ScreenKind.Log)
            return state.WithNotice($"{Words.Thread(number)} builds nothing now");
        var there = To(state, new Place(ScreenKind.Overview));
        return there.With((there.User.Place with { Focus = Pane.Workers }).With(Pane.Workers, new ListCursor(row.Id)));
    }
}
