using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The rows above the log of a build that has ended: why it ended so, and what to do about it.</summary>
internal static class EndRows
{
    /// <summary>Of the word before each row.</summary>
    private const int LabelWidth = 8;

    /// <summary>At least so many columns before a remark at the right edge, and the one after it.</summary>
    private const int Gap = 3;

    private const string Masked = "  (ids, numbers, dates ignored)";

    public static IEnumerable<(HeaderRow Row, int Index)> Of(LogView view)
    {
        if (view.Build.State is BuildState.Lost)
        {
            yield return (HeaderRow.Lost, 0);
            if (BuildWords.RanOn(view.Build) is not null)
                yield return (HeaderRow.Lost, 1);
        }

        if (view.Reason is not null)
            yield return (HeaderRow.Cause, 0);
        if (view.Reason is { Context: not null })
            yield return (HeaderRow.Then, 0);
        foreach (var (index, _) in view.Build.LeftBehind.Index())
            yield return (HeaderRow.Left, index);
        if (view.LastGood is not null)
            yield return (HeaderRow.Compared, 0);
        if (view.SameCause is not null)
            yield return (HeaderRow.Same, 0);
        yield return (HeaderRow.Chain, 0);
        yield return (HeaderRow.Path, 0);
    }

    public static CellLine Line(
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
            HeaderRow.Lost => CellLine.Of(
                index == 0 ? $"{glyphs.Problem} {Words.Lost(view.Build.Reason)}" : $"  {BuildWords.RanOn(view.Build)}",
                index == 0 ? palette.Bad : palette.Warning,
                glyphs.IsAscii
            ),
            HeaderRow.Cause => Cause(view.Reason!, width, palette, glyphs),
            HeaderRow.Then => Labelled("then", palette, glyphs).Add(view.Reason!.Context!).ToLine(),
            HeaderRow.Left => Left(view.Build, index, width, palette, glyphs),
            HeaderRow.Compared => Compared(view, palette, glyphs),
            HeaderRow.Same => Same(view.SameCause!, now, palette, glyphs),
            HeaderRow.Chain => Chain(view.Build, state, now, width, palette, glyphs),
            HeaderRow.Path => Labelled("log", palette, glyphs).Add(EndOf(view.Path, width - LabelWidth, glyphs), palette.Dim).ToLine(),
            _ => CellLine.Empty,
        };

    /// <summary>The cause, and at the right edge which line has it, if there is room for both.</summary>
    private static CellLine Cause(Reason reason, int width, Palette palette, Glyphs glyphs) => AtEdge(
        Labelled("cause", palette, glyphs).Add(reason.Text, palette.Bad),
        string.Create(CultureInfo.InvariantCulture, $"line {reason.Line}"),
        palette.Dim,
        width
    );

    /// <summary>What was left, with the command that removes it; one key copies the commands of all.</summary>
    private static CellLine Left(BuildView build, int index, int width, Palette palette, Glyphs glyphs)
    {
        const string copies = "  (c copies)";
        var left = build.LeftBehind.ElementAt(index);
        var line = Labelled("left", palette, glyphs).Add($"{Words.Left(left.Kind)}: ", palette.Warning).Add(left.Command ?? left.Name);
        if (index == 0 && build.CleaningUp is not null && line.Width + copies.Length < width)
            line.Add(copies, palette.Dim);
        return line.ToLine();
    }

    private static CellLine Compared(LogView view, Palette palette, Glyphs glyphs)
    {
        var good = SafeText.Plain(view.LastGood ?? "");
        var text = view.Latest is { NewCount: { } added, MissingCount: { } missing }
            ? string.Create(CultureInfo.InvariantCulture, $"{Words.Count(added, "line")} that {good} did not have; {missing} are missing")
            : $"is compared with {good}";
        return Labelled("new", palette, glyphs).Add(text).Add(Masked, palette.Dim).ToLine();
    }

    private static CellLine Same(SameCause same, DateTimeOffset now, Palette palette, Glyphs glyphs) => Labelled("same", palette, glyphs)
        .Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{same.Count} builds failed with this cause since {BuildWords.Moment(same.Since, now, "HH:mm")}"
            )
        )
        .Add("  (X lists them)", palette.Dim)
        .ToLine();

    /// <summary>How sure the change is has its room first where something went wrong.</summary>
    private static CellLine Chain(BuildView build, MonitorState state, DateTimeOffset now, int width, Palette palette, Glyphs glyphs)
    {
        var tie = ChainTie.ShortOf(BuildChain.TriggerOf(build, state));
        var reserved = build.State is BuildState.Succeeded || tie.Length == 0 ? 0 : tie.Length + Gap;
        return AtEdge(
            Labelled("change", palette, glyphs)
                .Add(BuildChain.Line(build, state, now, width - LabelWidth - reserved, palette, glyphs)),
            tie,
            tie.StartsWith('?') ? palette.Warning : palette.Dim,
            width
        );
    }

    /// <summary>With a remark at the right edge, if there is room for both.</summary>
    private static CellLine AtEdge(CellLine.Builder line, string remark, Style style, int width) =>
        line.Width + remark.Length + Gap > width
            ? line.ToLine()
            : line.PadTo(width - remark.Length - 1).Add(remark, style).ToLine();

    /// <summary>Of a path that is too long the end stays, where the file's name is.</summary>
    private static string EndOf(string path, int width, Glyphs glyphs) =>
        path.Length <= width ? path
        : width < 2 ? ""
        : string.Concat(glyphs.Ellipsis, path.AsSpan(path.Length - width + 1));

    private static CellLine.Builder Labelled(string label, Palette palette, Glyphs glyphs) =>
        new CellLine.Builder(glyphs.IsAscii).Add(label.PadRight(LabelWidth), palette.Dim);
}
