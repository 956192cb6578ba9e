using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>
/// The pattern is typed, kept or dropped; hits are gone to as soon as they are known, here or in the newest page.
/// </summary>
public static class LogSearches
{
    private const string NothingSearched = "nothing is searched: / searches";

    /// <summary>Searching what was searched in another log.</summary>
    public static LogView Searched(this LogView view, SearchPattern? pattern) =>
        view with { Search = view.Search with { Pattern = pattern } };

    internal static bool IsHit(this LogView view, ShownLine line) =>
        view.Search.Pattern is { } pattern
        && line.Status is not LineStatus.Missing
        && pattern.IsMatch(LineText.Searched(line.Text, view.Look.HidesPrefix));

    internal static LogView Find(this LogView view, string? text, Size size)
    {
        var origin = view.Search.Origin ?? new SearchOrigin(view.Position, view.Search.Pattern);
        var how = view.Search.How;
        var pattern = SearchPattern.Of(text, how);
        var back = view.BackTo(origin);
        var found = back with
        {
            Search = back.Search with { Origin = origin, Typing = true, Pattern = pattern },
            AllBuilds = back.AllBuilds with { Focused = false },
        };
        if (pattern is null)
            return found;
        if (pattern.IsPlain && !how.Plain)
            found = found with { Notice = "no regular expression: searched as plain text" };
        return found.Toward(new SoughtHit(found.SearchStart(size), Backward: false));
    }

    internal static LogView KeepPattern(this LogView view, Size size)
    {
        var search = view.Search;
        var kept = search with { Typing = false, Origin = null, Earlier = search.Pattern ?? search.Earlier };
        return search.Pattern is null && (search.Origin?.Pattern ?? search.Earlier) is { } again
            ? (view with { Search = kept with { Pattern = again, Earlier = again } }).NextHit(backward: false, size)
            : view with { Search = kept };
    }

    internal static LogView CancelPattern(this LogView view)
    {
        var back = view.Search.Origin is { } origin ? view.BackTo(origin).Searched(origin.Pattern) : view;
        return back with { Search = back.Search with { Typing = false, Origin = null } };
    }

    internal static LogView ToggleCase(this LogView view, Size size) => view.SearchedAs(
        view.Search is { Pattern: { } known, How: var how }
            ? how with { Case = known.IgnoresCase ? SearchCase.Counts : SearchCase.Ignored }
            : view.Search.How,
        size
    );

    internal static LogView ToggleKind(this LogView view, Size size) =>
        view.SearchedAs(view.Search.How with { Plain = !view.Search.How.Plain }, size);

    internal static LogView NextHit(this LogView view, bool backward, Size size)
    {
        if (view.Search.Pattern is null)
            return view with { Notice = NothingSearched };
        var current = view.Position.Current;
        var at = current is { } key ? key.Offset : view.SearchStart(size);
        // The hit that stands at the top of the screen is the next one, until it was gone to.
        return view.Toward(new SoughtHit(current is null || backward ? at : at + 1, backward));
    }

    internal static LogView SearchEverywhere(this LogView view) =>
        view.Search.Pattern is not { } pattern
            ? view with
            {
                Notice = NothingSearched,
            }
            : view with
            {
                AllBuilds = view.AllBuilds.Searching(pattern),
                Search = view.Search with { Typing = false, Origin = null },
            };

    /// <summary>To the hit of the list: here, or in another build's log, which whoever opens logs does.</summary>
    internal static LogView OpenChosenHit(this LogView view)
    {
        if (view.AllBuilds is not { Hits: { Hits.Length: > 0 } others } panel)
            return view;
        var hit = others.Hits[Math.Clamp(panel.Chosen, 0, others.Hits.Length - 1)];
        return hit.BuildId == view.Build.Id
            ? view.At(hit.Line) with { AllBuilds = panel with { Focused = false } }
            : view with { AllBuilds = panel with { Jump = hit } };
    }

    /// <summary>Goes to what is sought if the hits known now decide it.</summary>
    internal static LogView ToSought(this LogView view)
    {
        var search = view.Search;
        if (search.Sought is not { } sought || search.Pattern is null || view.Latest?.Request.Search != search.Pattern)
            return view;
        var (hits, searching) = (view.Hits, view.Searching);
        var after = hits.FirstFrom(sought.From);
        var index = sought.Backward ? after - 1 : after;
        // Going back, hits just before the place may still be found while the search has not passed it.
        if (index >= 0 && index < hits.Count && (!sought.Backward || after < hits.Count || !searching))
            return view.Arrive(hits, index);
        if (searching)
            return view;
        if (hits.Count == 0)
            return view with { Search = search with { Sought = null }, Notice = $"not found: {SafeText.Plain(search.Pattern.Text)}" };
        var wrapped = view.Arrive(hits, sought.Backward ? hits.Count - 1 : 0);
        return search.Typing
            ? wrapped
            : wrapped with
            {
                Notice = sought.Backward ? "wrapped, from the end" : "wrapped, from the start",
            };
    }

    /// <summary>The same text, understood in another way.</summary>
    private static LogView SearchedAs(this LogView view, SearchHow how, Size size)
    {
        var next = view with { Search = view.Search with { How = how } };
        if (view.Search.Pattern is not { } known)
            return next with { Notice = $"searches: {how.InWords}" };
        if (view.Search.Typing)
            return next.Find(known.Text, size);
        return (
            next.Searched(SearchPattern.Of(known.Text, how)) with
            {
                Position = view.Position with { Current = null },
                Notice = $"searches: {how.InWords}",
            }
        ).Toward(new SoughtHit(view.SearchStart(size), Backward: false));
    }

    private static LogView BackTo(this LogView view, SearchOrigin origin) => view with
    {
        Position = origin.Position with { Frozen = view.Position.Frozen, WantedLead = view.Position.WantedLead, Wanted = null },
        Search = view.Search with { Sought = null },
    };

    private static long SearchStart(this LogView view, Size size) =>
        view.Position.Current is { } key ? key.Offset
        : view.Page is { Lines.Length: > 0 } page ? page.Lines[view.TopOf(size).Line].Key.Offset
        : 0;

    private static LogView Toward(this LogView view, SoughtHit sought)
    {
        var seeking = view with { Search = view.Search with { Sought = sought } };
        // A page holds all lines of its part: what matches in it is a hit before the search comes here.
        if (
            !sought.Backward
            && view.Filter.Kind is FilterKind.All
            && view.Page is { Lines.Length: > 0 } page
            && page.Lines[0].Key.Offset <= sought.From
        )
        {
            foreach (var line in page.Lines.AsSpan()[page.IndexOf(new LineKey(sought.From))..])
            {
                if (line.Key is { Missing: 0 } key && key.Offset >= sought.From && view.IsHit(line))
                    return seeking.Arrive(key);
            }
        }

        return seeking.ToSought();
    }

    private static LogView Arrive(this LogView view, HitList hits, int index) => view.Arrive(new LineKey(hits[index].Offset));

    /// <summary>A hit that is on the screen already does not move it far: three rows from the top, like every jump.</summary>
    private static LogView Arrive(this LogView view, LineKey key)
    {
        var there = view.GoTo(LogTarget.At(key), LogMoves.JumpLead);
        return there with { Search = there.Search with { Sought = null } };
    }
}
