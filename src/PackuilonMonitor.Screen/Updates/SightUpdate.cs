using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What becomes seen, and the way through what is not.</summary>
public static class SightUpdate
{
    /// <summary>What stood on the screen for so long before a key is seen.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    /// <summary>So long without a key nobody looks: the lists go back to what is new.</summary>
    public static readonly TimeSpan Unattended = TimeSpan.FromMinutes(2);

    public static Transition Do(ScreenState state, SightCommand command) => command.Act switch
    {
        SightAct.NextUnseen => Next(state),
        SightAct.AllSeen => state.User.Sight is { JustMarkedAll: true } ? Again(state) : All(state),
        SightAct.UnseenAgain => Again(state),
    };

    /// <summary>Somebody pressed a key: what was on the screen is seen. A walk through what is unseen marks only where it goes.</summary>
    public static Transition Touch(ScreenState state, Command? command)
    {
        var attended = state with { Attendance = state.Attendance with { TouchedAt = state.Now } };
        var sight = attended.User.Sight with
        {
            JustMarkedAll = state.User.Sight.JustMarkedAll && command is SightCommand { Act: SightAct.AllSeen },
        };
        if (command is SightCommand)
            return attended with { User = attended.User with { Sight = sight } };
        var seen = attended.Attendance.Shown.Where(shown => state.Now - shown.Value >= Long).Select(shown => shown.Key);
        return Seen(attended with { User = attended.User with { Sight = sight with { Visited = 0 } } }, seen);
    }

    /// <summary>
    /// What must hold after whatever happened: new failures stand first, and what is on the screen is known with its time.
    /// </summary>
    public static Transition Align(ScreenState state)
    {
        if (!state.Factories.IsComplete)
            return state;
        var unseen = state.Unseen;
        var bad = unseen.Where(news => news is { IsBad: true, Pane: Pane.Recent }).Select(news => news.Row);
        var overview = state.User.Navigation.Overview;
        var first = overview.First.Union(bad);
        var next =
            first.Count == overview.First.Count
                ? state
                : state with
                {
                    User = state.User with { Navigation = state.User.Navigation.WithOverview(overview with { First = first }) },
                };
        var shown = unseen.Count == 0 || next.IsLent || next.Frozen is not null ? [] : Visible.Keys(next).ToHashSet(StringComparer.Ordinal);
        var before = state.Attendance.Shown;
        if (before.Count == 0 && shown.Count == 0)
            return next;
        var known = unseen
            .Where(news => shown.Contains(news.Key))
            .ToImmutableDictionary(news => news.Key, news => before.GetValueOrDefault(news.Key, state.Now));
        return known.Count == before.Count && known.All(one => before.TryGetValue(one.Key, out var since) && since == one.Value)
            ? next
            : next with { Attendance = next.Attendance with { Shown = known } };
    }

    /// <summary>
    /// Nobody has pressed a key for two minutes: RECENT and CHANGES go back to their newest rows, and what was seen leaves the top.
    /// </summary>
    public static ScreenState Rest(ScreenState state)
    {
        if (state.Now - state.Attendance.TouchedAt < Unattended || state.User.Question is not null)
            return state;
        var overview = state.User.Navigation.Overview;
        var first = state
            .Unseen.Where(news => news is { IsBad: true, Pane: Pane.Recent })
            .Select(news => news.Row)
            .ToImmutableHashSet(StringComparer.Ordinal);
        if (overview[Pane.Recent] is { Top: 0 } && overview[Pane.Triggers] is { Top: 0 } && overview.First.SetEquals(first))
            return state;
        var rested = (overview with { First = first })
            .With(Pane.Recent, Back(overview[Pane.Recent]))
            .With(Pane.Triggers, Back(overview[Pane.Triggers]));
        return state with { User = state.User with { Navigation = state.User.Navigation.WithOverview(rested) } };

        static ListCursor Back(ListCursor cursor) => cursor.Top == 0 ? cursor : ListCursor.Start with { Filter = cursor.Filter };
    }

    /// <summary>Marks as seen. Good builds need no look: a key pressed while their count stands on the screen is enough.</summary>
    private static Transition Seen(ScreenState state, IEnumerable<string> keys)
    {
        var mark = state.User.Sight.Mark;
        if (!state.Factories.IsComplete)
            return state;
        var seen = keys.ToHashSet(StringComparer.Ordinal);
        if (state.User.Place.Screen is not ScreenKind.Log)
            seen.UnionWith(state.Unseen.Where(news => !news.IsBad && state.Now - news.At >= Long).Select(news => news.Key));
        var left = state.Unseen.Where(news => !seen.Contains(news.Key)).ToList();
        // With nothing left the mark moves on, and what was remembered beside it goes.
        var next = left.Count == 0 ? Everything(state) : seen.Count == 0 ? mark : mark.With(seen);
        return next == mark ? state : Keep(state, next);
    }

