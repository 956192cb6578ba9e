using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>How much there is room for.</summary>
public enum ScreenForm
{
    /// <summary>Nothing but a word about it.</summary>
    TooSmall,

    /// <summary>One line a worker.</summary>
    Minimal,
    Narrow,

    /// <summary>From 100 columns on: with preview, events and trend.</summary>
    Wide,
}

/// <summary>
/// Where each part of a screen is; a part without room is empty. Depends on the size and the number of workers, so that nothing jumps;
/// only while a list is shorter than its pane, the other one has its rows.
/// </summary>
public sealed record ScreenLayout(ScreenForm Form)
{
    private const int WideFrom = 100;
    private const int StagesFrom = 28;

    /// <summary>Rows of a header that says where a change stands.</summary>
    public const int HeaderWithStages = 3;

    public Area Header { get; private init; }

    public Area Workers { get; private init; }

    public Area Triggers { get; private init; }

    public Area Recent { get; private init; }

    public Area Preview { get; private init; }

    public Area Events { get; private init; }

    /// <summary>The row under the cursor, whole.</summary>
    public Area Strip { get; private init; }

    /// <summary>All between header and status, for screens with one list.</summary>
    public Area Body { get; private init; }

    public Area Status { get; private init; }

    public Area Hints { get; private init; }

    /// <summary>The area of a pane, its headings included.</summary>
    public Area this[Pane pane] => pane switch
    {
        Pane.Whole or Pane.Items => Body,
        Pane.Workers => Workers,
        Pane.Triggers => Triggers,
        Pane.Recent => Recent,
        Pane.Events => Events,
    };

    /// <summary>The panes that the focus can be in, in their order.</summary>
    public IEnumerable<Pane> Panes => new[] { Pane.Workers, Pane.Triggers, Pane.Recent, Pane.Events }.Where(pane => Height(pane) > 0);

    /// <summary>Rows a pane has for its list.</summary>
    public int Height(Pane pane) => Math.Max(0, this[pane].Height - Headings(pane));

    /// <summary>Rows of rule, title and column titles above a list.</summary>
    public int Headings(Pane pane) => Form switch
    {
        ScreenForm.TooSmall or ScreenForm.Minimal => 0,
        // The header ends above the first pane, so no rule parts them.
        ScreenForm.Narrow => pane is Pane.Workers ? 1 : 2,
        ScreenForm.Wide => pane is Pane.Events ? 1 : 2,
    };

    public static ScreenLayout Of(ScreenState state)
    {
        var (shown, place) = (state.Shown, state.User.Place);
        return Of(
            state.Size,
            WorkersPane.Lines(shown.Factories, state.Size, shown.Now),
            place is { Screen: ScreenKind.Overview, Full: true } ? place.Focus : null,
            state.User.ShowsRow,
            (shown.Factories.Triggers.Count, shown.Factories.Ended.Count)
        );
    }

    /// <param name="size">The terminal's.</param>
    /// <param name="workerRows">How many lines the workers need.</param>
    /// <param name="alone">The pane that has the screen for itself, if one has.</param>
    /// <param name="strip">The row under the cursor is shown whole at the bottom.</param>
    /// <param name="lists">How many rows CHANGES and RECENT have; null where that does not matter.</param>
    public static ScreenLayout Of(
        Size size,
        int workerRows,
        Pane? alone = null,
        bool strip = false,
        (int Changes, int Ended)? lists = null
    )
    {
        var (width, height) = (size.Columns, size.Rows);
        if (width < 20 || height < 5)
            return new ScreenLayout(ScreenForm.TooSmall);
        var form = width < 60 || height < 12 ? ScreenForm.Minimal : width < WideFrom ? ScreenForm.Narrow : ScreenForm.Wide;
        var header = form is ScreenForm.Wide && height >= StagesFrom ? HeaderWithStages : 2;
        // A rule parts the body from the status line; the least screens have neither.
        var feet = form is ScreenForm.Minimal ? 1 : 3;
        var layout = new ScreenLayout(form)
        {
            Header = new Area(0, 0, width, header),
            Body = new Area(0, header, width, height - header - feet),
            Status = form is ScreenForm.Minimal ? default : new Area(0, height - 2, width, 1),
            Hints = new Area(0, height - 1, width, 1),
        };
        return form is ScreenForm.Minimal
            ? layout with
            {
                Workers = layout.Body,
            }
            : layout.Divided(workerRows, alone, lists).WithStrip(strip && alone is null);
    }

