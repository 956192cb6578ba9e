using PackuilonMonitor.App;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Tests.App;

public sealed class KeyMapTests
{
    private const Where NotHelp = Where.Everywhere & ~Where.Help;

    // The keys that the documentation promises, and where.
    private static IEnumerable<TestCaseData> Promised()
    {
        (Where Where, Act Act, string Keys)[] promised =
        [
            (Where.Everywhere, Act.LineDown, "j Down"), (Where.Everywhere, Act.LineUp, "k Up"),
            (Where.Everywhere, Act.PageDown, "Space PgDn"), (Where.Everywhere, Act.PageUp, "b PgUp"),
            (Where.Everywhere, Act.HalfPageDown, "Ctrl-d"), (Where.Everywhere, Act.HalfPageUp, "Ctrl-u"),
            (Where.Everywhere, Act.Start, "g Home"), (Where.Everywhere, Act.End, "G End"),
            (Where.Everywhere, Act.Left, "h Left"), (Where.Everywhere, Act.Right, "l Right"),
            (Where.Everywhere & ~Where.None, Act.Find, "/"), (Where.Log, Act.NextHit, "n"), (Where.Log, Act.PreviousHit, "N"),
            (Where.Log, Act.OnlyMatches, "&"), (Where.Log, Act.OnlyOthers, "!"), (Where.Log, Act.MoreContext, "z"), (Where.Log, Act.LessContext, "Z"),
            (Where.Log | Where.Overview | Where.History, Act.NextProblem, "e"), (Where.Log | Where.Overview | Where.History, Act.PreviousProblem, "E"),
            (Where.Log, Act.NextStep, "}"), (Where.Log, Act.PreviousStep, "{"), (Where.Log, Act.NewerBuild, "]"), (Where.Log, Act.OlderBuild, "["),
            (Where.Log, Act.Mark, "m"), (Where.Log, Act.GoToMark, "'"), (Where.Log, Act.SearchEverywhere, "A"),
            (NotHelp, Act.Worker, "1 2 3 4 5 6 7 8 9"),
            (NotHelp, Act.CopyLine, "y"), (Where.Builds | Where.Sources, Act.CopyPath, "Y"), (Where.Builds, Act.CopyImageId, "I"),
            (Where.Builds, Act.PlainText, "x"), (Where.Builds, Act.Pager, "v"), (Where.Builds, Act.Save, "S Ctrl-s"),
            (Where.Everywhere, Act.Suspend, "Ctrl-z"), (Where.Builds, Act.Open, "Enter"), (Where.Everywhere & ~Where.Overview, Act.Back, "Esc q"),
            (Where.Overview, Act.Back, "Esc"), (Where.Overview, Act.Quit, "q Ctrl-c"), (Where.Everywhere, Act.Quit, "Ctrl-c"),
            (Where.Log, Act.Follow, "F s"), (NotHelp, Act.Freeze, "="), (Where.Log, Act.Wrap, "w"), (Where.Log, Act.TimeColumn, "t"),
            (Where.Log, Act.Prefix, "p"), (Where.Log, Act.Steps, "o"), (Where.Log | Where.Overview, Act.FullScreen, "f"),
            (Where.Log, Act.Diff, "d"), (Where.Log, Act.OnlyNew, "D"), (Where.Log, Act.Colours, "C"),
            (Where.Builds, Act.History, "H"), (Where.Builds, Act.Chain, "T"),
            (Where.Overview | Where.Log, Act.NextPane, "Tab"), (Where.Overview | Where.Log, Act.PreviousPane, "Shift-Tab"),
            (Where.Everywhere, Act.LastView, "-"), (Where.Everywhere, Act.Palette, ":"), (Where.Builds, Act.BellForBuild, "M"),
            (Where.Everywhere, Act.BellForAll, "B"), (Where.Everywhere, Act.Help, "? F1"), (Where.Everywhere, Act.Mouse, "F2"),
            (Where.Everywhere, Act.ReadAgain, "F5"), (Where.Everywhere, Act.Redraw, "Ctrl-l"),
        ];
        foreach (var (where, act, keys) in promised)
        {
            foreach (var key in keys.Split(' '))
                yield return new TestCaseData(where, act, key).SetArgDisplayNames(key, act.ToString(), where.ToString());
        }
    }

    [TestCaseSource(nameof(Promised))]
    public void Default_PromisedKey_AsksForItsActWhereItWorks(Where where, Act act, string key)
    {
        foreach (var screen in Enum.GetValues<Screen>().Where(screen => (where & Wheres.Of(screen)) != 0))
        {
            Assert.That(KeyMap.Default.Find(new KeyPress(key), screen)?.Act, Is.EqualTo(act), $"on {screen}");
            if (act is Act.Worker)
                Assert.That(KeyMap.Default.Find(new KeyPress(key), screen)?.Number, Is.EqualTo(key[0] - '0'));
        }
    }

    [Test]
    public void Default_EveryKey_MeansOneThingOnAScreen()
    {
        foreach (var screen in Enum.GetValues<Screen>())
        {
            var twice = KeyMap.Default.Bindings
                .Where(binding => binding.WorksOn(screen))
                .SelectMany(binding => binding.Keys)
                .GroupBy(key => key)
                .Where(same => same.Count() > 1)
                .Select(same => same.Key.Name);

            // On the overview q quits before it goes back.
            Assert.That(twice, Is.EquivalentTo(screen is Screen.Overview ? new[] { "q" } : []), screen.ToString());
        }
    }

    [Test]
    public void Default_KeysOfScreenAndTmux_AreNotTaken() =>
        Assert.That(KeyMap.Default.Bindings.SelectMany(binding => binding.Keys).Select(key => key.Name), Has.None.AnyOf("Ctrl-a", "Ctrl-b"));

    [Test]
    public void Default_EveryAct_CanBeAskedForByName() =>
        Assert.That(KeyMap.Default.Bindings.Select(binding => binding.Command.Act).Distinct(), Is.EquivalentTo(Enum.GetValues<Act>()));

    [Test]
    public void Default_Names_AreUnique() => Assert.That(KeyMap.Default.Bindings.Select(binding => binding.Name), Is.Unique);

    [TestCaseSource(nameof(AllScreens))]
    public void Hints_EachScreen_AreFiveToEightThatWork(Screen screen)
    {
        var hints = KeyMap.Default.Hints(screen, _ => true);

        Assert.That(hints, Has.Count.InRange(5, 8));
        Assert.That(hints.Select(hint => KeyMap.Default.Find(hint.Key, screen)), Has.None.Null);
    }

    [Test]
    public void Hints_OfChangedKeys_ShowTheKeysInUse()
    {
        var (map, _) = KeysFile.Apply(KeyMap.Default, "open = Ctrl-o\nnext-pane =", "keys.conf");

        var hints = map.Hints(Screen.Overview, _ => true);

        Assert.That(hints[0], Is.EqualTo((new KeyPress("Ctrl-o"), "log")));
        Assert.That(hints.Select(hint => hint.Word), Has.None.EqualTo("pane"));
    }

    private static Screen[] AllScreens() => Enum.GetValues<Screen>();
}
