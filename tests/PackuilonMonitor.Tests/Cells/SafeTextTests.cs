using System.Globalization;
using System.Text;
using CsCheck;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Tests.Cells;

public sealed class SafeTextTests
{
    private static readonly Style Green = new(Hue.Green);

    [Test]
    public void Corpus_IsLargeEnough() =>
        Assert.That(HostileText.All().Distinct().Count(), Is.GreaterThanOrEqualTo(80 * 4));

    [Test]
    public void Cells_HostileTextAnywhere_HoldNothingATerminalObeys([Values] bool ascii)
    {
        foreach (var payload in HostileText.All())
        {
            foreach (var text in new[] { payload, $"before {payload} after", $"日{payload}本", payload + payload })
                Assert.That(Faults(SafeText.Cells(text, ascii: ascii), ascii), Is.Empty, Escaped(text));
        }
    }

    [Test]
    public void Cells_HostileText_TextAroundItIsKept()
    {
        foreach (var payload in HostileText.All())
        {
            var shown = SafeText.Cells($"before {payload} after").ToText();
            Assert.That(shown, Does.StartWith("before ").And.EndWith(" after"), Escaped(payload));
        }
    }

    /// <summary>A line may end anywhere.</summary>
    [Test]
    public void Cells_HostileTextCutAnywhere_HoldNothingATerminalObeys()
    {
        foreach (var text in HostileText.All().Where(text => text.Length < 100).Concat(["\u001b(", "\u001b# ", "\u001b"]))
        {
            for (var length = 0; length <= text.Length; length++)
            {
                Assert.That(Faults(SafeText.Cells(text[..length]), ascii: false), Is.Empty, Escaped(text[..length]));
                Assert.That(SafeText.Plain(text[..length]).EnumerateRunes().Where(IsDangerous), Is.Empty, Escaped(text[..length]));
            }
        }
    }

    [Test]
    public void Cells_AnyText_NeverThrowsAndStaysInBounds() =>
        Gen.Select(Gen.Char.Array[0, 200], Gen.Int[1, 300], Gen.Bool).Sample(
            (characters, limit, ascii) =>
            {
                var line = SafeText.Cells(new string(characters), ascii: ascii, limit: limit);
                return line.Width <= limit && !Faults(line, ascii).Any();
            },
            iter: 3000);

    [Test]
    public void Plain_HostileTextAnywhere_IsOnePrintableLine()
    {
        foreach (var payload in HostileText.All())
        {
            var plain = SafeText.Plain($"before {payload} after");
            Assert.That(plain.EnumerateRunes().Where(IsDangerous), Is.Empty, Escaped(payload));
            // The first letter may be the end of a sequence that was left open.
            Assert.That(plain, Does.StartWith("before").And.EndWith("fter"), Escaped(payload));
        }
    }

    [TestCase("\u001b[1;31mred\u001b[0m plain", "red plain")]
    [TestCase("a\u001b]0;title\u0007b\u001b]2;t\u001b\\c", "abc")]
    [TestCase("a\u001b]0;never ended", "a0;never ended")]
    [TestCase(" tabs\tand\r\nlines  ", "tabs and lines")]
    [TestCase("\u001b(0lqk\u001b(B", "lqk")]
    [TestCase("\u001b(\u00e9", "(é")]
    [TestCase("\u001b (\u007fx", "(x")]
    [TestCase("\u001b(", "(")]
    [TestCase("\u001b /0\u001b#~x", "x")]
    [TestCase("\u001b0\u001b~x", "x")]
    [TestCase("\u001b\u007fx", "x")]
    [TestCase("abc\u202edcba", "abcdcba")]
    [TestCase("", "")]
    [TestCase("a b ~", "a b ~")]
    [TestCase(" a", "a")]
    [TestCase("a ", "a")]
    [TestCase("a  b", "a b")]
    [TestCase("a\u007fb", "ab")]
    [TestCase("é  日本 😀", "é 日本 😀")]
    public void Plain_TakesEscapesOut(string text, string expected) =>
        Assert.That(SafeText.Plain(text), Is.EqualTo(expected));

    // No attribute can hold such a text.
    [Test]
    public void Plain_HalfOfAPair_IsTheSignForAnUnknownLetter() => Assert.That(SafeText.Plain("a\ud800b"), Is.EqualTo("a\ufffdb"));

    [TestCase("\u001b[0;32mok\u001b[0m", "ok")]
    [TestCase("10%\r20%\r", "10%␍20%")]
    [TestCase("FAILED\rPASSED", "FAILED␍PASSED")]
    [TestCase("a\tb", "a       b")]
    [TestCase("12345678\tb", "12345678        b")]
    [TestCase("x\u001b[2Jy", "x␛[2Jy")]
    [TestCase("x\u202ey", "x<U+202E>y")]
    [TestCase("x\u0000y", "xy")]
    [TestCase("\u001b", "␛")]
    public void Cells_ShowsWhatItDoesNotObey(string text, string expected) =>
        Assert.That(SafeText.Cells(text).ToText(), Is.EqualTo(expected));

