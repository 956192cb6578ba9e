using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>HEALTH: the raised checks, the one under the cursor with its items, and what surrounds them.</summary>
public static class HealthPane
{
    /// <summary>Columns from which on there is room to say how many checks are below.</summary>
    private const int ForBelow = 60;

    private static readonly Column<CheckRow> Sign = new("", 1, SignOf) { IsPicture = true };

    private static readonly Column<CheckRow>[] Checks =
    [
        Sign,
        new("check", 18, (row, _, paint) =>
            new(row.Raised.Check.Code.Name(), Dimmed(row, paint) ?? HealthWords.Style(row.Raised.Check.Severity, paint.Palette))
        ),
        new("since", 8, (row, _, paint) =>
            new(row.Raised.Check.Since is { } since ? paint.Clock(since) : "", Dimmed(row, paint) ?? paint.Palette.Plain)
        )
        {
            Drop = 1,
        },
    ];

    /// <summary>All of it where nothing else needs the columns, as in a filter.</summary>
    private static readonly Column<CheckRow> Whole = WhatIn(int.MaxValue);

    public static void Render(
        Snapshot snapshot,
        UserState view,
        CellBuffer into,
        HealthLayout layout,
        IReadOnlyList<HealthEvent> turns,
        Paint paint,
        ScreenForm form
    )
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        Heading(snapshot, view, rows, layout.Checks.Height, into.Part(layout.Title), paint, form);
        var room = RoomForWhat(into.Size.Columns, form) - (paint.Glyphs.IsAscii ? HealthWords.AsciiSign : 0);
        Column<CheckRow>[] table = [.. Checks, WhatIn(room)];
        HealthList.Rows(snapshot, view, Pane.Whole, rows, table, into.Part(layout.Checks), paint, form);
        if (rows.Count == 0)
            into.Part(layout.Checks)
                .Write(
                    0,
                    RowList.Gutter(form),
                    view.Place[Pane.Whole].Filter.Length > 0 ? "none match" : Calm(snapshot, paint),
                    paint.Palette.Dim
                );
        if (HealthRows.Chosen(snapshot, view.Place, paint.Now) is { } raised)
            CheckPane.Render(snapshot, view, raised, into, layout, paint, form);
        var strip = view.ShowsRow ? layout.Strip : default;
        if (layout.Turns.Height > 0 && layout.Turns != strip)
            HealthTurnsPane.Render(turns, into.Part(layout.Turns), paint, form);
        if (layout.Stages.Height > 0 && layout.Stages != strip)
            StagesPane.Render(snapshot, into.Part(layout.Stages), paint, form);
        RowStrip.Render(Lists.Selected(snapshot, view.Place, paint.Now), snapshot, into.Part(strip), paint, form);
    }

    public static string TextOf(CheckRow row, Snapshot snapshot, Paint paint) => RowText.Of([.. Checks, Whole], row, snapshot, paint);

    private static void Heading(
        Snapshot snapshot, UserState view, IReadOnlyList<Row> rows, int height, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (into.Size.Rows == 0)
            return;
        var checks = snapshot.ChecksAt(paint.Now);
        var muted = checks.Count(raised => raised.Check.IsMuted);
        var clear = CheckCodes.All.Count - checks.Select(raised => raised.Check.Code).Distinct().Count();
        var (cursor, isFocused) = (view.Place[Pane.Whole], view.Place.Focus is Pane.Whole);
        var title = RowList.Title("HEALTH", cursor, rows.Count);
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{checks.Count - muted} raised{(muted > 0 ? $"   {muted} muted" : "")}   {clear} clear"
        );
        var below = RowList.Below(rows, cursor, isFocused, height) is > 0 and var count
            ? string.Create(CultureInfo.InvariantCulture, $"{count} below {paint.Glyphs.Below}   ")
            : "";
        var fits = into.Size.Columns >= ForBelow;
        HealthList.Heading(into, 0, title, isFocused, fits ? below + counts : counts, paint, form);
    }

    /// <summary>The text of an empty list, with what would be raised first.</summary>
    private static string Calm(Snapshot snapshot, Paint paint) =>
        snapshot.Factories.Max(factory => factory.HealthAt(paint.Now).SilenceLimit) is { Ticks: > 0 } limit
            ? $"nothing is raised; a log that is silent for {Words.Span(limit)} would be"
            : "nothing is raised";

    private static Piece SignOf(CheckRow row, Snapshot snapshot, Paint paint) =>
        row.Raised.Check.IsMuted ? new("") : new(paint.Glyphs.Problem, HealthWords.Style(row.Raised.Check.Severity, paint.Palette));

    private static Column<CheckRow> WhatIn(int columns) =>
        new("what", 20, (row, _, paint) => new(What(row, columns, paint), Dimmed(row, paint) ?? paint.Palette.Plain)) { Grows = 1 };

    /// <summary>What the other columns leave of a line; on a small screen, where some of them are left out, the line cuts it.</summary>
    private static int RoomForWhat(int columns, ScreenForm form) =>
        form is ScreenForm.Minimal ? int.MaxValue : columns - RowList.Gutter(form) - 1 - Checks.Sum(column => column.Width + 1);

    /// <summary>A mute is never cut off for the names of what is muted.</summary>
    private static string What(CheckRow row, int columns, Paint paint)
    {
        var muted = row.Raised.Check.IsMuted ? $"   {HealthWords.Muted(row.Raised, paint)}" : "";
        return row.Raised.Check.Words.In(columns - muted.Length) + muted;
    }

    private static Style? Dimmed(CheckRow row, Paint paint) => row.Raised.Check.IsMuted ? paint.Palette.Dim : null;
}
