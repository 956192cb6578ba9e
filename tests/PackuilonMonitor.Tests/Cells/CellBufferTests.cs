using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Tests.Cells;

public sealed class CellBufferTests
{
    [TestCase(0, 0, "abc", "abc\n\n")]
    [TestCase(1, 3, "abc", "\n   ab\n")]
    [TestCase(0, -1, "abc", "bc\n\n")]
    [TestCase(0, 5, "abc", "\n\n")]
    [TestCase(2, 0, "abc", "\n\n")]
    [TestCase(-1, 0, "abc", "\n\n")]
    [TestCase(0, 0, "日本語", "日本\n\n")]
    [TestCase(0, -1, "日本語", " 本語\n\n")]
    [TestCase(0, 4, "日", "\n\n")]
    public void Write_OutsideOrAcrossTheEdge_IsCutOff(int row, int column, string text, string expected) =>
        Assert.That(new CellBuffer(new Size(5, 2)).Write(row, column, text).ToText(), Is.EqualTo(expected));

    [Test]
    public void Write_OverTheSecondHalf_BlanksTheFirst()
    {
        var buffer = new CellBuffer(new Size(5, 1)).Write(0, 0, "日本").Write(0, 1, "x");

        Assert.That(buffer.ToText(), Is.EqualTo(" x本\n"));
        Assert.That(buffer.ToLines()[0].Width, Is.EqualTo(5));
    }

    [Test]
    public void Write_OverTheFirstHalf_BlanksTheSecond()
    {
        var buffer = new CellBuffer(new Size(4, 1)).Write(0, 0, "日本").Write(0, 0, "x");

        Assert.That(buffer.ToText(), Is.EqualTo("x 本\n"));
    }

    [Test]
    public void Write_WithAWidth_ShortensToIt() =>
        Assert.That(new CellBuffer(new Size(20, 1)).Write(0, 2, "image.template", Style.Plain, 6).ToText(), Is.EqualTo("  image…\n"));

    [Test]
    public void Part_WritesInsideItsAreaOnly()
    {
        var buffer = new CellBuffer(new Size(6, 3)).Fill(new Area(0, 0, 6, 3), ".");
        buffer.Part(new Area(1, 1, 3, 9)).Write(0, 0, "abcdef").Write(1, 2, "日");

        Assert.That(buffer.ToText(), Is.EqualTo("......\n.abc..\n... ..\n"));
    }

    [TestCase(0, 0, "b")]
    [TestCase(1, 2, "h")]
    [TestCase(-1, 0, null)]
    [TestCase(0, -1, null)]
    [TestCase(2, 0, null)]
    [TestCase(0, 3, null)]
    public void Cell_OfAPart_IsOneInside(int row, int column, string? expected)
    {
        var part = new CellBuffer(new Size(5, 4)).Write(1, 0, "abcde").Write(2, 0, "efghi").Part(new Area(1, 1, 3, 2));

        if (expected is null)
            Assert.That(() => part[row, column], Throws.InstanceOf<ArgumentOutOfRangeException>());
        else
            Assert.That(part[row, column].Grapheme, Is.EqualTo(expected));
    }

    [TestCase(1, 1, false)]
    [TestCase(0, 5, true)]
    [TestCase(5, 0, true)]
    [TestCase(-1, 5, true)]
    [TestCase(0, 0, true)]
    public void Area_WithoutRowsOrColumns_IsEmpty(int width, int height, bool isEmpty) =>
        Assert.That(new Area(2, 3, width, height).IsEmpty, Is.EqualTo(isEmpty));

    [Test]
    public void Restyle_KeepsTheText()
    {
        var buffer = new CellBuffer(new Size(3, 1)).Write(0, 0, "abc").Restyle(new Area(1, 0, 1, 1), style => style.Reversed());

        Assert.That(buffer.ToText(), Is.EqualTo("abc\n"));
        Assert.That(buffer.ToLines()[0].Cells.ToArray().Select(cell => cell.Style.Emphasis),
            Is.EqualTo(new[] { Emphasis.None, Emphasis.Reverse, Emphasis.None }));
    }

    [Test]
    public void ToLines_OfABufferThatChangesLater_Stay()
    {
        var buffer = new CellBuffer(new Size(3, 2)).Write(0, 0, "abc").Write(1, 0, "def");
        var (whole, part) = (buffer.ToLines(), buffer.Part(new Area(1, 0, 2, 2)).ToLines());
        buffer.Write(0, 1, "x").Part(new Area(0, 1, 2, 1)).Restyle(new Area(0, 0, 1, 1), style => style.Reversed()).Write(0, 1, "y");

        Assert.That(whole.Select(line => line.ToText()), Is.EqualTo(new[] { "abc", "def" }));
        Assert.That(whole[1][0].Style, Is.EqualTo(Style.Plain));
        Assert.That(part.Select(line => line.ToText()), Is.EqualTo(new[] { "bc", "ef" }));
        Assert.That(buffer.ToText(), Is.EqualTo("axc\ndyf\n"));
    }

    [TestCase(0, 0)]
    [TestCase(-3, 5)]
    [TestCase(1, 1)]
    public void AnySize_NeverThrows(int columns, int rows)
    {
        var buffer = new CellBuffer(new Size(columns, rows));

        Assert.That(() => buffer.Write(0, 0, "日本語").Fill(new Area(-1, -1, 9, 9), "日").ToText(), Throws.Nothing);
    }

    [TestCase(10, new[] { 2, -1, 3 }, new[] { 2, 5, 3 })]
    [TestCase(4, new[] { 2, -1, 3 }, new[] { 2, 0, 2 })]
    [TestCase(9, new[] { -1, -1 }, new[] { 4, 5 })]
    [TestCase(0, new[] { 1, -1 }, new[] { 0, 0 })]
    public void Area_Split_SharesWhatIsThere(int total, int[] wanted, int[] expected)
    {
        Assert.That(new Area(3, 5, 7, total).Rows(wanted).Select(part => part.Height), Is.EqualTo(expected));
        Assert.That(new Area(3, 5, total, 7).Columns(wanted).Select(part => part.Width), Is.EqualTo(expected));
        Assert.That(new Area(3, 5, total, 7).Columns(wanted)[^1].Right, Is.LessThanOrEqualTo(3 + total));
    }
}
