using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

// Searching: the pattern is typed, kept or dropped; hits are gone to as soon as they are known, here or in the newest page.
public sealed partial record LogView
{
    private const int MostContext = 99;

    /// <summary>What is searched; null for nothing.</summary>
    public SearchPattern? Search { get; private init; }

    /// <summary>
    /// The pattern is being typed: Enter (<see cref="PackuilonMonitor.Screen.Keys.ContentAct.Open"/>) keeps it, Esc goes back to where the search began.
    /// </summary>
    public bool Typing { get; private init; }

    /// <summary>The hits known so far of what is searched now.</summary>
    public HitList Hits => Latest is { } latest && Search is not null && latest.Request.Search == Search ? latest.Hits : HitList.None;

    /// <summary>More hits may come.</summary>
    public bool Searching => Search is not null && (Latest?.Request.Search != Search || Latest.Searching);

    /// <summary>Which hit was gone to last, from 0.</summary>
    public int? HitIndex => Current is { Missing: 0 } key ? Hits.IndexOf(key.Offset) : null;

    /// <summary>How what is typed is understood.</summary>
    public SearchHow How { get; private init; }

    /// <summary>What was searched last, also when it is not shown any more; an empty pattern searches it again.</summary>
    private SearchPattern? Earlier { get; init; }

    /// <summary>Where the search began.</summary>
    private Place? Origin { get; init; }

    /// <summary>A hit that is still to be gone to.</summary>
    private SoughtHit? Seek { get; init; }

    /// <summary>What was shown, and what was searched before.</summary>
    private sealed record Place(
        LineKey Anchor,
        int AnchorRow,
        int Lead,
        bool Follows,
        long ArrivedBefore,
        LineKey? Current,
        SearchPattern? Search
    );

    /// <summary>The first hit from a byte position on, or the last one before it.</summary>
    private readonly record struct SoughtHit(long From, bool Backward);

    private LogView Find(string? text, Size size)
    {
        var origin = Origin ?? new Place(Anchor, AnchorRow, Lead, Follows, ArrivedBefore, Current, Search);
        var pattern = SearchPattern.Of(text, How);
        var view = BackTo(origin) with { Origin = origin, Typing = true, Search = pattern, HitsFocused = false };
        if (pattern is null)
            return view;
        if (pattern.IsPlain && !How.Plain)
            view = view with { Notice = "no regular expression: searched as plain text" };
        return view.Toward(new SoughtHit(view.SearchStart(size), Backward: false));
    }

    private LogView Keep(Size size)
    {
        var kept = this with { Typing = false, Origin = null, Earlier = Search ?? Earlier };
        return Search is null && (Origin?.Search ?? Earlier) is { } again
            ? (kept with { Search = again, Earlier = again }).NextHit(backward: false, size)
            : kept;
    }

    /// <summary>The same text, understood in another way.</summary>
    private LogView Searched(SearchHow how, Size size)
    {
        if (Search is not { } known)
            return this with { How = how, Notice = $"searches: {how.InWords}" };
        if (Typing)
            return (this with { How = how }).Find(known.Text, size);
        return (
            this with
            {
                How = how,
                Search = SearchPattern.Of(known.Text, how),
                Current = null,
                Notice = $"searches: {how.InWords}",
            }
        ).Toward(new SoughtHit(SearchStart(size), Backward: false));
    }

    private LogView Cancel() =>
        (Origin is { } origin ? BackTo(origin) with { Search = origin.Search } : this) with
        {
            Typing = false,
            Origin = null,
        };

    private LogView BackTo(Place place) => this with
    {
        Anchor = place.Anchor,
        AnchorRow = place.AnchorRow,
        Lead = place.Lead,
        Follows = place.Follows,
        ArrivedBefore = place.ArrivedBefore,
        Current = place.Current,
        Wanted = null,
        Seek = null,
    };

