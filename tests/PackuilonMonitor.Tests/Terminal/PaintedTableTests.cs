using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Terminal;

/// <summary>
/// The bytes that change one picture into the next, for changes drawn by chance: what a slow line has to carry. ACCEPT=1 rewrites the
/// table.
/// </summary>
public sealed class PaintedTableTests
{
    private const int Rows = 9;
    private const int Columns = 34;

    private static readonly Style[] Styles =
    [
        Style.Plain, Style.Plain, new(Hue.Red), new(Hue.BrightCyan), new(Hue.Black, Hue.Green), new(Hue.None, Hue.BrightBlue),
        new(Emphasis: Emphasis.Bold), new(Emphasis: Emphasis.Dim | Emphasis.Underline), new(Hue.Red, Emphasis: Emphasis.Reverse),
    ];

    private static readonly string[] Words = ["a", "bc", "def", "done", "日本", "e\u0301", "─", " ", "    ", "      ", "failed now"];

    [Test]
    public void Pictures_ThatFollowEachOther_SendTheBytesListed([Values(1, 2, 3)] int table)
    {
        // Not for secrets: the same pictures each time.
        var (random, text) = (new Random(table), new StringBuilder());
        var (painter, screen) = (new Painter(), new PlainTerminal(Rows, Columns));
        var picture = Enumerable.Range(0, Rows).Select(row => Line(random, row)).ToArray();
        var lines = Rows;
        for (var step = 0; step < 90; step++)
        {
            var what = new List<string>();
            for (var changes = random.Next(3); changes >= 0; changes--)
                what.Add(Change(random, painter, picture, ref lines));
            var bytes = painter.Paint([.. picture.Select(row => row.ToArray())]);
            screen.Write(bytes);
            text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", what)}: {bytes.Length} bytes\n")
                .Append(CultureInfo.InvariantCulture, $"    {bytes.Replace('\u001b', '␛').Replace('\n', '␊')}\n");
            Assert.That(screen.Shows(picture), text.ToString());
        }

        Golden.Matches($"Painted.{table}.txt", text.ToString());
    }

    private static string Change(Random random, Painter painter, Cell[][] picture, ref int lines)
    {
        var (row, column, style) = (random.Next(Rows), random.Next(Columns - 10), Styles[random.Next(Styles.Length)]);
        switch (random.Next(9))
        {
            case 0:
                painter.Forget();
                return "all again";
            case 1 or 2:
                var (top, bottom) = (random.Next(3), Rows - random.Next(3));
                var by = random.Next(1, 4);
                for (var time = 0; time < by; time++)
                {
                    Array.Copy(picture, top + 1, picture, top, bottom - top - 1);
                    picture[bottom - 1] = Line(random, lines++);
                }

                return $"up by {by}";
            case 3:
                var low = random.Next(2, Rows);
                Array.Copy(picture, 0, picture, 1, low - 1);
                picture[0] = Line(random, lines++);
                return "down";
            case 4:
                picture[row] = Of("", Style.Plain);
                return $"row {row} empty";
            case 5:
                picture[row] = [.. picture[row].Select((cell, at) => at < column ? cell : cell with { Style = style })];
                return $"row {row} in a style from {column}";
            case 6:
                picture[row] = Line(random, lines++);
                return $"row {row} new";
            default:
                var word = Words[random.Next(Words.Length)];
                var buffer = new CellBuffer(new Size(Columns, 1)).Write(0, 0, CellLine.Of(picture[row])).Write(0, column, word, style);
                picture[row] = buffer.ToLines()[0].Cells.ToArray();
                return $"row {row} '{word}' at {column}";
        }
    }

    private static Cell[] Line(Random random, int number) =>
        Of(
            string.Create(CultureInfo.InvariantCulture, $"line {number} of a log")
            + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => $" {Words[random.Next(Words.Length)]}")),
            random.Next(3) == 0 ? Styles[random.Next(Styles.Length)] : Style.Plain
        );

    private static Cell[] Of(string text, Style style) =>
        new CellBuffer(new Size(Columns, 1)).Write(0, 0, text, style).ToLines()[0].Cells.ToArray();
}
