using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>Where the parts of the log view stand on a screen of a given size. Parts that do not fit have no rows.</summary>
/// <param name="Header">What build it is and how it does.</param>
/// <param name="Steps">The steps beside the log, or over it.</param>
/// <param name="Log">The lines.</param>
/// <param name="Hits">The hits in every build.</param>
/// <param name="Bar">Where the view is and what is switched on.</param>
/// <param name="HasRules">Lines are drawn between the parts.</param>
public sealed record LogLayout(Area Header, Area Steps, Area Log, Area Hits, Area Bar, bool HasRules)
{
    /// <summary>The steps have the place of the lines.</summary>
    public bool StepsCover => !Steps.IsEmpty && Steps == Log;

    private const int WideFrom = 110;
    private const int LeastStepsWidth = 44;
    private const int MostStepsWidth = 76;
    private const int FewestRows = 3;

    /// <summary>From so many rows on there is room for lines between the parts.</summary>
    private const int RulesFrom = 14;

    public static LogLayout Of(LogView view, Size size)
    {
        var whole = Area.Of(size);
        var bar = whole.Height >= 2 ? 1 : 0;
        var rules = whole.Height >= RulesFrom;
        var header = LogHeader.RowsOf(view, size).Count;
        var hits = view.AllBuilds.Pattern is null ? 0 : Math.Max(0, Math.Min(14, (whole.Height - header - bar) / 3));
        var parts = whole.Rows(header, rules && header > 0 ? 1 : 0, -1, hits, rules ? 1 : 0, bar);
        var (steps, log) = (new Area(0, 0, 0, 0), parts[2]);
        if (HasSteps(view, size))
        {
            if (IsWide(size))
            {
                var columns = log.Columns(StepsWidth(size), 2, -1);
                (steps, log) = (columns[0], columns[2]);
            }
            else
            {
                steps = log;
            }
        }

        return new LogLayout(parts[0], steps, log, parts[3], parts[5], rules);
    }

    /// <summary>
    /// The steps are shown: where asked for, else on a wide screen; never beside a log that has the screen alone. A log of several builds
    /// has none to show.
    /// </summary>
    public static bool HasSteps(LogView view, Size size) =>
        !view.Look.FullScreen && (view.Look.ShowsSteps ?? (IsWide(size) && !SharedLog.IsOf(view)));

    /// <summary>Beyond what a log needs, the steps share the width, so that none is cut beside blank cells.</summary>
    private static int StepsWidth(Size size) => Math.Clamp(size.Columns / 2 - 46, LeastStepsWidth, MostStepsWidth);

    public static bool IsWide(Size size) => size.Columns >= WideFrom;

    /// <summary>How many rows may stand above the log.</summary>
    public static int MostHeaderRows(LogView view, Size size) => size.Rows <= FewestRows ? 0
        : view.Look.FullScreen ? 1
        : Math.Max(1, size.Rows < RulesFrom ? size.Rows / 5 : size.Rows * 2 / 5);
}