    /// <summary>The strip takes the place of EVENTS, or of the last rows of RECENT.</summary>
    private ScreenLayout WithStrip(bool strip)
    {
        if (!strip)
            return this;
        if (Events.Height >= RowStrip.Rows)
            return this with { Events = default, Strip = Events };
        if (Recent.Height < RowStrip.Rows + 3)
            return this;
        var rows = Recent.Rows(-1, RowStrip.Rows);
        return this with { Recent = rows[0], Strip = rows[1] };
    }

    private ScreenLayout Divided(int workerRows, Pane? alone, (int Changes, int Ended)? lists)
    {
        if (alone is { } pane && pane is not Pane.Whole)
        {
            return this with
            {
                Workers = pane is Pane.Workers ? Body : default,
                Triggers = pane is Pane.Triggers ? Body : default,
                Recent = pane is Pane.Recent ? Body : default,
                Events = pane is Pane.Events ? Body : default,
            };
        }

        var workers = Math.Min(Body.Height, Headings(Pane.Workers) + Math.Max(1, workerRows));
        var rest = Body.Height - workers;
        var (triggers, recent, preview, events) = Form is ScreenForm.Wide ? WideShares(rest) : NarrowShares(rest);
        if (lists is { } rows)
            (triggers, recent) = Needed(triggers, recent, rows);
        // What is too little for any other pane is the workers'.
        var parts = Body.Rows(-1, triggers, recent, preview, events);
        return this with { Workers = parts[0], Triggers = parts[1], Recent = parts[2], Preview = parts[3], Events = parts[4] };
    }

    /// <summary>Rows that one of the two lists does not fill are the other's, as far as that fills them.</summary>
    private (int Triggers, int Recent) Needed(int triggers, int recent, (int Changes, int Ended) rows)
    {
        var changes = Headings(Pane.Triggers) + Math.Max(1, rows.Changes);
        var ended = Headings(Pane.Recent) + Math.Max(1, rows.Ended);
        // Less than a row below its headings is no list.
        if (triggers == 0 || recent == 0 && triggers - changes <= Headings(Pane.Recent))
            return (triggers, recent);
        var moved = changes < triggers ? Math.Min(triggers - changes, Math.Max(0, ended - recent))
            : ended < recent ? -Math.Min(recent - ended, changes - triggers)
            : 0;
        return (triggers - moved, recent + moved);
    }

    /// <summary>
    /// With little room both have half of it, and CHANGES alone has what is too little for two; then CHANGES keeps its four rows while
    /// RECENT grows, and with plenty of room RECENT grows more.
    /// </summary>
    private static (int Triggers, int Recent, int Preview, int Events) NarrowShares(int rest)
    {
        const int least = 3;
        var triggers =
            rest < least ? 0
            : rest < 2 * least ? rest
            : rest < 6 + least + 1 ? (rest + 1) / 2
            : Math.Max(6, rest * 2 / 5);
        var recent = rest - triggers;
        return recent >= least ? (triggers, recent, 0, 0) : (rest < least ? 0 : rest, 0, 0, 0);
    }

    private static (int Triggers, int Recent, int Preview, int Events) WideShares(int rest)
    {
        if (rest < 9)
            return NarrowShares(rest);
        if (rest < 18)
            return (rest * 2 / 5, rest - rest * 2 / 5, 0, 0);
        var triggers = rest / 5 + 1;
        var events = rest < 24 ? 0 : rest * 7 / 30;
        var preview = rest * 8 / 30;
        return (triggers, rest - triggers - events - preview, preview, events);
    }
}
