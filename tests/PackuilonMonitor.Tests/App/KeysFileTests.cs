using PackuilonMonitor.App;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.App;

public sealed class KeysFileTests
{
    [Test]
    public void Apply_OtherKeys_TheyWorkAndTheOldDoNot()
    {
        var (map, error) = KeysFile.Apply(KeyMap.Default, "# mine\n\nline-down = n J\n  help = F3\n", "keys.conf");

        Assert.That(error, Is.Null);
        Assert.That(map.Find(new KeyPress("J"), Screen.Overview)?.Act, Is.EqualTo(Act.LineDown));
        Assert.That(map.Find(new KeyPress("j"), Screen.Overview), Is.Null);
        Assert.That(map.Find(new KeyPress("F3"), Screen.Help)?.Act, Is.EqualTo(Act.Help));
        Assert.That(map.Files, Is.EqualTo(new[] { "keys.conf" }));
    }

    [Test]
    public void Apply_AKeyOfAnother_IsTakenFromItWhereBothWork()
    {
        var (map, _) = KeysFile.Apply(KeyMap.Default, "line-down = n", "keys.conf");

        Assert.That(map.Find(new KeyPress("n"), Screen.Log)?.Act, Is.EqualTo(Act.LineDown));
        Assert.That(map.Named("next-hit")!.Keys, Is.Empty);
        Assert.That(map.Named("next-hit")!.IsChanged, Is.True);
    }

    [Test]
    public void Apply_AKeyOfAnotherScreen_StaysThere()
    {
        var (map, _) = KeysFile.Apply(KeyMap.Default, "open = d", "keys.conf");

        Assert.That(map.Find(new KeyPress("d"), Screen.Overview)?.Act, Is.EqualTo(Act.Open));
        Assert.That(map.Find(new KeyPress("d"), Screen.Log)?.Act, Is.EqualTo(Act.Diff));
    }

    [TestCase("line-down j", "keys.conf:1: no \"=\"; a line would be: line-down = j Down")]
    [TestCase("\nline-dwn = j", "keys.conf:2: unknown name \"line-dwn\"; did you mean \"line-down\"?")]
    [TestCase("help = Hyper-x", "keys.conf:1: unknown key \"Hyper-x\"; a character such as j, or Space, Enter, PgDn, F5, Ctrl-d, Alt-c, Shift-Tab would do")]
    [TestCase("help = Ctrl-a", "keys.conf:1: \"Ctrl-a\" belongs to screen and tmux; Ctrl-f or Alt-a would do")]
    [TestCase("help = ? Ctrl-b", "keys.conf:1: \"Ctrl-b\" belongs to screen and tmux; Ctrl-f or Alt-b would do")]
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

        Assert.That(map.Find(new KeyPress("F2"), Screen.Overview), Is.Null);
        Assert.That(HelpText.Of(map, Screen.Overview, false, "mouse").Select(line => line.Keys), Does.Contain("*:mouse"));
    }

    [Test]
    public void Apply_RandomBytes_NeverThrows() =>
        CsCheck.Check.Sample(CsCheck.Gen.String, text => _ = KeysFile.Apply(KeyMap.Default, text, "keys.conf"), iter: 300);
}
