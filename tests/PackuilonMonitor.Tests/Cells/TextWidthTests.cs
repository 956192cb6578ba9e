using System.Text;
using PackuilonMonitor.Cells;
using Terminal.Gui.Text;

namespace PackuilonMonitor.Tests.Cells;

public sealed class TextWidthTests
{
    [TestCase("a", 1)]
    [TestCase("é", 1)]
    [TestCase("─", 1)]
    [TestCase("●", 1)]
    [TestCase("✓", 1)]
    [TestCase("█", 1)]
    [TestCase("日", 2)]
    [TestCase("ｶ", 1)]
    [TestCase("Ａ", 2)]
    [TestCase("한", 2)]
    [TestCase("😀", 2)]
    [TestCase("⌚", 2)]
    [TestCase("⚠", 1)]
    [TestCase("\u0301", 0)]
    [TestCase("\u20dd", 0)]
    [TestCase("\u200b", -1)]
    [TestCase("\u202e", -1)]
    [TestCase("\u001b", -1)]
    [TestCase("\u007f", -1)]
    [TestCase("\u009b", -1)]
    [TestCase("\u1160", -1)]
    [TestCase("\U0001f1e9", -1)]
    [TestCase("\ue000", -1)]
    public void Of_Rune_IsWhatATerminalTakes(string text, int expected) =>
        Assert.That(TextWidth.Of(Rune.GetRuneAt(text, 0)), Is.EqualTo(expected));

    [Test]
    public void Of_EveryCharacterItGivesAWidth_IsWhatTerminalGuiTakes()
    {
        var differing = Enumerable.Range(' ', 0x110000 - ' ')
            .Where(Rune.IsValid)
            .Select(value => new Rune(value))
            .Where(rune => TextWidth.Of(rune) > 0 && TextWidth.Of(rune) != rune.ToString().GetColumns());

        Assert.That(differing.Select(rune => $"{rune.Value:x}"), Is.Empty);
    }

    [TestCase("plain", 5)]
    [TestCase("日本語", 6)]
    [TestCase("e\u0301", 1)]
    [TestCase("a\tb", 9)]
    [TestCase("x\u202ey", 10)]
    [TestCase("", 0)]
    public void Of_Text_CountsWhatIsShown(string text, int expected) =>
        Assert.That(TextWidth.Of(text), Is.EqualTo(expected));

    [TestCase("image.template", 14, "image.template")]
    [TestCase("image.template", 6, "image…")]
    [TestCase("image", 1, "…")]
    [TestCase("image", 0, "")]
    [TestCase("image", -3, "")]
    [TestCase("日本語", 6, "日本語")]
    [TestCase("日本語", 5, "日本…")]
    [TestCase("日本語", 4, "日 …")]
    [TestCase("日本語", 3, "日…")]
    [TestCase("日本語", 2, " …")]
    [TestCase("e\u0301tude", 3, "e\u0301t…")]
    public void Truncate_NeverSplitsAWideGrapheme(string text, int width, string expected) =>
        Assert.That(TextWidth.Truncate(text, width), Is.EqualTo(expected));

    [TestCase("image-factory-sl7x", 18, "image-fa…tory-sl7x")]
    [TestCase("image-factory-sl7x", 17, "image-fa…ory-sl7x")]
    [TestCase("image-factory-sl7x", 9, "imag…sl7x")]
    [TestCase("image-factory-sl7x", 4, "i…7x")]
    [TestCase("image-factory-sl7x", 3, "im…")]
    [TestCase("image-factory-sl7x", 0, "")]
    [TestCase("日本語日本語", 9, "日本…本語")]
    public void CutMiddle_KeepsBothEnds(string text, int width, string expected) =>
        Assert.That(TextWidth.CutMiddle(text, width), Is.EqualTo(expected));

    [Test]
    public void Truncate_Ascii_EndsInASignOfItsOwn() =>
        Assert.That(TextWidth.Truncate("image.template", 6, ascii: true), Is.EqualTo("image$"));

    [Test]
    public void Pad_AnyTextAndWidth_TakesExactlyTheWidth()
    {
        foreach (var text in new[] { "", "a", "image.template", "日本語", "e\u0301", "x\u202ey", "日\tx" })
        {
            for (var width = 0; width < 20; width++)
            {
                Assert.That(TextWidth.Of(TextWidth.PadRight(text, width)), Is.EqualTo(width), text);
                Assert.That(TextWidth.Of(TextWidth.PadLeft(text, width)), Is.EqualTo(width), text);
            }
        }
    }
}
