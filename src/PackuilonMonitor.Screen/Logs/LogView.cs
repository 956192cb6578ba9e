using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>What stands before each line.</summary>
public enum TimeColumn
{
    Off,
    SinceStart,
    Clock,

    /// <summary>How long nothing came before the line.</summary>
    Gap,
}

/// <summary>Whose colours log lines have.</summary>
public enum LogColours
{
    /// <summary>The log's own.</summary>
    Own,

    /// <summary>Ours, by what a line means.</summary>
    ByMeaning,
    None,
}

/// <summary>
/// One opened log as it is looked at: which part, how, and what is searched in it. Immutable; what lines there are comes as pages.
/// </summary>
public sealed partial record LogView
{
    private const int SidewaysColumns = 8;

    private LogView(BuildView build, string path) => (Build, Path) = (build, path);

    /// <summary>The build as it was when it was last told.</summary>
    public BuildView Build { get; private init; }

    /// <summary>Where the log lies.</summary>
    public string Path { get; private init; }

    /// <summary>The usual course of such builds.</summary>
    public StepPlan Plan => Past.Plan;

    /// <summary>The builds of this image and template that have ended.</summary>
    public Past Past { get; private init; } = Past.None;

    /// <summary>What the log is compared with, in words; null where nothing is known.</summary>
    public string? LastGood { get; private init; }

    /// <summary>The lines that are shown; null until the first page.</summary>
    public LogPage? Page { get; private init; }

    /// <summary>The newest page, also if its lines are not shown: what is known of the whole log.</summary>
    public LogPage? Latest { get; private init; }

    /// <summary>The end is shown and what arrives moves into sight.</summary>
    public bool Follows { get; private init; } = true;

    /// <summary>Nothing moves until it is asked to.</summary>
    public bool Frozen { get; private init; }

    public bool Wraps { get; private init; }

    /// <summary>Columns that are left out on the left of lines that do not wrap.</summary>
    public int Sideways { get; private init; }

    public bool HidesPrefix { get; private init; } = true;

    public TimeColumn Time { get; private init; } = TimeColumn.SinceStart;

    public LogColours Colours { get; private init; }

    public bool FullScreen { get; private init; }

    /// <summary>The steps beside the log, or over it on a narrow screen; null leaves it to the width.</summary>
    public bool? ShowsSteps { get; private init; }

    /// <summary>The first step that is shown where the steps have the place of the log; null for those about the current one.</summary>
    public int? StepsTop { get; private init; }

    public LineFilter Filter { get; private init; } = new(FilterKind.All, 0);

    public ImmutableSortedDictionary<LineKey, ShownLine> Marks { get; private init; } = ImmutableSortedDictionary<LineKey, ShownLine>.Empty;

    /// <summary>The line that was gone to last.</summary>
    public LineKey? Current { get; private init; }

    /// <summary>What the last command has to say; null for nothing.</summary>
    public string? Notice { get; private init; }

    /// <summary>Widths are those of the screen without UTF-8.</summary>
    public bool Ascii { get; private init; }

    /// <summary>The line the screen begins with, or the one that stands <see cref="Lead"/> rows below the top.</summary>
    private LineKey Anchor { get; init; }

    private int AnchorRow { get; init; }

    private int Lead { get; init; }

    /// <summary>A place whose lines are not there yet; until they come the screen stays as it is.</summary>
    private LogTarget? Wanted { get; init; }

    private int WantedLead { get; init; }

    /// <summary>Lines that had arrived when following stopped.</summary>
    private long ArrivedBefore { get; init; }

    /// <summary>The log of a build, followed at its end.</summary>
    public static LogView Open(BuildView build, string path, bool ascii = false) => new(build, path) { Ascii = ascii };

    /// <summary>Lines that arrived since the end was left.</summary>
    public long NewBelow => Follows && !Frozen || Latest is null ? 0 : Math.Max(0, Latest.Arrived - ArrivedBefore);

    /// <summary>The build has a verdict, or nobody writes the log any more.</summary>
    public bool IsOver => !Build.Running;

