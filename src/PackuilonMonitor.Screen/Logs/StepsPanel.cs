using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The steps of a build with their times, those to come, and what it made in OpenStack.</summary>
public static class StepsPanel
{
    private const int TimeWidth = 6;
    private const int FewestSteps = 12;

    /// <summary>How many rows of steps a panel of such a height shows.</summary>
    public static int Room(LogView view, int height)
    {
        var facts = Facts(view, Glyphs.Ascii).Count();
        return Math.Max(0, height - 2 - (height < facts + FewestSteps ? 0 : facts));
    }

    /// <param name="covering">It has the place of the log, and is moved through instead of folded.</param>
    public static void Render(LogView view, DateTimeOffset now, bool covering, CellBuffer into, Palette palette, Glyphs glyphs)
    {
        var (columns, rows) = (into.Size.Columns, into.Size.Rows);
        if (columns < 2 || rows < 1)
            return;
        var facts = Facts(view, glyphs).ToList();
        // The facts give way to the steps.
        if (rows < facts.Count + FewestSteps)
            facts = [];
        var room = rows - 2 - facts.Count;
        var (shown, above, below) = covering ? StepRows.Window(view, now, room) : (StepRows.Of(view, now, room), 0, 0);
        Line(into, 0, Title(above, below), "now", "usual", palette.Heading, palette.Dim, glyphs);
        var at = 1;
        foreach (var row in shown)
            Line(
                into,
                at++,
                Sign(row.Progress, glyphs) + " " + new string(' ', row.Depth * 2) + row.Name,
                Time(row.Took),
                Time(row.Usual),
                StyleOf(row.Progress, palette),
                palette.Dim,
                glyphs
            );

        var total = (view.Build.EndedAt ?? (view.IsOver ? null : now)) - view.Build.StartedAt;
        if (at < rows)
            Line(
                into,
                Math.Min(at + 1, rows - facts.Count - 1),
                "  total",
                Time(total),
                Time(view.Past.Usual),
                palette.Heading,
                palette.Dim,
                glyphs
            );
        foreach (var (index, (name, text)) in facts.Index())
        {
            var row = rows - facts.Count + index;
            into.Write(row, 1, name, palette.Dim).Write(row, 9, SafeText.Plain(text), palette.Plain, columns - 10);
        }
    }

    private static string Title(int above, int below) => (above, below) switch
    {
        (0, 0) => "STEPS",
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"STEPS  {above} more above"),
        (0, _) => string.Create(CultureInfo.InvariantCulture, $"STEPS  {below} more below"),
        _ => string.Create(CultureInfo.InvariantCulture, $"STEPS  {above} more above, {below} below"),
    };

    private static void Line(CellBuffer into, int row, string name, string now, string usual, Style style, Style dim, Glyphs glyphs)
    {
        var width = into.Size.Columns - 2 * TimeWidth - 2;
        if (width < 4)
        {
            into.Write(row, 0, " " + name, style);
            return;
        }

        into.Write(row, 1, TextWidth.Truncate(name, width - 1, glyphs.IsAscii), style)
            .Write(row, width, TextWidth.PadLeft(now, TimeWidth), style)
            .Write(row, width + TimeWidth, TextWidth.PadLeft(usual, TimeWidth), dim);
    }

    private static IEnumerable<(string Name, string Text)> Facts(LogView view, Glyphs glyphs)
    {
        var made = view.Build.LogShared ? null : view.Log?.Belongings;
        if (made?.ServerId is { } server)
            yield return ("SERVER", server);
        if (made?.HostName is { } host)
            yield return ("HOST", host);
        if (made?.Keypair is { } keypair)
            yield return ("KEYPAIR", keypair);
        foreach (var clue in view.Clues())
            yield return ("~" + Durations.Short(clue.At - view.Start()!.Value), $"{clue.What}, by {clue.Whose}");
        yield return ("LOG", view.Build.Name.File);
        if (view.Past.Ended.TakeLast(10).ToList() is { Count: > 0 } last)
            yield return ("LAST", PackuilonMonitor.Screen.Text.Trend.Of(last, glyphs));
        if (view.Past.Whole is { Count: >= Past.FewestBuilds } whole)
            yield return ("TOOK", $"usual {Durations.Short(whole.Median)}, worst {Durations.Short(whole.Worst)}");
    }

    private static string Time(TimeSpan? time) => time is { } known ? Durations.Short(known) : "";

    private static string Sign(StepProgress progress, Glyphs glyphs) => progress switch
    {
        StepProgress.Done => glyphs.Succeeded,
        StepProgress.Current => glyphs.Running,
        StepProgress.ToCome => glyphs.ToDo,
        StepProgress.Stopped => glyphs.Failed,
    };

    private static Style StyleOf(StepProgress progress, Palette palette) => progress switch
    {
        StepProgress.Done => palette.Plain,
        StepProgress.Current => palette.Running,
        StepProgress.ToCome => palette.Dim,
        StepProgress.Stopped => palette.Bad,
    };
}
