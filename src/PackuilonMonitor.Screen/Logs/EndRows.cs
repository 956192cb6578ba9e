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

    public static CellLine Line(HeaderRow row, int index, LogView view, HeaderSheet sheet) =>
        row switch
        {
            HeaderRow.Lost => sheet.Text(
                index == 0 ? $"{sheet.Glyphs.Problem} {Words.Lost(view.Build.Reason)}" : $"  {BuildWords.RanOn(view.Build)}",
                index == 0 ? sheet.Palette.Bad : sheet.Palette.Warning
            ),
            HeaderRow.Cause => Cause(view.Reason!, sheet),
            HeaderRow.Then => Labelled("then", sheet).Add(view.Reason!.Context!).ToLine(),
            HeaderRow.Left => Left(view.Build, index, sheet),
            HeaderRow.Compared => Compared(view, sheet),
            HeaderRow.Same => Same(view.SameCause!, sheet),
            HeaderRow.Chain => Chain(view.Build, sheet),
            HeaderRow.Path => Labelled("log", sheet)
                .Add(EndOf(view.Path, sheet.Width - LabelWidth, sheet.Glyphs), sheet.Palette.Dim)
                .ToLine(),
            _ => CellLine.Empty,
        };

    /// <summary>The cause, and at the right edge which line has it, if there is room for both.</summary>
    private static CellLine Cause(Reason reason, HeaderSheet sheet) => AtEdge(
        Labelled("cause", sheet).Add(reason.Text, sheet.Palette.Bad),
        string.Create(CultureInfo.InvariantCulture, $"line {reason.Line}"),
        sheet.Palette.Dim,
        sheet.Width
    );

    /// <summary>What was left, with the command that removes it; one key copies the commands of all.</summary>
    private static CellLine Left(BuildView build, int index, HeaderSheet sheet)
    {
        const string copies = "  (c copies)";
        var left = build.LeftBehind.ElementAt(index);
        var line = Labelled("left", sheet).Add($"{Words.Left(left.Kind)}: ", sheet.Palette.Warning).Add(left.Command ?? left.Name);
        if (index == 0 && build.CleaningUp is not null && line.Width + copies.Length < sheet.Width)
            line.Add(copies, sheet.Palette.Dim);
        return line.ToLine();
    }

    private static CellLine Compared(LogView view, HeaderSheet sheet)
    {
        var good = SafeText.Plain(view.LastGood ?? "");
        var text = view.Latest is { NewCount: { } added, MissingCount: { } missing }
            ? string.Create(CultureInfo.InvariantCulture, $"{Words.Count(added, "line")} that {good} did not have; {missing} are missing")
            : $"is compared with {good}";
        return Labelled("new", sheet).Add(text).Add(Masked, sheet.Palette.Dim).ToLine();
    }

    private static CellLine Same(SameCause same, HeaderSheet sheet) => Labelled("same", sheet)
        .Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{same.Count} builds failed with this cause since {BuildWords.Moment(same.Since, sheet.Now, "HH:mm")}"
            )
        )
        .Add("  (X lists them)", sheet.Palette.Dim)
        .ToLine();

    /// <summary>How sure the change is has its room first where something went wrong.</summary>
    private static CellLine Chain(BuildView build, HeaderSheet sheet)
    {
        var tie = ChainTie.ShortOf(BuildChain.TriggerOf(build, sheet.State));
        var reserved = build.State is BuildState.Succeeded || tie.Length == 0 ? 0 : tie.Length + Gap;
        return AtEdge(
            Labelled("change", sheet)
                .Add(BuildChain.Line(build, sheet with { Width = sheet.Width - LabelWidth - reserved })),
            tie,
            tie.StartsWith('?') ? sheet.Palette.Warning : sheet.Palette.Dim,
            sheet.Width
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

    private static CellLine.Builder Labelled(string label, HeaderSheet sheet) =>
        sheet.Line().Add(label.PadRight(LabelWidth), sheet.Palette.Dim);
}
