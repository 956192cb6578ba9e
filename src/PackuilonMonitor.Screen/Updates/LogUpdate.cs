using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>The open log: opened, moved in, searched, and given the pages that arrive.</summary>
public static class LogUpdate
{
    public static Transition Do(ScreenState state, OpenLog log, ContentCommand command) => command.Act switch
    {
        ContentAct.Find when command.Text is null => QuestionUpdate.Open(Apply(state, log, command), QuestionKind.Find, ""),
        // The whole pattern was given at once: nothing is left to type.
        ContentAct.Find => KeepSearch(Apply(state, log, command)),
        ContentAct.Back when !log.View.CanUndo(state.LogSize) => NavigationUpdate.Back(state),
        _ => Apply(state, log, command),
    };

    public static Transition Do(ScreenState state, OpenLog log, LogAct act) => act switch
    {
        LogAct.NewerBuild => ToNeighbour(state, log, 1),
        LogAct.OlderBuild => ToNeighbour(state, log, -1),
        // As in less: what is to be looked for is asked first.
        LogAct.OnlyMatches or LogAct.OnlyOthers or LogAct.SearchEverywhere when log.View.Search.Pattern is null =>
            QuestionUpdate.Open(Apply(state, log, new ContentCommand(ContentAct.Find)), QuestionKind.Find, "", then: act),
        _ => Apply(state, log, new LogCommand(act)),
    };

    /// <summary>The pattern so far.</summary>
    public static ScreenState Search(ScreenState state, string pattern) => Apply(state, new ContentCommand(ContentAct.Find, Text: pattern));

    /// <param name="then">What is done with the pattern; nothing where none was typed.</param>
    public static ScreenState KeepSearch(ScreenState state, LogAct? then = null)
    {
        var kept = Apply(state, ContentAct.Open);
        return then is { } act && kept.Log is { View.Search.Pattern: not null } log ? Apply(kept, log, new LogCommand(act)) : kept;
    }

    /// <summary>Back to where the search began.</summary>
    public static ScreenState CancelSearch(ScreenState state) => Apply(state, ContentAct.Back);

    /// <summary>A page is the open log's or the preview's, by its id.</summary>
    public static ScreenState Read(ScreenState state, PageRead read) =>
        state switch
        {
            { Log: { } log } when log.Id == read.From => state with { Log = log with { View = log.View.With(read.Page) } },
            { Preview: { } preview } when preview.Id == read.From => state with
            {
                Preview = preview with { View = preview.View.With(read.Page) },
            },
            _ => state,
        };

    public static ScreenState Found(ScreenState state, HitsFound found) =>
        state.Log is { } log ? state with { Log = log with { View = log.View.With(found.Hits) } } : state;

    /// <summary>
    /// The log of the place that is shown is open and knows the newest of its build; a log that no place on the way is about is closed.
    /// </summary>
    public static Transition Align(ScreenState state)
    {
        if (
            state.User.Place is { Screen: ScreenKind.Log, Subject: { } shown }
            && shown != state.Log?.Ref.Build
            && state.Known.Find(shown) is { } build
        )
            return Opened(state, build, static view => view);
        if (state.Log is not { } log)
            return state;
        if (!state.User.Navigation.Trail.Any(place => place.Screen is ScreenKind.Log && place.Subject == log.Ref.Build))
            return Closed(state);
        if (state.Known.Find(log.Ref.Build) is not { } known)
            return state;
        var kept = log.Following(known, LogRef.Of(known, state));
        if (!ReferenceEquals(kept, log))
        {
            var number = state.LastNumber + 1;
            state = state with { LastNumber = number, Log = log = kept with { Id = new SubscriptionId(log.Id.Key, number) } };
        }

        var view = Known(log.View.With(known).With(state.Known.PastOf(known), log.View.LastGood), state);
        return ReferenceEquals(view, log.View) ? state : state with { Log = log with { View = view } };
    }

