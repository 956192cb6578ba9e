using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The parts of the timeline within the body of the screen; a part without room is empty.</summary>
/// <param name="Lanes">The workers' bars, below title and axis.</param>
/// <param name="Counts">Who waited, what failed, and on a wide screen what was raised.</param>
/// <param name="Heading">The rule and the titles above the list.</param>
/// <param name="List">The builds of the chosen worker.</param>
/// <param name="Steps">The steps of the chosen build, with their heading.</param>
/// <param name="Strip">The chosen row in words, below a rule.</param>
public sealed record TimelineLayout(Area Lanes, Area Counts, Area Heading, Area List, Area Steps, Area Strip)
{
    /// <summary>Title and axis.</summary>
    public const int Above = 2;

    private const int StripRows = 3;
    private const int FewestRows = 3;
    private const int StepsFrom = 18;

    public static TimelineLayout Of(ScreenState state)
    {
        var shown = state.Shown.Factories;
        var lanes = PackuilonMonitor.Screen.Rows.Lanes.Of(shown).Count + (shown.IsNamed ? shown.Factories.Length : 0);
        return Of(ScreenLayout.Of(state.Size, 0), lanes, state.User.ShowsRow);
    }

    /// <summary>Enter leads to the log, because the steps are on the screen already.</summary>
    public static bool ShowsSteps(ScreenState state) => !Of(state).Steps.IsEmpty;

    /// <param name="screen">The whole.</param>
    /// <param name="lanes">How many lines the bars need.</param>
    /// <param name="whole">The chosen row is shown whole, also where that takes rows of the steps or the list.</param>
    public static TimelineLayout Of(ScreenLayout screen, int lanes, bool whole = false)
    {
        var (body, wide) = (screen.Body, screen.Form is ScreenForm.Wide);
        var rest = Math.Max(0, body.Height - Above);
        var counts = wide ? 4 : 3;
        var least = 2 + FewestRows;
        if (screen.Form is ScreenForm.TooSmall or ScreenForm.Minimal)
            (counts, least) = (0, 0);
        var shown = Math.Min(Math.Max(1, lanes), Math.Max(1, rest - least));
        if (rest - shown - counts < least)
            counts = 0;
        rest -= shown + counts;
        var heading = least == 0 ? 0 : Math.Min(2, Math.Max(0, rest));
        rest -= heading;
        var steps = wide && rest >= StepsFrom ? Math.Min(rest * 2 / 3, rest - FewestRows) : 0;
        var strip = steps == 0 && rest >= StripRows + FewestRows ? StripRows : 0;
        if (whole && rest >= RowStrip.Rows + FewestRows)
            (strip, steps) = (RowStrip.Rows, Math.Max(0, steps - RowStrip.Rows));
        var y = Above;
        return new TimelineLayout(
            Next(shown),
            Next(counts),
            Next(heading),
            Next(least == 0 ? 0 : rest - steps - strip),
            Next(steps),
            Next(strip)
        );

        Area Next(int rows)
        {
            var area = new Area(0, y, body.Width, rows);
            y += area.Height;
            return area;
        }
    }
}
