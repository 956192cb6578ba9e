using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>Failures with one cause.</summary>
/// <param name="Since">When the oldest of them ended.</param>
public sealed record SameCause(int Count, DateTimeOffset Since);

/// <summary>
/// One opened log as it is looked at: which part, how, and what is searched in it. Immutable; what lines there are comes as pages.
/// </summary>
public sealed record LogView
{
    private LogView(BuildView build, string path) => (Build, Path) = (build, path);

    /// <summary>The build in its last known state.</summary>
    public BuildView Build { get; private init; }

    /// <summary>Where the log lies.</summary>
    public string Path { get; private init; }

    /// <summary>The usual course of such builds.</summary>
    public StepPlan Plan => Past.Plan;

    /// <summary>The builds of this image and template that have ended.</summary>
    public Past Past { get; private init; } = Past.None;

    /// <summary>What the log is compared with, in words; null where nothing is known.</summary>
    public string? LastGood { get; private init; }

    /// <summary>The builds that wrote the same file at the same time.</summary>
    public ImmutableArray<BuildView> OtherWriters { get; private init; } = [];

    /// <summary>The builds that failed with the same cause within a day, this one among them; null where there is no other.</summary>
    public SameCause? SameCause { get; private init; }

    /// <summary>The lines that are shown; null until the first page.</summary>
    public LogPage? Page { get; init; }

    /// <summary>The newest page, also if its lines are not shown: what is known of the whole log.</summary>
    public LogPage? Latest { get; private init; }

    public LogPosition Position { get; init; } = LogPosition.AtEnd;

    public LogSearch Search { get; init; } = LogSearch.None;

    public LogLook Look { get; init; } = LogLook.Start;

    public LogFilter Filter { get; init; } = new(FilterKind.All, 0);

    public ImmutableSortedDictionary<LineKey, ShownLine> Marks { get; init; } = ImmutableSortedDictionary<LineKey, ShownLine>.Empty;

    public AllBuildsPanel AllBuilds { get; init; } = AllBuildsPanel.Closed;

    /// <summary>What the last command has to say; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>The log of a build, followed at its end.</summary>
    public static LogView Open(BuildView build, string path, bool ascii = false) =>
        new(build, path) { Look = LogLook.Start with { Ascii = ascii } };

    /// <summary>Lines that arrived since the end was left.</summary>
    public long NewBelow =>
        Position is { Follows: true, Frozen: false } || Latest is null ? 0 : Math.Max(0, Latest.Arrived - Position.ArrivedBefore);

    /// <summary>The build has a verdict, or nobody writes the log any more.</summary>
    public bool IsOver => !Build.Running;

    /// <summary>The hits known so far of what is searched now.</summary>
    public HitList Hits =>
        Latest is { } latest && Search.Pattern is not null && latest.Request.Search == Search.Pattern ? latest.Hits : HitList.None;

    /// <summary>More hits may come.</summary>
    public bool Searching => Search.Pattern is not null && (Latest?.Request.Search != Search.Pattern || Latest.Searching);

    /// <summary>Which hit was gone to last, from 0.</summary>
    public int? HitIndex => Position.Current is { Missing: 0 } key ? Hits.IndexOf(key.Offset) : null;

    /// <summary>Why the build, or the builder that is shown, did not succeed; null if its log does not show it.</summary>
    internal Reason? Reason => Log is not { } log || Build.LogShared || IsOfAGoodBuilder(log) ? null : Build.State switch
    {
        BuildState.Failed => Reason.Of(log, Verdict.Of(log) with { Outcome = PackerOutcome.Failed }),
        BuildState.Cancelled => Reason.Of(log, Verdict.Of(log) with { Outcome = PackerOutcome.Cancelled }),
        BuildState.Building or BuildState.Succeeded or BuildState.Lost or BuildState.Unknown => null,
    };

    /// <summary>What is known of the log, or of the one builder that is shown.</summary>
    internal BuildLog? Log => Filter is { Kind: FilterKind.Builder, Builder: { } builder } ? Build.Log?.Only(builder) : Build.Log;

    private bool IsOfAGoodBuilder(BuildLog log) =>
        Filter.Kind is FilterKind.Builder && log.Builders is [{ Errored: false, Interrupted: false }];

    /// <summary>At the line that says why the build did not succeed, a third from the top; at the end where none does.</summary>
    /// <param name="size">The screen's.</param>
    public LogView AtCause(Size size) =>
        Reason is { Line: > 0 and var line } ? this.GoTo(LogTarget.Line(line), LogLayout.Of(this, size).Log.Height / 3) : this;

    /// <summary>Not scrolled sideways.</summary>
    public LogView Unscrolled() => Look.Sideways == 0 ? this : this with { Look = Look with { Sideways = 0 } };

    internal LogView Drawn(bool ascii) => ascii == Look.Ascii ? this : this with { Look = Look with { Ascii = ascii } };

    /// <summary>The same log of a build that something new is known of.</summary>
    public LogView With(BuildView build) => ReferenceEquals(build, Build) ? this : this with { Build = build };

