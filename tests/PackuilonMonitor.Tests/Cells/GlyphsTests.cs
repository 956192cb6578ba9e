using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Tests.Cells;

public sealed class GlyphsTests
{
    /// <summary>Signs that stand at the edge or the end of a row, or before its words: each means one thing.</summary>
    private static (string Name, string Sign)[] SignsOfRows(Glyphs glyphs) =>
        [
            ("cursor", glyphs.Cursor),
            ("unseen", glyphs.Unseen),
            ("building", glyphs.Running),
            ("good", glyphs.Succeeded),
            ("failed", glyphs.Failed),
            ("cancelled", glyphs.Cancelled),
            ("needs a look", glyphs.Problem),
            ("nothing", glyphs.None),
            ("still to do", glyphs.ToDo),
            ("text is cut here", glyphs.Ellipsis),
            ("more above", glyphs.Above),
            ("more below", glyphs.Below),
            ("about", "~"),
            ("not proven", "?"),
        ];

    [TestCase(true)]
    [TestCase(false)]
    public void SignsOfRows_AreOneColumnEach_AndNoTwoAreAlike(bool isAscii)
    {
        var signs = SignsOfRows(isAscii ? Glyphs.Ascii : Glyphs.Unicode);

        Assert.That(signs.Select(sign => sign.Sign), Is.Unique);
        Assert.That(signs.Where(sign => TextWidth.Of(sign.Sign, isAscii) != 1), Is.Empty);
    }

    [Test]
    public void Ascii_HasNothingElse() => Assert.That(
        SignsOfRows(Glyphs.Ascii).Select(sign => sign.Sign).Append(Glyphs.Ascii.Arrow).SelectMany(sign => sign),
        Is.All.InRange(' ', '~')
    );
}