    /// <summary>All that is known is seen. What a log will still say of the past is not.</summary>
    private static SeenMark Everything(ScreenState state)
    {
        var read =
            state.Factories.All.Min(factory => factory.State.Sources.LastLineAt) is { } last && last < state.Now
                ? last - TimeSpan.FromSeconds(1)
                : state.Now;
        var at = read > state.User.Sight.Mark.At ? read : state.User.Sight.Mark.At;
        var until = SeenMark.Until(at) with { LookedAt = state.Now };
        return until.With(NewsList.Of(state.Factories.Only(null), until, state.Shown.Now).Select(news => news.Key));
    }

    private static Transition Keep(ScreenState state, SeenMark mark) =>
        new(state with { User = state.User with { Sight = state.User.Sight with { Mark = mark } } }, [new KeepSeen(mark)]);

    /// <summary>To the worst that is unseen, which is then seen.</summary>
    private static Transition Next(ScreenState state)
    {
        var bad = state.Unseen.Where(news => news.IsBad).ToList();
        if (bad.Count == 0)
            return state.WithNotice("nothing is unseen");
        var (next, visited) = (bad[0], state.User.Sight.Visited + 1);
        var there = There(state, next);
        // Its row whole: what the columns cut is why.
        there = there with { User = there.User with { ShowsRow = true } };
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"unseen {visited} of {visited + bad.Count - 1}: {NewsWords.Of(next, state.Factories, state.Now, state.Settings.Zone)}"
        );
        var walked = there with { User = there.User with { Sight = there.User.Sight with { Visited = visited } } };
        return Seen(walked.WithNotice(words), [next.Key]);
    }

    /// <summary>In a log the log of the next one; else its row on the overview, or on HEALTH where it has none.</summary>
    private static ScreenState There(ScreenState state, News next)
    {
        if (
            state.User.Place.Screen is ScreenKind.Log
            && next.Pane is Pane.Recent
            && state.Factories.Builds.FirstOrDefault(build => new BuildRow(build).Id == next.Row) is { LogReadable: true } build
        )
            return NavigationUpdate.ToLog(state, build);
        if (next.Pane is { } pane)
            return ListUpdate.OnRow(NavigationUpdate.To(state, new Place(ScreenKind.Overview)), pane, next.Row);
        var health = NavigationUpdate.To(state, new Place(ScreenKind.Health));
        var checks = Lists.Of(health.Shown.Factories, health.User.Place, Pane.Whole, health.Shown.Now);
        var check = checks
            .OfType<CheckRow>()
            .FirstOrDefault(row => row.Raised.Check.Items.Any(item => new CheckItemRow(row.Raised, item).Id == next.Row));
        if (check is null)
            return health;
        var chosen = health.With(health.User.Place.With(Pane.Whole, new ListCursor(check.Id)) with { Focus = Pane.Items });
        return ListUpdate.OnRow(chosen, Pane.Items, next.Row);
    }

    private static Transition All(ScreenState state)
    {
        var (unseen, mark) = (state.Unseen.Count(news => news.IsBad), state.User.Sight.Mark);
        var since = NewsWords.Since(mark.LookedAt, state.Now, state.Settings.Zone);
        var marked = state with
        {
            User = state.User with { Sight = state.User.Sight with { Before = mark, JustMarkedAll = true, Visited = 0 } },
        };
        return Keep(
            marked.WithNotice(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{unseen} marked as seen since {since}; {KeyOf(state, "all-seen")} again takes it back"
                )
            ),
            Everything(state)
        );
    }

    private static Transition Again(ScreenState state)
    {
        if (state.User.Sight.Before is not { } before)
            return state.WithNotice("nothing was marked as seen");
        var back = state with { User = state.User with { Sight = state.User.Sight with { Before = null, JustMarkedAll = false } } };
        return Keep(back.WithNotice("taken back"), before);
    }

    private static string KeyOf(ScreenState state, string name) =>
        state.Settings.Keys.Named(name) is { Keys: [var key, ..] } ? key.Name : $":{name}";
}
