using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>A row above the log.</summary>
public enum HeaderRow
{
    /// <summary>Which build, its worker, its state and times.</summary>
    Title,

    /// <summary>What is wrong with the file.</summary>
    Trouble,

    /// <summary>How a build ended that wrote the same file at the same time.</summary>
    Writer,

    /// <summary>How much of a log from elsewhere is here.</summary>
    Remote,

    /// <summary>The builders of a log that has several, with their ends.</summary>
    Builders,
    Progress,

    /// <summary>From the changed profile to the image.</summary>
    Chain,

    /// <summary>The current step and component.</summary>
    Now,

    /// <summary>What a lost build is taken for lost by, and what became of its packer.</summary>
    Lost,

    /// <summary>The line that says why the build did not succeed.</summary>
    Cause,

    /// <summary>What Packer made of the cause.</summary>
    Then,

    /// <summary>What the build left in OpenStack.</summary>
    Left,

    /// <summary>Where the log lies.</summary>
    Path,

    /// <summary>The last good build that the log is compared with.</summary>
    Compared,

    /// <summary>How many builds failed with the same cause.</summary>
    Same,
}

/// <summary>The rows above the log: what build it is, how it does, and for one that ended why.</summary>
public static class LogHeader
{
    /// <summary>What is left out first where not all fits.</summary>
    private static readonly HeaderRow[] LeastFirst =
    [
        HeaderRow.Path, HeaderRow.Same, HeaderRow.Compared, HeaderRow.Chain, HeaderRow.Then, HeaderRow.Builders, HeaderRow.Progress,
        HeaderRow.Left,
        HeaderRow.Now, HeaderRow.Remote, HeaderRow.Writer, HeaderRow.Trouble, HeaderRow.Lost, HeaderRow.Cause, HeaderRow.Title,
    ];

    /// <summary>The rows that are shown on a screen of this size.</summary>
    public static IReadOnlyList<(HeaderRow Row, int Index)> RowsOf(LogView view, Size size)
    {
        var rows = All(view, size);
        for (var most = LogLayout.MostHeaderRows(view, size); rows.Count > most;)
            rows.RemoveAt(LeastFirst.Select(least => rows.FindLastIndex(row => row.Row == least)).First(index => index >= 0));
        return rows;
    }

    private static List<(HeaderRow Row, int Index)> All(LogView view, Size size)
    {
        var rows = new List<(HeaderRow, int)> { (HeaderRow.Title, 0) };
        if (RemoteLog.IsArriving(view))
            rows.Add((HeaderRow.Remote, 0));
        rows.AddRange(Enumerable.Range(0, LogTrouble.Of(view, default).Count).Select(index => (HeaderRow.Trouble, index)));
        if (SharedLog.IsOf(view))
        {
            rows.AddRange(Enumerable.Range(0, SharedLog.Writers(view).Count).Select(index => (HeaderRow.Writer, index)));
            return rows;
        }

        if (BuildersRow.IsOf(view))
            rows.Add((HeaderRow.Builders, 0));
        if (!view.IsOver)
        {
            var wide = LogLayout.IsWide(size);
            if (!wide && view.Build.Log is not null)
                rows.Add((HeaderRow.Progress, 0));
            rows.Add((HeaderRow.Chain, 0));
            if (view.Build.Log is not null && !(wide && LogLayout.HasSteps(view, size)))
                rows.Add((HeaderRow.Now, 0));
            return rows;
        }

        rows.AddRange(EndRows.Of(view));
        return rows;
    }

    public static void Render(
        LogView view,
        MonitorState state,
        DateTimeOffset now,
        CellBuffer into,
        Size size,
        Palette palette,
        Glyphs glyphs
    )
    {
        var sheet = new HeaderSheet(state, now, into.Size.Columns - 1, palette, glyphs);
        foreach (var (at, (row, index)) in RowsOf(view, size).Index())
            into.Write(at, 1, sheet.Fitted(LineOf(row, index, view, sheet)));
    }

    private static CellLine LineOf(HeaderRow row, int index, LogView view, HeaderSheet sheet) =>
        row switch
        {
            HeaderRow.Title => Title(view, sheet),
            HeaderRow.Trouble => sheet.Text(LogTrouble.Of(view, sheet.Now.Offset)[index], sheet.Palette.Warning),
            HeaderRow.Writer => SharedLog.Writer(SharedLog.Writers(view)[index], sheet),
            HeaderRow.Remote => RemoteLog.Line(view.Latest!, sheet),
            HeaderRow.Builders => BuildersRow.Line(view, sheet),
            HeaderRow.Progress => Progress(view, sheet),
            HeaderRow.Chain when !view.IsOver => BuildChain.Line(view.Build, sheet),
            HeaderRow.Now => Now(view, sheet),
            _ => EndRows.Line(row, index, view, sheet),
        };

