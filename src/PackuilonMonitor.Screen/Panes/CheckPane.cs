using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The check under the cursor: its items, and what the chosen one rests on.</summary>
internal static class CheckPane
{
    private const int MostLines = 3;
    public static string TextOf(CheckItemRow row, Snapshot snapshot, Paint paint) =>
        RowText.Of(CheckItemColumns.Narrow, row, snapshot, paint);

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
        var items = Lists.Of(snapshot, view.Place, Pane.Items, paint.Now);
        var count = items.Count > layout.Items.Height ? string.Create(CultureInfo.InvariantCulture, $"{items.Count} items") : "";
        if (form is ScreenForm.Wide)
        {
            HealthList.Heading(heading, 0, raised.Key, focused, count.Length > 0 ? $"{count}   {when}" : when, paint, form);
        }
        else if (heading.Size.Rows > 1)
        {
            RowList.Rule(heading, 0, null, focused, paint, form);
            heading.Write(1, 1, raised.Key, RowList.TitleStyle(focused, paint))
                .Write(1, raised.Key.Length + 4, when, paint.Palette.Plain)
                .Write(1, into.Size.Columns - 24, count, paint.Palette.Warning);
        }

        HealthList.Rows(
            snapshot,
            view,
            Pane.Items,
            items,
            CheckItemColumns.Of(check, into.Size.Columns, form),
            into.Part(layout.Items),
            paint,
            form,
            form is ScreenForm.Wide && heading.Size.Rows > 1 ? heading.Part(new Area(0, 1, heading.Size.Columns, 1)) : null
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