    public LogView Drawn(bool ascii) => ascii == Ascii ? this : this with { Ascii = ascii };

    /// <summary>The same log of a build that something new is known of.</summary>
    public LogView With(BuildView build) => ReferenceEquals(build, Build) ? this : this with { Build = build };

    /// <summary>With what is known of the builds of the same image and template, and which of them the log is compared with.</summary>
    public LogView With(Past past, string? lastGood) =>
        ReferenceEquals(past, Past) && lastGood == LastGood ? this : this with { Past = past, LastGood = lastGood };

    /// <summary>With the answer to a request. A page of other lines than those wanted now tells only what is known of the whole.</summary>
    public LogView With(LogPage page)
    {
        if (Latest is { } known && known.Generation != page.Generation)
            return (Restarted() with { Page = null, Latest = null }).With(page);

        var view = this with { Latest = page, LastGood = page.Comparison is ComparisonState.Failed ? null : LastGood };
        if (Frozen)
            return view;
        if (page.Request.Fits(Asked(default, 0, 0)))
            view = view.Showing(page);
        return view.Sought();
    }

    /// <summary>
    /// The lines the view needs and does not have, for a screen of this size; null while it has them. Answers to an earlier request keep
    /// coming.
    /// </summary>
    public LogRequest? Request(Size size)
    {
        if (Frozen)
            return null;
        var rows = LogLayout.Of(this, size).Log.Height;
        var reach = Math.Max(200, rows * 6);
        var target = Wanted ?? (Follows ? LogTarget.End : LogTarget.At(Anchor));
        var request = Asked(target, reach, target.Kind is TargetKind.End ? 0 : reach);
        return Page is { } page && Wanted is null && page.Request.Fits(request) && HasEnough(page, size, rows) ? null : request;
    }

    /// <summary>
    /// The line that copying, marking and searching start from: the one gone to last, else the last of a followed log, else the top one.
    /// </summary>
    public ShownLine? CurrentLine(Size size)
    {
        if (Page is not { Lines.Length: > 0 } page)
            return null;
        if (Current is { } key && page.Lines[page.IndexOf(key)] is var line && line.Key == key)
            return line;
        return Follows ? page.Lines[^1] : page.Lines[TopOf(size).Line];
    }

    private LogView Showing(LogPage page)
    {
        if (Wanted is { } wanted && page.Request.Target == wanted)
        {
            return this with
            {
                Page = page,
                Wanted = null,
                Anchor = page.Place,
                AnchorRow = 0,
                Lead = WantedLead,
                Current = page.Lines.IsEmpty ? null : page.Place,
            };
        }

        var covers = Follows
            ? page.AtEnd
            : page.Lines.IsEmpty || ((page.AtStart || page.Lines[0].Key <= Anchor) && (page.AtEnd || page.Lines[^1].Key >= Anchor));
        return covers || Page is null || !Page.Request.Fits(page.Request) ? this with { Page = page } : this;
    }

    private LogView Restarted() => this with
    {
        Anchor = default,
        AnchorRow = 0,
        Lead = 0,
        Wanted = null,
        Current = null,
        Marks = Marks.Clear(),
        ArrivedBefore = 0,
        Frozen = false,
        Origin = null,
        Seek = null,
        Notice = "this log began again: another build writes the file",
    };

    private LogRequest Asked(LogTarget target, int before, int after) => new(target, before, after, Filter, Search, HidesPrefix, IsOver);

    private bool HasEnough(LogPage page, Size size, int rows)
    {
        if (Follows)
            return page.AtEnd && page.Request.Target.Kind is TargetKind.End && (page.AtStart || page.Request.Before >= rows * 3);
        if (page.Lines.IsEmpty)
            return page is { AtStart: true, AtEnd: true };
        var top = TopOf(size).Line;
        return (page.AtStart || top >= rows * 2) && (EndIsHere(page) || page.Lines.Length - top >= rows * 3);
    }

    /// <summary>The page's last line is the log's, as far as is known now.</summary>
    private bool EndIsHere(LogPage page) => page.AtEnd && page.Arrived == Latest?.Arrived;
}
