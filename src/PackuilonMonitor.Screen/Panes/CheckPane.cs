using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The check under the cursor: its items, and what the chosen one rests on.</summary>
internal static class CheckPane
{
    private const int MostLines = 3;
    private const int LeastName = 10;

    private static readonly Column<CheckItemRow> Item = new("item", LeastName, (row, _, paint) =>
        new(Words.WithoutJson(row.Item.Id), row.Item.Muted ? paint.Palette.Dim : paint.Palette.Plain)
    )
    {
        KeepsEnd = true,
    };

    private static readonly Column<CheckItemRow>[] Items =
    [
        Item,
        new("since", 8, (row, _, paint) => new(row.Item.Since is { } since ? paint.Clock(since) : "", paint.Palette.Dim)) { Drop = 1 },
        new("what", 20, (row, _, paint) =>
            new(row.Item.Muted ? $"(muted) {row.Item.Text}" : row.Item.Text, row.Item.Muted ? paint.Palette.Dim : paint.Palette.Plain)
        )
        {
            Grows = 1,
        },
    ];

    public static string TextOf(CheckItemRow row, Snapshot snapshot, Paint paint) => RowText.Of(Items, row, snapshot, paint);

    public static void Render(
        Snapshot snapshot,
        UserState view,
        RaisedCheck raised,
        CellBuffer into,
        HealthLayout layout,
        Paint paint,
        ScreenForm form
    )
    {
        var check = raised.Check;
        var changed = check.ChangedAt is { } at && at != check.Since ? $", newest {paint.Clock(at)}" : "";
        var when = check.Since is { } since ? $"raised {paint.Clock(since)}{changed}" : "raised";
        var focused = view.Place.Focus is Pane.Items;
        var heading = into.Part(layout.About);
        if (form is ScreenForm.Wide)
        {
            HealthList.Heading(heading, 0, raised.Key, focused, when, paint, form);
        }
        else if (heading.Size.Rows > 1)
        {
            RowList.Rule(heading, 0, null, focused, paint, form);
            heading.Write(1, 1, raised.Key, RowList.TitleStyle(focused, paint)).Write(1, raised.Key.Length + 4, when, paint.Palette.Plain);
        }

        var items = Lists.Of(snapshot, view.Place, Pane.Items, paint.Now);
        // As wide as its longest name, so that the text beside it has the rest.
        var longest = check.Items.Max(item => Words.WithoutJson(item.Id).Length);
        var name = Math.Clamp(longest, LeastName, Math.Max(LeastName, into.Size.Columns / 2));
        HealthList.Rows(
            snapshot,
            view,
            Pane.Items,
            items,
            Items.Select(column => column == Item ? Item with { Width = name } : column),
            into.Part(layout.Items),
            paint,
            form
        );
        if (items.Count > layout.Items.Height)
            into.Part(layout.About)
                .Write(
                    layout.About.Height - 1,
                    into.Size.Columns - 24,
                    string.Create(CultureInfo.InvariantCulture, $" {items.Count} items "),
                    paint.Palette.Warning
                );
        // The basis follows few items directly; of many it keeps its own room.
        var start = layout.Items.Y + Math.Min(items.Count, layout.Items.Height) + (form is ScreenForm.Wide ? 1 : 0);
        var end = layout.Below.Bottom;
        Basis(snapshot, view, check, into.Part(new Area(0, start, into.Size.Columns, Math.Max(0, end - start))), paint, form);
    }

    /// <summary>The lines that the item under the cursor rests on, one command to type, and what clears the check.</summary>
    private static void Basis(Snapshot snapshot, UserState view, Check check, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (HealthRows.ChosenItem(snapshot, view.Place, paint.Now) is not { Item: var item })
            return;
        var wide = form is ScreenForm.Wide;
        var (label, text) = (3, wide ? 14 : 13);
        var room = Math.Max(1, into.Size.Columns - text - 1);
        // A command is never cut: it continues on the next line.
        var command = WordWrap.Lines(SafeText.Plain(item.Do ?? check.Do), room).ToList();
        var lines = item.Lines.Take(Math.Max(0, Math.Min(MostLines, into.Size.Rows - 1 - command.Count))).ToArray();
        var row = 0;
        foreach (var (place, line) in lines.Index())
        {
            if (place == 0)
                into.Write(row, label, "rests on", paint.Palette.Dim);
            into.Write(row++, text, SafeText.Plain($"{paint.Clock(line.At)} {line.Text}"), paint.Palette.Plain, room);
        }

        foreach (var (place, part) in command.Index())
        {
            if (place == 0)
                into.Write(row, label, "do:", paint.Palette.Dim);
            into.Write(row++, text, part, paint.Palette.Heading);
        }

        into.Write(row, label, "clears", paint.Palette.Dim).Write(row, text, HealthWords.Clears(check.Code), paint.Palette.Plain, room);
    }
}
