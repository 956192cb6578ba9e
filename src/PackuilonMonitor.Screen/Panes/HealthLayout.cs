using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The parts of HEALTH within the body of the screen. Depends on the size alone, so that nothing jumps.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Checks">The list of checks.</param>
/// <param name="About">The heading of the check under the cursor.</param>
/// <param name="Items">Its items.</param>
/// <param name="Below">The lines it rests on, and what to do.</param>
/// <param name="Turns">What became of checks; empty where there is no room.</param>
/// <param name="Stages">Where a change stands; empty where the header has that.</param>
public sealed record HealthLayout(Area Title, Area Checks, Area About, Area Items, Area Below, Area Turns, Area Stages)
{
    private const int StageRows = 5;
    private const int TurnRows = 7;
    private const int WithTurnsFrom = 30;

    public static HealthLayout Of(Size size) => Of(ScreenLayout.Of(size, 0));

    public static HealthLayout Of(ScreenLayout screen)
    {
        var (body, wide) = (screen.Body, screen.Form is ScreenForm.Wide);
        var height = Math.Max(0, body.Height);
        var stages = screen.Header.Height < ScreenLayout.HeaderWithStages && height >= 18 ? StageRows : 0;
        var rest = height - stages;
        var title = Math.Min(1, rest);
        var checks = Math.Max(0, Math.Min(rest - title, Math.Max(2, (wide ? rest * 2 / 5 : rest * 3 / 7) - title)));
        var about = Math.Min(2, rest - title - checks);
        var below = Math.Min(wide ? 9 : 5, Math.Max(0, rest - title - checks - about - 1));
        var turns = wide && rest >= WithTurnsFrom ? TurnRows : 0;
        var items = rest - title - checks - about - below - turns;
        var y = 0;
        return new HealthLayout(Next(title), Next(checks), Next(about), Next(items), Next(below), Next(turns), Next(stages));

        Area Next(int rows)
        {
            var area = new Area(0, y, body.Width, Math.Max(0, rows));
            y += area.Height;
            return area;
        }
    }

    /// <summary>Where the row under the cursor can be shown whole: in place of what stands last; empty where that is too small.</summary>
    public Area Strip => Last.Height >= RowStrip.Rows ? Last : default;

    private Area Last => Stages.Height > 0 ? Stages : Turns;

    /// <summary>How many rows a list has.</summary>
    public int Rows(Pane pane) => pane is Pane.Items ? Items.Height : Checks.Height;
}