    private static CellLine Title(LogView view, HeaderSheet sheet)
    {
        var build = view.Build;
        var line = sheet.Line()
            .Add(FactoryName.Own(build.Factory, BuildWords.Name(build)), sheet.Palette.Heading)
            .Add("   ");
        if (SharedLog.IsOf(view))
            return WithClock(line.Add(SharedLog.Title(view), sheet.Palette.Warning), sheet);
        line
            .Add(build.Worker is { } worker ? string.Create(CultureInfo.InvariantCulture, $"T{worker.Number}") : "T?", sheet.Palette.Plain)
            .Add("   ")
            .Add(BuildWords.State(build.State, sheet.Glyphs), BuildWords.Style(build.State, sheet.Palette));
        if ((build.EndedAt ?? (view.IsOver ? null : sheet.Now)) - build.StartedAt is { } took)
            line.Add(" " + Durations.Short(took), sheet.Palette.Heading);
        if (BuildersRow.IsOf(view) && BuildersRow.Chosen(view) is >= 0 and var builder)
            line.Add(string.Create(CultureInfo.InvariantCulture, $"   builder {builder + 1} of {build.Log!.Builders.Length}"));
        foreach (var (text, style) in view.IsOver ? Ending(view, sheet) : Estimate(view, sheet))
        {
            // A part that does not fit is left out whole, and what would stand behind it too.
            if (line.Width + text.Length > sheet.Width)
                break;
            line.Add(text, style);
        }

        return WithClock(line, sheet);
    }

    private static CellLine WithClock(CellLine.Builder line, HeaderSheet sheet)
    {
        var clock = sheet.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return line.Width + clock.Length + 3 > sheet.Width || !sheet.IsWide
            ? line.ToLine()
            : line.PadTo(sheet.Width - clock.Length - 1).Add(clock).ToLine();
    }

    private static IEnumerable<(string Text, Style Style)> Ending(LogView view, HeaderSheet sheet)
    {
        var build = view.Build;
        if (BuildWords.StoppedAt(build) is { } stopped)
            yield return (
                string.Create(CultureInfo.InvariantCulture, $" at step {build.Log!.Trail.Steps.IndexOf(stopped) + 1}"),
                sheet.Palette.Plain
            );
        if (build.EndedAt is not { } ended)
            yield break;
        yield return ($"   ended {BuildWords.Moment(ended, sheet.Now, "HH:mm")}", sheet.Palette.Plain);
        yield return ($" ({Durations.Ago(sheet.Now - ended)})", sheet.Palette.Plain);
    }

    private static IEnumerable<(string Text, Style Style)> Estimate(LogView view, HeaderSheet sheet)
    {
        if (view.Build.Log is not { } log || view.Build.LogShared)
            yield break;
        if (view.Plan.IsStuck(log, sheet.Now))
            yield return ("   STUCK", sheet.Palette.Warning);
        if (Outlook.Of(view.Build, view.Past, sheet.Now) is not { Left: { } left } outlook)
            yield break;
        yield return (outlook.Late ? "   overdue" : $"   left ~{Durations.Short(left)}", sheet.Palette.Plain);
        if (!outlook.Late && outlook.Range is { } around)
            yield return ($" ({(sheet.Glyphs.IsAscii ? "+-" : "±")}{Durations.Short(around)})", sheet.Palette.Plain);
        if (sheet.IsWide)
            yield return (
                string.Create(CultureInfo.InvariantCulture, $", {Math.Max(view.Plan.GoodBuilds, view.Past.Whole?.Count ?? 0)} good builds"),
                sheet.Palette.Dim
            );
    }

    private static CellLine Progress(LogView view, HeaderSheet sheet)
    {
        var log = view.Build.Log!;
        var progress = view.Plan.ProgressOf(log);
        var step = string.Create(
            CultureInfo.InvariantCulture,
            $"step {progress.Position}{(progress.Total is { } total ? $"/{total}" : "")}"
        );
        if (BuildWords.Part(view, log, sheet.Now) is not { } part)
            return sheet.Text(step, sheet.Palette.Plain);
        var bar = Math.Max(0, sheet.Width - step.Length - 11);
        return sheet.Line()
            .Add("[")
            .Add(sheet.Glyphs.Progress(part, bar), sheet.Palette.Running)
            .Add(string.Create(CultureInfo.InvariantCulture, $"] {(int)(part * 100),3}%  {step}"))
            .ToLine();
    }

    private static CellLine Now(LogView view, HeaderSheet sheet)
    {
        var line = sheet.Line().Add("now: ", sheet.Palette.Dim);
        var (what, since, usual) = BuildWords.Doing(view);
        line.Add(what, sheet.Palette.Running);
        if (since is { } began)
            line.Add("   " + Durations.Short(sheet.Now - began));
        if (usual is not null)
            line.Add($"   (usual {Durations.Short(usual.Median)}, worst {Durations.Short(usual.Worst)})", sheet.Palette.Dim);
        return line.ToLine();
    }
}
