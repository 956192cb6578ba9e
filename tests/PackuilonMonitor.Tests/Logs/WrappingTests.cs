using CsCheck;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Logs;

namespace PackuilonMonitor.Tests.Logs;

public sealed class WrappingTests
{
    private static readonly Gen<string> Texts = Gen.String[Gen.Char["abc 日本語é\t"], 0, 40];

    [Test]
    public void Rows_AnyTextAtAnyWidth_AreWhatWritingItCellByCellGives() => Texts.Select(Gen.Int[2, 20]).Sample((text, width) =>
    {
        var line = CellLine.Of(text);
        Assert.That(Wrapping.Rows(line, width).Select(row => line.Slice(row.Column, row.Width).ToText()), Is.EqualTo(Written(line, width)));
        Assert.That(Wrapping.Count(line, width), Is.EqualTo(Written(line, width).Count));
    }, iter: 2000);

    [Test]
    public void Rows_WideCharacterInOneColumn_EndAllTheSame() => Assert.That(Wrapping.Count(CellLine.Of("日本"), 1), Is.EqualTo(4));

    [Test]
    public void Move_AnyStepsAmongLinesOfAnyHeight_IsMovingInTheListOfAllRows() =>
        Gen.Int[1, 5]
            .Array[1, 12]
            .Select(Gen.Int[0, 40], Gen.Int[-50, 50], Gen.Int[1, 12])
            .Sample(
                (heights, start, by, height) =>
                {
                    var rows = heights
                        .SelectMany((count, line) => Enumerable.Range(0, count).Select(row => new RowPosition(line, row)))
                        .ToList();
                    var from = rows[start % rows.Count];
                    using (Assert.EnterMultipleScope())
                    {
                        Assert.That(
                            Wrapping.Move(from, by, heights.Length, line => heights[line]),
                            Is.EqualTo(rows[Math.Clamp(start % rows.Count + by, 0, rows.Count - 1)])
                        );
                        Assert.That(
                            Wrapping.LastTop(heights.Length, height, line => heights[line]),
                            Is.EqualTo(rows[Math.Max(0, rows.Count - height)])
                        );
                    }
                },
                iter: 2000
            );

    private static List<string> Written(CellLine line, int width)
    {
        var (rows, row, used) = (new List<string>(), "", 0);
        foreach (var cell in line.Cells)
        {
            if (cell.IsContinuation)
                continue;
            var columns = cell.IsWide ? 2 : 1;
            if (used + columns > width)
            {
                rows.Add(row);
                (row, used) = ("", 0);
            }

            row += cell.Grapheme;
            used += columns;
        }

        return [.. rows, row];
    }
}