    private LogView NextHit(bool backward, Size size)
    {
        if (Search is null)
            return this with { Notice = "nothing is searched: / searches" };
        var at = Current is { } key ? key.Offset : SearchStart(size);
        // The hit that stands at the top of the screen is the next one, until it was gone to.
        return Toward(new SoughtHit(Current is null || backward ? at : at + 1, backward));
    }

    private long SearchStart(Size size) => Current is { } key ? key.Offset
        : Page is { Lines.Length: > 0 } page ? page.Lines[TopOf(size).Line].Key.Offset
        : 0;

    private LogView Toward(SoughtHit sought)
    {
        var view = this with { Seek = sought };
        // A page holds all lines of its part: what matches in it is a hit before the search comes here.
        if (
            !sought.Backward
            && Filter.Kind is FilterKind.All
            && Page is { Lines.Length: > 0 } page
            && page.Lines[0].Key.Offset <= sought.From
        )
        {
            foreach (var line in page.Lines.AsSpan()[page.IndexOf(new LineKey(sought.From))..])
            {
                if (line.Key is { Missing: 0 } key && key.Offset >= sought.From && IsHit(line))
                    return view.Arrive(key);
            }
        }

        return view.Sought();
    }

    public bool IsHit(ShownLine line) =>
        Search is { } pattern && line.Status is not LineStatus.Missing && pattern.IsMatch(LineText.Searched(line.Text, HidesPrefix));

    /// <summary>Goes to what is sought if the hits known now decide it.</summary>
    private LogView Sought()
    {
        if (Seek is not { } sought || Search is null || Latest?.Request.Search != Search)
            return this;
        var (hits, searching) = (Hits, Searching);
        var after = hits.FirstFrom(sought.From);
        var index = sought.Backward ? after - 1 : after;
        // Going back, hits just before the place may still be found while the search has not passed it.
        if (index >= 0 && index < hits.Count && (!sought.Backward || after < hits.Count || !searching))
            return Arrive(hits, index);
        if (searching)
            return this;
        if (hits.Count == 0)
            return this with { Seek = null, Notice = $"not found: {SafeText.Plain(Search.Text)}" };
        var wrapped = Arrive(hits, sought.Backward ? hits.Count - 1 : 0);
        return Typing
            ? wrapped
            : wrapped with
            {
                Notice = sought.Backward ? "wrapped, from the end" : "wrapped, from the start",
            };
    }

    private LogView Arrive(HitList hits, int index) => Arrive(new LineKey(hits[index].Offset));

    private LogView Arrive(LineKey key)
    {
        // A hit that is on the screen already does not move it far: three rows from the top, like every jump.
        var notice = Notice;
        return GoTo(LogTarget.At(key), JumpLead) with { Seek = null, Notice = notice };
    }

    private LogView Only(FilterKind kind, Size size)
    {
        if (kind is FilterKind.Matching or FilterKind.Others && Search is null)
            return this with { Notice = "nothing is searched: / searches" };
        if (kind is FilterKind.New or FilterKind.Diff && LastGood is null)
            return this with { Notice = "no good build of this image and template is known" };
        return Filtered(new LineFilter(Filter.Kind == kind ? FilterKind.All : kind), size);
    }

    /// <summary>The line that stood at the top, or was current, stays in sight as far as the filter lets it.</summary>
    private LogView Filtered(LineFilter filter, Size size)
    {
        if (Follows || Page is not { Lines.Length: > 0 } page)
            return this with { Filter = filter, Wanted = null };
        var key = Current ?? page.Lines[TopOf(size).Line].Key;
        return this with { Filter = filter, Wanted = null, Anchor = key, AnchorRow = 0, Lead = Current is null ? 0 : JumpLead };
    }

    private LogView Context(int more, Size size) => Filter.Kind is FilterKind.Matching or FilterKind.New
        ? Filtered(Filter with { Context = Math.Clamp(Filter.Context + more, 0, MostContext) }, size)
        : this with { Notice = "context belongs to & and D" };
}
