using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The line below the log: whether it is followed, where it stands, what is found and what is switched on.</summary>
public static class LogBar
{
    public static void Render(LogView view, ShownLine? last, DateTimeOffset now, CellBuffer into, Palette palette)
    {
        var (columns, rows) = (into.Size.Columns, into.Size.Rows);
        if (rows < 1 || columns < 1)
            return;
        var at = 1;
        foreach (var (text, style) in Parts(view, last, now, palette, columns >= 110))
        {
            if (at > 1 && at + TextWidth.Of(text, into.IsAscii) > columns)
                break;
            into.Write(0, at, text, style, Math.Max(0, columns - at));
            at += TextWidth.Of(text, into.IsAscii) + (columns >= 110 ? 3 : 2);
        }
    }

    /// <summary>The most important first: what does not fit is left out at the end.</summary>
    private static IEnumerable<(string Text, Style Style)> Parts(
        LogView view,
        ShownLine? last,
        DateTimeOffset now,
        Palette palette,
        bool wide
    )
    {
        yield return (Mode(view), view.Position.Follows && !view.Position.Frozen ? palette.Good : palette.Warning);
        if (view.Notice is { } notice)
            yield return (notice, palette.Warning);
        yield return (Place(view, last), palette.Plain);
        if (view.Search.Pattern is { } pattern)
            yield return (Hits(view, pattern), palette.Key);
        if (Shown(view.Filter) is { } filter)
            yield return (filter, palette.Warning);
        if (view is { Filter.Kind: FilterKind.New or FilterKind.Diff, Latest.Comparison: ComparisonState.Reading })
            yield return ("reading the last good log", palette.Warning);
        if (view.Build.LogShared)
        {
            yield return ("no problems marked", palette.Plain);
        }
        else
        {
            var problems = view.Problems();
            yield return (Problems(view, problems), problems.Count > 0 ? palette.Bad : palette.Plain);
        }

        if (view.Latest?.NewCount is { } added)
            yield return (Text($"{added} new{(wide ? " since last good" : "")}"), added > 0 ? palette.New : palette.Plain);
        if (view.Marks.Count is var marks and > 0)
            yield return (Text($"marks {marks}"), palette.Mark);
        yield return (HasNoTimes(view) ? wide ? "no times: read afterwards" : "no times" : Time(view.Look.Time, wide), palette.Dim);
        var width =
            view.Look.Wraps ? "wrap"
            : view.Look.Sideways > 0 ? Text($"chop, {view.Look.Sideways} left out")
            : "chop";
        yield return (width, palette.Dim);
        yield return (view.Look.HidesPrefix ? "prefix hidden" : "prefix shown", palette.Dim);
        if (view.Look.Colours is not LogColours.Own)
            yield return (view.Look.Colours is LogColours.None ? "no colours" : "our colours", palette.Dim);
        if (view.Latest?.GrewAt is { } grew && !view.IsOver)
            yield return ($"log {Durations.Ago(now - grew)}", palette.Dim);
    }

    private static string Mode(LogView view)
    {
        var more = view.NewBelow > 0 ? Text($"  +{view.NewBelow} new below (G)") : "";
        return view switch
        {
            { Latest: null } => "OPENING",
            { Position.Frozen: true } => "FROZEN" + more,
            { IsOver: true } => (SharedLog.IsOf(view) ? "SHARED" : "DONE") + more,
            { Position.Follows: true } => "FOLLOW",
            _ => "PAUSED" + more,
        };
    }

    private static string Place(LogView view, ShownLine? last)
    {
        var total = RemoteLog.IsArriving(view) ? "?"
            : view.Latest?.Total is { } lines ? lines.ToString(CultureInfo.InvariantCulture)
            : view.Latest is { } latest ? Text($"{latest.Counted}+")
            : "?";
        return last?.Number is { } number ? Text($"{number}/{total}")
            : view.Page is { Lines.IsEmpty: true } ? Text($"0/{total}")
            : $"?/{total}";
    }

    /// <summary>Which of them the cursor is on, or how many there are.</summary>
    private static string Problems(LogView view, List<long> problems) => view.Position.Current is { } here
        && view.Page is { Lines: var lines } page && page.IndexOf(here) is var at && at < lines.Length && lines[at].Key == here
        && problems.IndexOf(lines[at].Number ?? 0) is >= 0 and var place
            ? Text($"problem {place + 1} of {problems.Count}")
            : Words.Count(problems.Count, "problem") + (RemoteLog.IsArriving(view) ? " so far" : "");

    private static string Hits(LogView view, SearchPattern pattern)
    {
        var count = Text($"{view.Hits.Found}{(view.Searching ? "+" : "")}");
        var hit = view.HitIndex is { } index ? Text($"hit {index + 1}/{count}") : $"hits {count}";
        var kind = pattern.IsPlain ? "text" : "regex";
        return view.Search.Typing ? $"{hit}  {kind}  {(pattern.IgnoresCase ? "case ignored" : "case counts")}" : hit;
    }

    private static string? Shown(LogFilter filter)
    {
        var context = filter.Context > 0 ? Text($" ±{filter.Context}") : "";
        return filter.Kind switch
        {
            FilterKind.All => null,
            FilterKind.Matching => "only hits" + context,
            FilterKind.Others => "only others",
            FilterKind.New => "only new lines" + context,
            FilterKind.Diff => "diff with last good",
            FilterKind.Builder => "only builder " + SafeText.Plain(filter.Builder ?? ""),
        };
    }

    /// <summary>Nobody saw a line of it arrive, so none has a time of ours.</summary>
    public static bool HasNoTimes(LogView view) => view is { Look.Time: not TimeColumn.Off, Build.Log.LastLineAt: null };

    public static string Time(TimeColumn time, bool wide) => time switch
    {
        TimeColumn.Off => wide ? "time off" : "t:off",
        TimeColumn.SinceStart => wide ? "time +build" : "t:+build",
        TimeColumn.Clock => wide ? "time clock" : "t:clock",
        TimeColumn.Gap => wide ? "time gap" : "t:gap",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