    /// <summary>With what is known of the builds of the same image and template, and which of them the log is compared with.</summary>
    public LogView With(Past past, string? lastGood) =>
        ReferenceEquals(past, Past) && lastGood == LastGood ? this : this with { Past = past, LastGood = lastGood };

    /// <summary>With what other builds have in common with this one.</summary>
    public LogView With(ImmutableArray<BuildView> otherWriters, SameCause? sameCause) =>
        sameCause == SameCause && otherWriters.AsSpan().SequenceEqual(OtherWriters.AsSpan(), ReferenceEqualityComparer.Instance)
            ? this
            : this with { OtherWriters = otherWriters, SameCause = sameCause };

    /// <summary>With the hits in every build; answers to another search are passed over.</summary>
    public LogView With(OtherHits hits) =>
        AllBuilds.With(hits) is var panel && ReferenceEquals(panel, AllBuilds) ? this : this with { AllBuilds = panel };

    /// <summary>Takes the answer to a request. A page of other lines than requested now only updates the facts about the log.</summary>
    public LogView With(LogPage page)
    {
        if (Latest is { } known && known.Generation != page.Generation)
            return (Restarted() with { Page = null, Latest = null }).With(page);

        var view = this with { Latest = page, LastGood = page.Comparison is ComparisonState.Failed ? null : LastGood };
        if (Position.Frozen)
            return view;
        if (view.Shows(page))
            view = view.Showing(page);
        return view.ToSought();
    }

    /// <summary>
    /// The lines the view needs and does not have, for a screen of this size; null while it has them. Answers to an earlier request keep
    /// coming.
    /// </summary>
    public LogRequest? Request(Size size)
    {
        if (Position.Frozen)
            return null;
        var rows = LogLayout.Of(this, size).Log.Height;
        var reach = Math.Max(200, rows * 6);
        var target = Position.Target;
        var request = RequestFor(target, reach, target.Kind is TargetKind.End ? 0 : reach);
        return Page is { } page && Position.Wanted is null && page.Request.Fits(request) && HasEnough(page, size, rows) ? null : request;
    }

    /// <summary>
    /// The line that copying, marking and searching start from: the one gone to last, else the last of a followed log, else the top one.
    /// </summary>
    public ShownLine? CurrentLine(Size size)
    {
        if (Page is not { Lines.Length: > 0 } page)
            return null;
        if (Position.Current is { } key && page.Lines[page.IndexOf(key)] is var line && line.Key == key)
            return line;
        return Position.Follows ? page.Lines[^1] : page.Lines[this.TopOf(size).Line];
    }

    /// <summary>The marked lines, in their order, or the current one: plain text as it is shown. Null where there is no line.</summary>
    public string? TextToCopy(Size size) => !Marks.IsEmpty
        ? string.Join('\n', Marks.Values.Select(line => LineText.Plain(line.Text, Look.HidesPrefix)))
        : CurrentLine(size) is { } line ? LineText.Plain(line.Text, Look.HidesPrefix) : null;

    /// <summary>A page holds the lines that are looked at now: what is filtered, searched and hidden is the same.</summary>
    internal bool Shows(LogPage page) => page.Request.Fits(RequestFor(default, 0, 0));

    /// <summary>The page's last line is the log's, as far as is known now.</summary>
    internal bool EndIsHere(LogPage page) => page.AtEnd && page.Arrived == Latest?.Arrived;

    private LogView Showing(LogPage page)
    {
        if (Position.Wanted is { } wanted && page.Request.Target == wanted)
            return this with { Page = page, Position = Position.Arrived(page.Place, page.Lines.IsEmpty ? null : page.Place) };

        var anchor = Position.Anchor;
        var covers = Position.Follows
            ? page.AtEnd
            : page.Lines.IsEmpty || ((page.AtStart || page.Lines[0].Key <= anchor) && (page.AtEnd || page.Lines[^1].Key >= anchor));
        return covers || Page is null || !Page.Request.Fits(page.Request) ? this with { Page = page } : this;
    }

    private LogView Restarted() => this with
    {
        Position = LogPosition.AtEnd with { Follows = Position.Follows, WantedLead = Position.WantedLead },
        Marks = Marks.Clear(),
        Search = Search with { Origin = null, Sought = null },
        Notice = "this log began again: another build writes the file",
    };

    private LogRequest RequestFor(LogTarget target, int before, int after) =>
        new(target, before, after, Filter, Search.Pattern, Look.HidesPrefix, IsOver);

    private bool HasEnough(LogPage page, Size size, int rows)
    {
        if (Position.Follows)
            return page.AtEnd && page.Request.Target.Kind is TargetKind.End && (page.AtStart || page.Request.Before >= rows * 3);
        if (page.Lines.IsEmpty)
            return page is { AtStart: true, AtEnd: true };
        var top = this.TopOf(size).Line;
        return (page.AtStart || top >= rows * 2) && (EndIsHere(page) || page.Lines.Length - top >= rows * 3);
    }
}
