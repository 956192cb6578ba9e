using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>What several factories on one screen need: a column that says whose a row is, and the heading of a factory's workers.</summary>
public static class Factories
{
    private const int LeastColumns = 7;
    private const int MostColumns = 12;
    private const int Gap = 3;

    /// <summary>Cells for the names; 0 where one factory is shown.</summary>
    public static int Columns(Snapshot snapshot) =>
        snapshot.Factories.Length < 2
            ? 0
            : Math.Clamp(snapshot.Factories.Max(factory => factory.Name?.Length ?? 0), LeastColumns, MostColumns);

    /// <summary>The columns of a list, with the factory after the first column if the header does not name it.</summary>
    public static IEnumerable<Column<TRow>> WithFactory<TRow>(this IEnumerable<Column<TRow>> columns, Snapshot snapshot)
        where TRow : Row =>
        Columns(snapshot) is not (> 0 and var width)
            ? columns
            : columns.SelectMany(
                (column, place) =>
                    place > 0
                        ? [column]
                        : new[] { column, new("factory", width, (row, _, paint) => new(row.Factory ?? "", paint.Palette.Heading)) }
            );

    /// <summary>Its name, what is wrong with it and how much it does.</summary>
    public static void Heading(CellBuffer into, int line, int left, string name, Snapshot snapshot, Paint paint, ScreenForm form)
    {
        into.Write(line, left, name, paint.Palette.Heading, into.Size.Columns - left - 1);
        var x = left + name.Length + Gap;
        foreach (var (text, style) in HeaderPane.Parts(snapshot.Alone(name), paint, form is ScreenForm.Wide))
        {
            if (x + text.Length >= into.Size.Columns)
                return;
            into.Write(line, x, text, style);
            x += text.Length + Gap;
        }
    }
}