    /// <summary>The first and the last of each kind, and their neighbours.</summary>
    [TestCase(0x0000, true)]
    [TestCase(0x0001, false)]
    [TestCase(0x034e, false)]
    [TestCase(0x034f, true)]
    [TestCase(0x0350, false)]
    [TestCase(0x180a, false)]
    [TestCase(0x180b, true)]
    [TestCase(0x180f, true)]
    [TestCase(0x1810, false)]
    [TestCase(0xfdff, false)]
    [TestCase(0xfe00, true)]
    [TestCase(0xfe0f, true)]
    [TestCase(0xfe10, false)]
    [TestCase(0xe00ff, false)]
    [TestCase(0xe0100, true)]
    [TestCase(0xe01ef, true)]
    [TestCase(0xe01f0, false)]
    public void Cells_WhatOnlyChoosesAmongPictures_IsLeftOut(int rune, bool isLeftOut) =>
        Assert.That(SafeText.Cells($"x{new Rune(rune)}y").ToText() == "xy", Is.EqualTo(isLeftOut));

    /// <summary>A screen is thousands of them.</summary>
    [TestCase("a")]
    [TestCase("é")]
    [TestCase("─")]
    [TestCase("█")]
    public void Cells_WithTheSameSign_ShareItsText(string sign)
    {
        var line = SafeText.Cells(sign + sign);

        Assert.That(line[1].Grapheme, Is.SameAs(line[0].Grapheme).And.EqualTo(sign));
    }

    [TestCase("x\u001b[2Jy\r!", "x^[[2Jy^M!")]
    [TestCase("‘é’ — 日…", "'?' - ??...")]
    public void Cells_Ascii_HasNoOtherCharacters(string text, string expected) =>
        Assert.That(SafeText.Cells(text, ascii: true).ToText(), Is.EqualTo(expected));

    [Test]
    public void Cells_ControlsShown_StandOutFromTheirNeighbours()
    {
        var line = SafeText.Cells("a\u0007b", Green);

        Assert.That(line[0].Style, Is.EqualTo(Green));
        Assert.That(line[1].Style, Is.EqualTo(Green.Reversed()));
    }

    public static IEnumerable<TestCaseData> Colours()
    {
        yield return new("\u001b[31mx", new Style(Hue.Red));
        yield return new("\u001b[1;4;97mx", new Style(Hue.BrightWhite, Emphasis: Emphasis.Bold | Emphasis.Underline));
        yield return new("\u001b[1;2m\u001b[22mx", Green);
        yield return new("\u001b[7m\u001b[27mx", Green);
        yield return new("\u001b[31m\u001b[39mx", Green);
        yield return new("\u001b[31;1m\u001b[mx", Green);
        yield return new("\u001b[38;5;9mx", new Style(Hue.BrightRed));
        yield return new("\u001b[38;5;196mx", new Style(Hue.BrightRed));
        yield return new("\u001b[38;2;0;200;0mx", Green);
        yield return new("\u001b[38;5;999mx", Green);
        yield return new("\u001b[5;8;99mx", Green);
        yield return new("\u001b[31;41mx", new Style(Hue.BrightWhite, Hue.Red));
        yield return new("\u001b[30mx", Style.Plain);
        yield return new("\u001b[39;47mx", new Style(Hue.Green, Hue.White));
    }

    [TestCaseSource(nameof(Colours))]
    public void Cells_ColourSequences_ReMadeFromWhatTheySay(string text, Style expected) =>
        Assert.That(SafeText.Cells(text, Green)[0].Style, Is.EqualTo(expected));

    [Test]
    public void Cells_ForegroundIsNeverTheBackground() =>
        Gen.Int[0, 110].Array[0, 8].Sample(
            codes =>
            {
                var style = SafeText.Cells($"\u001b[{string.Join(';', codes)}mx")[0].Style;
                return style.Foreground == Hue.None ? style.Background == Hue.None : style.Foreground != style.Background;
            },
            iter: 2000);

    [Test]
    public void Cells_WithoutColours_TakesThemAway() =>
        Assert.That(SafeText.Cells("\u001b[1;31mred", colours: false), Is.EqualTo(CellLine.Of("red")));

    [Test]
    public void Cells_AMegabyteOfAnything_IsCutAtTheLimit()
    {
        foreach (var piece in new[] { "x", "\u202e", "\u0000", "\u0301", "\u001b[", "\u001b[31m", "日" })
        {
            var line = SafeText.Cells(string.Concat(Enumerable.Repeat(piece, 1 << 20)), limit: 500);
            Assert.That(line.Width, Is.LessThanOrEqualTo(500), piece);
        }
    }

    private static IEnumerable<string> Faults(CellLine line, bool ascii)
    {
        for (var column = 0; column < line.Width; column++)
        {
            var grapheme = line[column].Grapheme;
            if (grapheme.EnumerateRunes().Any(IsDangerous))
                yield return Escaped(grapheme);
            if (ascii && grapheme.Any(character => character > 0x7e))
                yield return grapheme;
            if (line[column].IsContinuation && (column == 0 || !line[column - 1].IsWide))
                yield return "a second half alone";
            if (line[column].IsWide && (column + 1 == line.Width || !line[column + 1].IsContinuation))
                yield return "a first half alone";
            if (grapheme.EnumerateRunes().Count() > 5)
                yield return "more than four marks";
        }
    }

    private static bool IsDangerous(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private static string Escaped(string text) => string.Concat(text.Select(character =>
        character is >= ' ' and < '\u007f' ? character.ToString() : $"\\u{(int)character:x4}"));
}
