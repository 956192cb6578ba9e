using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

// What can be taken out of the view, as values; the dashboard copies, saves or shows them.
public sealed partial record LogView
{
    /// <summary>The marked lines, in their order, or the current one: plain text as it is shown. Null where there is no line.</summary>
    public string? TextToCopy(Cells.Size size) => !Marks.IsEmpty
        ? string.Join('\n', Marks.Values.Select(line => LineText.Plain(line.Text, HidesPrefix)))
        : CurrentLine(size) is { } line ? LineText.Plain(line.Text, HidesPrefix) : null;

}
