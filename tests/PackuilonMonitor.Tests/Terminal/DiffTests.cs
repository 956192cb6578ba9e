using CsCheck;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.Terminal;

public sealed class DiffTests
{
    private static readonly string[] Pieces = ["a", "b", " ", "─", "é", "日", "😀", "e\u0301", "ab  ", "     ", "日本", "\u001b"];
    private static readonly Style[] Styles =
    [
        Style.Plain,
        new(Hue.Red),
        new(Hue.Black, Hue.Green),
        new(Emphasis: Emphasis.Bold | Emphasis.Reverse),
    ];

    private static readonly Gen<CellLine> Line =
        Gen.Select(Gen.Int[0, Pieces.Length - 1], Gen.Int[0, Styles.Length - 1]).Array[0, 16].Select(pieces =>
        {
            var builder = new CellLine.Builder();
            foreach (var (text, style) in pieces)
                builder.Add(Pieces[text], Styles[style]);
            return builder.PadTo(24).ToLine().Slice(0, 24);
        });

    private static readonly Gen<Cell[][]> Picture = Line.Select(line => line.Cells.ToArray()).Array[7];

    [Test]
    public void Changed_WrittenOverBefore_GivesAfter() =>
        Gen.Select(Line, Line).Sample(
            (before, after) =>
            {
                var spans = Span.Changed(before.Cells, after.Cells);
                var screen = before.Cells.ToArray();
                foreach (var span in spans)
                    CellLine.Of(span.Text, span.Style).Cells.CopyTo(screen.AsSpan(span.Column));
                return screen.AsSpan().SequenceEqual(after.Cells)
                    && spans.All(span => !after[span.Column].IsContinuation);
            },
            iter: 2000);

    /// <summary>What stands there already is not written again: each letter of a span differs, or a half of it does.</summary>
    [Test]
    public void Changed_IsOnlyWhatDiffers() =>
        Gen.Select(Line, Line).Sample(
            (before, after) => Span.Changed(before.Cells, after.Cells).All(span =>
            {
                for (var column = span.Column; column < span.Column + TextWidth.Of(span.Text); column++)
                {
                    var isHalfChanged =
                        column + 1 < after.Width && after[column + 1].IsContinuation && before[column + 1] != after[column + 1];
                    if (!after[column].IsContinuation && before[column] == after[column] && !isHalfChanged)
                        return false;
                }

                return true;
            }),
            iter: 2000);

    [TestCase("abcdef", "abcdef", "")]
    [TestCase("abcdef", "aXcdYZ", "1:X 4:YZ")]
    [TestCase("abc", "abcdef", "3:def")]
    [TestCase("", "abc", "0:abc")]
    [TestCase("abcdef", "abc", "")]
    [TestCase("ab", "a日", "1:日")]
    [TestCase("aéééb", "aèèèb", "1:èèè")]
    [TestCase("日本", "日x本", "2:x 3:本")]
    public void Changed_OfRowsOfAnyLength_IsWhatTheSecondHasInstead(string before, string after, string expected)
    {
        var spans = Span.Changed(CellLine.Of(before).Cells, CellLine.Of(after).Cells);

        Assert.That(string.Join(' ', spans.Select(span => $"{span.Column}:{span.Text}")), Is.EqualTo(expected));
    }

    [Test]
    public void Changed_NothingChanged_IsNothing() =>
        Line.Sample(line => Span.Changed(line.Cells, line.Cells).Count == 0, iter: 200);

    [Test]
    public void Paint_AnyPictureAfterAnyOther_IsWhatTheTerminalShows() =>
        Picture.Array[1, 4].Sample(
            pictures =>
            {
                var painter = new Painter();
                var terminal = new PlainTerminal(7, 24);
                foreach (var picture in pictures)
                    terminal.Write(painter.Paint(Copy(picture)));
                return terminal.Shows(pictures[^1]);
            },
            iter: 1000);

    [Test]
    public void Paint_RowsThatMoved_AreScrolledAndRight() =>
        Gen.Select(Picture, Gen.Int[1, 5], Gen.Int[0, 3], Gen.Int[4, 7], Gen.Bool).Sample(
            (picture, rows, top, bottom, up) =>
            {
                var moved = Copy(picture);
                for (var row = top; row < bottom; row++)
                {
                    var source = up ? row + rows : row - rows;
                    if (source >= top && source < bottom)
                        moved[row] = [.. picture[source]];
                }

                var painter = new Painter();
                var terminal = new PlainTerminal(7, 24);
                terminal.Write(painter.Paint(Copy(picture)));
                terminal.Write(painter.Paint(Copy(moved)));
                return terminal.Shows(moved);
            },
            iter: 1000);

    [Test]
    public void Paint_AFollowedLog_SendsTheNewRowsAndNotTheMovedOnes()
    {
        var painter = new Painter();
        painter.Paint(Log(first: 0));

        var bytes = painter.Paint(Log(first: 2));

        Assert.That(bytes, Does.Contain("line 21").And.Contain("line 20").And.Not.Contain("line 19"));
        Assert.That(bytes, Has.Length.LessThan(160));
    }

    [Test]
    public void Paint_TheSameAgain_SendsNothing()
    {
        var painter = new Painter();
        painter.Paint(Log(first: 0));

        Assert.That(painter.Paint(Log(first: 0)), Is.Empty);
    }

    [Test]
    public void Paint_AfterForget_SendsEverything()
    {
        var painter = new Painter();
        var whole = painter.Paint(Log(first: 0));
        painter.Forget();

        Assert.That(painter.Paint(Log(first: 0)), Is.EqualTo(whole));
    }

    private static Cell[][] Log(int first) =>
        [
            .. Enumerable
                .Range(first, 20)
                .Select(line => CellLine.Of($"line {line} of a log, {line * 7919 % 100} and so on".PadRight(60)).Cells.ToArray()),
        ];

    private static Cell[][] Copy(Cell[][] picture) => [.. picture.Select(row => row.ToArray())];
}