    private static ScreenState Opened(ScreenState state, BuildView build, Func<LogView, LogView> first)
    {
        var chosen =
            LastGood.HasOwnLog(build)
            && state.User.ComparedWith is { } other
            && other != build.Id
            && state.Known.Find(other) is { } one
            && LastGood.HasOwnLog(one)
                ? one
                : null;
        var good = chosen ?? LastGood.For(build, state.Known.Of(build.Image, build.Factory));
        var words = good is null
            ? null
            : (chosen is null ? "the last good build" : Words.Name(chosen))
                + (good.EndedAt is { } at ? $" ({Words.Clock(at, state.Now, state.Settings.Zone)})" : "");
        var view = LogView.Open(build, PathOf(state.Settings, build), state.Settings.Glyphs.IsAscii).With(state.Known.PastOf(build), words);
        view = Known(view, state).AtCause(state.LogSize);
        var number = state.LastNumber + 1;
        return state with
        {
            LastNumber = number,
            Log = new OpenLog(
                new SubscriptionId($"log:{build.Id}", number),
                LogRef.Of(build, state),
                good is null ? null : LogRef.Of(good),
                first(view)
            ),
        };
    }

    /// <summary>With what the other builds tell of this one.</summary>
    private static LogView Known(LogView view, ScreenState state) => view.With(
        [.. SharedLog.OtherWriters(view.Build, state.Known.Of(view.Build.Image, view.Build.Factory))],
        view.Build is { State: BuildState.Failed, Reason: not null }
            && CauseRows.GroupOf(view.Build, state.Known, state.Shown.Now) is { Members: [_, _, ..] members }
            ? new SameCause(members.Count, members.Min(NewsList.At) ?? state.Shown.Now)
            : null
    );

    private static string PathOf(ScreenSettings settings, BuildView build) =>
        settings.HasStore && LogRef.Of(build).IsCopy ? $"kept copy of {build.Name.File}"
        : settings.LogDirectories.TryGetValue(build.Factory ?? "", out var folder) ? Path.Combine(folder, build.Name.File)
        : build.Build?.LogPath ?? build.Name.File;

    /// <summary>A pattern that was being typed for it has nothing to search any more.</summary>
    private static ScreenState Closed(ScreenState state) =>
        state with
        {
            Log = null,
            User = state.User.Question is { Kind: QuestionKind.Find } ? state.User with { Question = null } : state.User,
        };

    private static ScreenState Apply(ScreenState state, Command command) => state.Log is { } log ? Apply(state, log, command) : state;

    private static ScreenState Apply(ScreenState state, OpenLog log, Command command)
    {
        var view = log.View.Apply(command, state.LogSize);
        var next = state with { User = state.User.WithoutNotice(), Log = log with { View = view } };
        if (view.AllBuilds.Pattern != log.Search?.Pattern)
            next = SearchedEverywhere(next, next.Log);
        return view.AllBuilds.Jump is { } hit && state.Known.Find(hit.BuildId) is { } build ? ToHit(next, hit, build) : next;
    }

    /// <summary>The same search in the logs of all builds: first in the open one, then the newest first.</summary>
    private static ScreenState SearchedEverywhere(ScreenState state, OpenLog log)
    {
        if (log.View.AllBuilds.Pattern is not { } pattern)
            return state with { Log = log with { Search = null } };
        var number = state.LastNumber + 1;
        var builds = state.Known.Builds.Reverse().OrderByDescending(build => build.Id == log.Ref.Build);
        return state with
        {
            LastNumber = number,
            Log = log with { Search = new AllBuildsSearch(new SubscriptionId("search", number), pattern, [.. builds]) },
        };
    }

    private static ScreenState ToHit(ScreenState state, OtherHit hit, BuildView build)
    {
        var pattern = state.Log?.View.Search.Pattern;
        return Opened(state.With(new Place(ScreenKind.Log, build.Id)), build, view => view.Searched(pattern).At(hit.Line));
    }

    /// <summary>To the next newer or older build of the same image and template.</summary>
    private static ScreenState ToNeighbour(ScreenState state, OpenLog log, int direction)
    {
        var build = log.View.Build;
        var same = state
            .Known.Builds.Where(known => known.Factory == build.Factory && known.Image == build.Image && known.Template == build.Template)
            .ToList();
        var index = same.FindIndex(known => known.Id == build.Id) + direction;
        return index >= 0 && index < same.Count
            ? state.With(new Place(ScreenKind.Log, same[index].Id))
            : state.WithNotice(
                direction > 0
                    ? "this is the newest build of this image and template"
                    : "this is the oldest remembered build of this image and template"
            );
    }
}
