using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Tests.Cells;

public sealed class PaletteTests
{
    private static readonly Func<Palette, Style>[] Meanings =
    [
        palette => palette.Heading, palette => palette.Bad, palette => palette.Warning, palette => palette.Selected, palette => palette.Hit,
        palette => palette.Mark, palette => palette.Key, palette => palette.New, palette => palette.Prompt, palette => palette.Good,
        palette => palette.Dim, palette => palette.Running, palette => palette.Rule, palette => palette.Plain,
    ];

    [TestCase("xterm-256color", null, ColourChoice.Auto, Theme.Dark)]
    [TestCase("linux", null, ColourChoice.Auto, Theme.Dark)]
    [TestCase("xterm-256color", "1", ColourChoice.Auto, Theme.Mono)]
    [TestCase("xterm-256color", "", ColourChoice.Auto, Theme.Dark)]
    [TestCase("xterm-256color", "1", ColourChoice.Always, Theme.Dark)]
    [TestCase("xterm-256color", null, ColourChoice.Never, Theme.Mono)]
    [TestCase("dumb", null, ColourChoice.Auto, Theme.Mono)]
    [TestCase("vt220", null, ColourChoice.Auto, Theme.Mono)]
    [TestCase("xterm-mono", null, ColourChoice.Auto, Theme.Mono)]
    [TestCase(null, null, ColourChoice.Auto, Theme.Mono)]
    public void For_TerminalAndWish_ChoosesTheme(string? term, string? noColour, ColourChoice colours, Theme expected) =>
        Assert.That(Palette.For(null, colours, Variables(("TERM", term), ("NO_COLOR", noColour))).Theme, Is.EqualTo(expected));

    [TestCase("0;15", Theme.Light)]
    [TestCase("15;0", Theme.Dark)]
    [TestCase("0;default;7", Theme.Light)]
    public void For_NoThemeNamed_TakesTheBackgroundTheTerminalReports(string colours, Theme expected) =>
        Assert.That(Palette.For(null, ColourChoice.Auto, Variables(("TERM", "rxvt"), ("COLORFGBG", colours))).Theme, Is.EqualTo(expected));

    [Test]
    public void Mono_HasNoColourAtAll() =>
        Assert.That(
            Meanings.Select(meaning => meaning(Palette.Mono)),
            Is.All.Matches<Style>(style => style with { Emphasis = Emphasis.None } == Style.Plain)
        );

    [Test]
    public void Mono_WhatMustStandOut_DoesByEmphasis()
    {
        foreach (var meaning in Meanings.Take(9))
            Assert.That(meaning(Palette.Mono), Is.Not.EqualTo(Style.Plain));
        Assert.That(Palette.Mono.Adapt(new Style(Hue.Red)), Is.EqualTo(new Style(Emphasis: Emphasis.Bold)));
    }

    [TestCase(Theme.Dark)]
    [TestCase(Theme.Light)]
    public void Colours_AreLegible(Theme theme)
    {
        foreach (var meaning in Meanings)
        {
            var style = meaning(Palette.Of(theme));
            Assert.That(style.Foreground == style.Background && style.Foreground != Hue.None, Is.False);
            Assert.That(style is { Background: Hue.None, Foreground: Hue.Black or Hue.White or Hue.BrightWhite }, Is.False);
        }
    }

    [TestCase("C.UTF-8", null, null, false, false)]
    [TestCase("en_GB.utf8", null, null, false, false)]
    [TestCase("C", null, null, false, true)]
    [TestCase("en_GB.ISO-8859-1", null, "C", false, true)]
    [TestCase("C", "en_GB.UTF-8", null, false, false)]
    [TestCase("C.UTF-8", null, "POSIX", false, true)]
    [TestCase(null, null, null, false, true)]
    [TestCase("C.UTF-8", null, null, true, true)]
    public void Glyphs_LocaleOrWish_DecideAscii(string? lang, string? ctype, string? all, bool wished, bool expected)
    {
        var glyphs = Glyphs.For(wished, Variables(("LANG", lang), ("LC_CTYPE", ctype), ("LC_ALL", all)));

        Assert.That(glyphs.IsAscii, Is.EqualTo(expected));
        Assert.That(expected && glyphs.ToString().Any(character => character > 0x7e), Is.False);
    }

    [TestCase(0.42, 10, "████▒▒▒▒▒▒")]
    [TestCase(2, 3, "███")]
    [TestCase(-1, 3, "▒▒▒")]
    [TestCase(double.NaN, 3, "▒▒▒")]
    [TestCase(0.5, -2, "")]
    public void Progress_FillsTheWidth(double part, int width, string expected) =>
        Assert.That(Glyphs.Unicode.Progress(part, width), Is.EqualTo(expected));

    private static Func<string, string?> Variables(params (string Name, string? Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
