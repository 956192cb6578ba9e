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
        HeaderRow.Path, HeaderRow.Same, HeaderRow.Compared, HeaderRow.Chain, HeaderRow.Then, HeaderRow.Progress, HeaderRow.Left,
        HeaderRow.Now, HeaderRow.Writer, HeaderRow.Trouble, HeaderRow.Lost, HeaderRow.Cause, HeaderRow.Title,
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
        rows.AddRange(Enumerable.Range(0, LogTrouble.Of(view, default).Count).Select(index => (HeaderRow.Trouble, index)));
        if (SharedLog.IsOf(view))
        {
            rows.AddRange(Enumerable.Range(0, SharedLog.Writers(view).Count).Select(index => (HeaderRow.Writer, index)));
            return rows;
        }

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
        foreach (var (at, (row, index)) in RowsOf(view, size).Index())
            into.Write(
                at,
                1,
                Fitted(LineOf(row, index, view, state, now, into.Size.Columns - 1, palette, glyphs), into.Size.Columns - 1, palette, glyphs)
            );
    }

    /// <summary>What is longer than the screen ends with the sign of it.</summary>
    private static CellLine Fitted(CellLine line, int width, Palette palette, Glyphs glyphs) => line.Width <= width || width < 1
        ? line
        : new CellLine.Builder(glyphs.IsAscii).Add(line.Slice(0, width - 1)).Add(glyphs.Ellipsis, palette.Dim).ToLine();

    private static CellLine LineOf(
        HeaderRow row,
        int index,
        LogView view,
        MonitorState state,
        DateTimeOffset now,
        int width,
        Palette palette,
        Glyphs glyphs
    ) =>
        row switch
        {
            HeaderRow.Title => Title(view, now, width, palette, glyphs),
            HeaderRow.Trouble => Text(LogTrouble.Of(view, now.Offset)[index], palette.Warning, glyphs),
            HeaderRow.Writer => SharedLog.Writer(SharedLog.Writers(view)[index], now, palette, glyphs),
            HeaderRow.Progress => Progress(view, now, width, palette, glyphs),
            HeaderRow.Chain when !view.IsOver => BuildChain.Line(view.Build, state, now, width, palette, glyphs),
            HeaderRow.Now => Now(view, now, palette, glyphs),
            _ => EndRows.Line(row, index, view, state, now, width, palette, glyphs),
        };

    private static CellLine Title(LogView view, DateTimeOffset now, int width, Palette palette, Glyphs glyphs)
    {
        var build = view.Build;
        var line = new CellLine.Builder(glyphs.IsAscii)
            .Add(FactoryName.Own(build.Factory, BuildWords.Name(build)), palette.Heading)
            .Add("   ");
        if (SharedLog.IsOf(view))
            return WithClock(line.Add(SharedLog.Title(view), palette.Warning), now, width);
        line
            .Add(build.Worker is { } worker ? string.Create(CultureInfo.InvariantCulture, $"T{worker.Number}") : "T?", palette.Plain)
            .Add("   ")
            .Add(BuildWords.State(build.State, glyphs), BuildWords.Style(build.State, palette));
        if ((build.EndedAt ?? (view.IsOver ? null : now)) - build.StartedAt is { } took)
            line.Add(" " + Durations.Short(took), palette.Heading);
        foreach (var (text, style) in view.IsOver ? Ending(view, now, palette) : Estimate(view, now, width, palette, glyphs))
        {
            // A part that does not fit is left out whole, and what would stand behind it too.
            if (line.Width + text.Length > width)
                break;
            line.Add(text, style);
        }

        return WithClock(line, now, width);
    }

    private static CellLine WithClock(CellLine.Builder line, DateTimeOffset now, int width)
    {
        var clock = now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return line.Width + clock.Length + 3 > width || width < 100
            ? line.ToLine()
            : line.PadTo(width - clock.Length - 1).Add(clock).ToLine();
    }

    private static IEnumerable<(string Text, Style Style)> Ending(LogView view, DateTimeOffset now, Palette palette)
    {
        var build = view.Build;
        if (BuildWords.StoppedAt(build) is { } stopped)
            yield return (
                string.Create(CultureInfo.InvariantCulture, $" at step {build.Log!.Trail.Steps.IndexOf(stopped) + 1}"),
                palette.Plain
            );
        if (build.EndedAt is not { } ended)
            yield break;
        yield return ($"   ended {BuildWords.Moment(ended, now, "HH:mm")}", palette.Plain);
        yield return ($" ({Durations.Ago(now - ended)})", palette.Plain);
    }

    private static IEnumerable<(string Text, Style Style)> Estimate(
        LogView view,
        DateTimeOffset now,
        int width,
        Palette palette,
        Glyphs glyphs
    )
    {
        if (view.Build.Log is not { } log || view.Build.LogShared)
            yield break;
        if (view.Plan.IsStuck(log, now))
            yield return ("   STUCK", palette.Warning);
        if (Outlook.Of(view.Build, view.Past, now) is not { Left: { } left } outlook)
            yield break;
        yield return (outlook.Late ? "   overdue" : $"   left ~{Durations.Short(left)}", palette.Plain);
        if (!outlook.Late && outlook.Range is { } around)
            yield return ($" ({(glyphs.IsAscii ? "+-" : "±")}{Durations.Short(around)})", palette.Plain);
        if (width >= 100)
            yield return (
                string.Create(CultureInfo.InvariantCulture, $", {Math.Max(view.Plan.GoodBuilds, view.Past.Whole?.Count ?? 0)} good builds"),
                palette.Dim
            );
    }

    private static CellLine Progress(LogView view, DateTimeOffset now, int width, Palette palette, Glyphs glyphs)
    {
        var log = view.Build.Log!;
        var progress = view.Plan.ProgressOf(log);
        var step = string.Create(
            CultureInfo.InvariantCulture,
            $"step {progress.Position}{(progress.Total is { } total ? $"/{total}" : "")}"
        );
        if (BuildWords.Part(view, log, now) is not { } part)
            return Text(step, palette.Plain, glyphs);
        var bar = Math.Max(0, width - step.Length - 11);
        return new CellLine.Builder(glyphs.IsAscii)
            .Add("[")
            .Add(glyphs.Progress(part, bar), palette.Running)
            .Add(string.Create(CultureInfo.InvariantCulture, $"] {(int)(part * 100),3}%  {step}"))
            .ToLine();
    }

    private static CellLine Now(LogView view, DateTimeOffset now, Palette palette, Glyphs glyphs)
    {
        var line = new CellLine.Builder(glyphs.IsAscii).Add("now: ", palette.Dim);
        var (what, since, usual) = BuildWords.Doing(view);
        line.Add(what, palette.Running);
        if (since is { } began)
            line.Add("   " + Durations.Short(now - began));
        if (usual is not null)
            line.Add($"   (usual {Durations.Short(usual.Median)}, worst {Durations.Short(usual.Worst)})", palette.Dim);
        return line.ToLine();
    }

    private static CellLine Text(string text, Style style, Glyphs glyphs) => CellLine.Of(text, style, glyphs.IsAscii);
}
