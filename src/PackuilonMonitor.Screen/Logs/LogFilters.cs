using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>Which lines are left out.</summary>
internal static class LogFilters
{
    private const int MostContext = 99;

    /// <summary>Only lines of a kind, or all again.</summary>
    public static LogView Only(this LogView view, FilterKind kind, Size size)
    {
        if (kind is FilterKind.Matching or FilterKind.Others && view.Search.Pattern is null)
            return view with { Notice = "nothing is searched: / searches" };
        if (kind is FilterKind.New or FilterKind.Diff && view.LastGood is null)
            return view with { Notice = "no good build of this image and template is known" };
        return view.Filtered(new LogFilter(view.Filter.Kind == kind ? FilterKind.All : kind), size);
    }

    /// <summary>Only the lines of the next builder or the one before; all lines stand between the last and the first.</summary>
    public static LogView ToBuilder(this LogView view, int direction, Size size)
    {
        if (view.Build.Log is not { Builders: { Length: > 1 } builders })
            return view with { Notice = "this log has one builder" };
        var here = view.Filter.Kind is FilterKind.Builder
            ? builders.Select(builder => builder.Name).ToList().IndexOf(view.Filter.Builder!) + 1
            : 0;
        var next = (here + direction + builders.Length + 1) % (builders.Length + 1);
        return view.Filtered(next > 0 ? new LogFilter(FilterKind.Builder, 0, builders[next - 1].Name) : default, size);
    }

    /// <summary>Nothing is left out or marked by a comparison.</summary>
    public static LogView Uncompared(this LogView view) =>
        (view.Filter.Kind is FilterKind.New or FilterKind.Diff ? view.Unfiltered() : view).With(view.Past, null);

    public static LogView Unfiltered(this LogView view) =>
        view with { Filter = default, Position = view.Position with { Wanted = null } };

    public static LogView Context(this LogView view, int more, Size size) => view.Filter.Kind is FilterKind.Matching or FilterKind.New
        ? view.Filtered(view.Filter with { Context = Math.Clamp(view.Filter.Context + more, 0, MostContext) }, size)
        : view with { Notice = "context belongs to & and D" };

    /// <summary>The line that stood at the top, or was current, stays in sight as far as the filter lets it.</summary>
    private static LogView Filtered(this LogView view, LogFilter filter, Size size)
    {
        var at = view.Position with { Wanted = null };
        if (at.Follows || view.Page is not { Lines.Length: > 0 } page)
            return view with { Filter = filter, Position = at };
        var key = at.Current ?? page.Lines[view.TopOf(size).Line].Key;
        return view with
        {
            Filter = filter,
            Position = at with { Anchor = key, AnchorRow = 0, Lead = at.Current is null ? 0 : LogMoves.JumpLead },
        };
    }
}
