using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Tests.App;

public sealed class KeysFileTests
{
    [Test]
    public void Apply_OtherKeys_TheyWorkAndTheOldDoNot()
    {
        var (map, error) = KeysFile.Apply(KeyMap.Default, "# mine\n\nline-down = n J\n  help = F3\n", "keys.conf");

        Assert.That(error, Is.Null);
        Assert.That(map.Find(new KeyPress("J"), ScreenKind.Overview), Is.EqualTo((Command)ContentAct.LineDown));
        Assert.That(map.Find(new KeyPress("j"), ScreenKind.Overview), Is.Null);
        Assert.That(map.Find(new KeyPress("F3"), ScreenKind.Help), Is.EqualTo((Command)ScreenAct.Help));
        Assert.That(map.Files, Is.EqualTo(new[] { "keys.conf" }));
    }

    [Test]
    public void Apply_AKeyOfAnother_IsTakenFromItWhereBothWork()
    {
        var (map, _) = KeysFile.Apply(KeyMap.Default, "line-down = n", "keys.conf");

        Assert.That(map.Find(new KeyPress("n"), ScreenKind.Log), Is.EqualTo((Command)ContentAct.LineDown));
        Assert.That(map.Named("next-hit")!.Keys, Is.Empty);
        Assert.That(map.Named("next-hit")!.IsChanged, Is.True);
    }

    [Test]
    public void Apply_AKeyOfAnotherScreen_StaysThere()
    {
        var (map, _) = KeysFile.Apply(KeyMap.Default, "open = d", "keys.conf");

        Assert.That(map.Find(new KeyPress("d"), ScreenKind.Overview), Is.EqualTo((Command)ContentAct.Open));
        Assert.That(map.Find(new KeyPress("d"), ScreenKind.Log), Is.EqualTo((Command)LogAct.Diff));
    }

    [TestCase("line-down j", "keys.conf:1: no \"=\"; a line would be: line-down = j Down")]
    [TestCase("\nline-dwn = j", "keys.conf:2: unknown name \"line-dwn\"; did you mean \"line-down\"?")]
    [TestCase(
        "help = Hyper-x",
        "keys.conf:1: unknown key \"Hyper-x\"; a character such as j, or Space, Enter, PgDn, F5, Ctrl-d, Alt-c, Shift-Tab would do"
    )]
    [TestCase("help = Ctrl-a", "keys.conf:1: \"Ctrl-a\" belongs to screen and tmux; Ctrl-f or Alt-a would do")]
    [TestCase("help = ? Ctrl-b", "keys.conf:1: \"Ctrl-b\" belongs to screen and tmux; Ctrl-f or Alt-b would do")]
    [TestCase("help = Shift-j", "keys.conf:1: \"Shift-j\" cannot arrive: terminals send the capital; J would do")]
    [TestCase("help = Shift-J", "keys.conf:1: \"Shift-J\" cannot arrive: the capital says it already; J would do")]
    [TestCase(
        "help = Shift-1",
        "keys.conf:1: \"Shift-1\" cannot arrive: terminals send the character that is on the key; that alone would do"
    )]
    [TestCase("help = Shift-Enter", "keys.conf:1: \"Shift-Enter\" is not sent by terminals; Shift-Tab, Shift-Up or Shift-F5 would do")]
    [TestCase("help = Ctrl-D", "keys.conf:1: \"Ctrl-D\" cannot be told from Ctrl-d; that would do")]
    [TestCase("help = Ctrl-Shift-d", "keys.conf:1: \"Ctrl-Shift-d\" is not sent by terminals; Shift-Tab, Shift-Up or Shift-F5 would do")]
    [TestCase("help = Ctrl-i", "keys.conf:1: \"Ctrl-i\" is Tab to a terminal; Tab would do")]
    [TestCase("help = Ctrl-m", "keys.conf:1: \"Ctrl-m\" is Enter to a terminal; Enter would do")]
    [TestCase("help = Ctrl-c", "keys.conf:1: \"Ctrl-c\" always ends the program; Ctrl-x would do")]
    [TestCase(
        "help = Ctrl-Tab",
        "keys.conf:1: \"Ctrl-Tab\" is not sent by terminals; a letter such as Ctrl-f, or Ctrl-Up or Ctrl-F5, would do"
    )]
    [TestCase("help = Alt-/", "keys.conf:1: \"Alt-/\" is not sent by terminals; a letter or digit such as Alt-x would do")]
    public void Apply_AMistake_NamesTheLineAndAValueThatWouldDo(string text, string expected)
    {
        var (map, error) = KeysFile.Apply(KeyMap.Default, text, "keys.conf");

        Assert.That(error, Is.EqualTo(expected));
        Assert.That(map, Is.SameAs(KeyMap.Default));
    }

    [Test]
    public void Apply_TheKeysOfTheStart_ChangeNothing()
    {
        var (map, error) = KeysFile.Apply(KeyMap.Default, KeysFile.Text(KeyMap.Default), "keys.conf");

        Assert.That(error, Is.Null);
        Assert.That(map.Changed, Is.Zero);
        Assert.That(map.Bindings.Select(binding => (binding.Name, Keys: string.Join(' ', binding.Keys))),
            Is.EqualTo(KeyMap.Default.Bindings.Select(binding => (binding.Name, Keys: string.Join(' ', binding.Keys)))));
    }

    [Test]
    public void Apply_NothingButANameAndEquals_TakesTheKeysAway()
    {
        var (map, _) = KeysFile.Apply(KeyMap.Default, "mouse =", "keys.conf");

        Assert.That(map.Find(new KeyPress("F2"), ScreenKind.Overview), Is.Null);
        Assert.That(HelpText.Of(map, ScreenKind.Overview, false, "mouse", Glyphs.Ascii).Select(line => line.Keys), Does.Contain("*:mouse"));
    }

    [Test]
    public void Apply_RandomBytes_NeverThrows() =>
        CsCheck.Check.Sample(CsCheck.Gen.String, text => _ = KeysFile.Apply(KeyMap.Default, text, "keys.conf"), iter: 300);
}
