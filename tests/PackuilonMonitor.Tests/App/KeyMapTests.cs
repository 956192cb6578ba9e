using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Tests.App;

public sealed class KeyMapTests
{
    private const Where NotHelp = Where.Everywhere & ~Where.Help;

    // The keys that the documentation promises, and where.
    private static IEnumerable<TestCaseData> Promised()
    {
        (Where Where, Command Command, string Keys)[] promised =
        [
            (Where.Everywhere, ContentAct.LineDown, "j Down"),
            (Where.Everywhere, ContentAct.LineUp, "k Up"),
            (Where.Everywhere, ContentAct.PageDown, "Space PgDn"),
            (Where.Everywhere, ContentAct.PageUp, "b PgUp"),
            (Where.Everywhere, ContentAct.HalfPageDown, "Ctrl-d"),
            (Where.Everywhere, ContentAct.HalfPageUp, "Ctrl-u"),
            (Where.Everywhere, ContentAct.Start, "g Home"),
            (Where.Everywhere, ContentAct.End, "G End"),
            (Where.Everywhere, ContentAct.Left, "h Left"),
            (Where.Everywhere, ContentAct.Right, "l Right"),
            (Where.Everywhere & ~Where.None, ContentAct.Find, "/"),
            (Where.Log, LogAct.NextHit, "n"),
            (Where.Log, LogAct.PreviousHit, "N"),
            (Where.Log, LogAct.OnlyMatches, "&"),
            (Where.Log, LogAct.OnlyOthers, "!"),
            (Where.Log, LogAct.MoreContext, "z"),
            (Where.Log, LogAct.LessContext, "Z"),
            (Where.Log | Where.Overview | Where.History, ContentAct.NextProblem, "e"),
            (Where.Log | Where.Overview | Where.History, ContentAct.PreviousProblem, "E"),
            (Where.Log, LogAct.NextStep, "}"),
            (Where.Log, LogAct.PreviousStep, "{"),
            (Where.Log, LogAct.NewerBuild, "]"),
            (Where.Log, LogAct.OlderBuild, "["),
            (Where.Log, LogAct.Mark, "m"),
            (Where.Log, LogAct.GoToMark, "'"),
            (Where.Log, LogAct.SearchEverywhere, "A"),
            (NotHelp, ScreenAct.Worker, "1 2 3 4 5 6 7 8 9"),
            (NotHelp, BuildAct.CopyLine, "y"),
            (Where.Builds | Where.Sources, BuildAct.CopyPath, "Y"),
            (Where.Builds, BuildAct.CopyImageId, "I"),
            (Where.Everywhere & ~Where.Log, ScreenAct.Health, "!"),
            (Where.Log, LogAct.OnlyOthers, "!"),
            (Where.Health, CheckAct.Mute, "m"),
            (Where.Health, CheckAct.CopyCommand, "c"),
            (Where.Health, ContentAct.Open, "Enter"),
            (Where.Health, ContentAct.NextPane, "Tab"),
            (Where.Builds, BuildAct.PlainText, "x"),
            (Where.Builds, BuildAct.Pager, "v"),
            (Where.Builds, BuildAct.Save, "S Ctrl-s"),
            (Where.Everywhere, ProgramAct.Suspend, "Ctrl-z"),
            (Where.Builds, ContentAct.Open, "Enter"),
            (Where.Everywhere & ~Where.Overview, ContentAct.Back, "Esc q"),
            (Where.Overview, ContentAct.Back, "Esc"),
            (Where.Overview, ProgramAct.Quit, "q"),
            (Where.Everywhere, ProgramAct.QuitAtOnce, "Ctrl-c"),
            (Where.Log, LogAct.Follow, "F s"),
            (NotHelp, ContentAct.Freeze, "="),
            (Where.Log, LogAct.Wrap, "w"),
            (Where.Log, LogAct.TimeColumn, "t"),
            (NotHelp & ~Where.Log, ScreenAct.Timeline, "t"),
            (Where.Timeline, TimelineAct.ShorterSpan, "z"),
            (Where.Timeline, TimelineAct.LongerSpan, "Z"),
            (Where.Log, LogAct.Prefix, "p"),
            (Where.Log, LogAct.Steps, "o"),
            (Where.Log | Where.Overview, ContentAct.FullScreen, "f"),
            (Where.Log, LogAct.Diff, "d"),
            (Where.Log, LogAct.OnlyNew, "D"),
            (Where.Log, LogAct.Colours, "C"),
            (Where.Log, LogAct.PreviousBuilder, "("),
            (Where.Log, LogAct.NextBuilder, ")"),
            (Where.Overview | Where.History | Where.Causes | Where.Log, ScreenAct.Causes, "X"),
            (NotHelp, SightAct.NextUnseen, "u"),
            (NotHelp, SightAct.AllSeen, "U"),
            (Where.WithStrip, ContentAct.RowInFull, "i"),
            (NotHelp, PastAct.EventBefore, ","),
            (NotHelp, PastAct.EventAfter, "."),
            (NotHelp, PastAct.FailureBefore, "<"),
            (NotHelp, PastAct.FailureAfter, ">"),
            (NotHelp, PastAct.At, "@"),
            (NotHelp, PastAct.Live, "L"),
            (Where.Chain, ScreenAct.OlderChange, "["),
            (Where.Chain, ScreenAct.NewerChange, "]"),
            (Where.Timeline, ContentAct.Open, "Enter"),
            (Where.Sources, ContentAct.Open, "Enter"),
            (Where.Causes, ContentAct.Open, "Enter"),
            (Where.Timeline | Where.Causes, BuildAct.CopyImageId, "I"),
            (Where.Builds, BuildAct.History, "H"),
            (Where.Builds, BuildAct.Chain, "T"),
            (Where.Overview | Where.Log, ContentAct.NextPane, "Tab"),
            (Where.Overview | Where.Log, ContentAct.PreviousPane, "Shift-Tab"),
            (Where.Everywhere, ScreenAct.LastView, "-"),
            (Where.Everywhere, ProgramAct.Palette, ":"),
            (Where.Builds, BuildAct.BellForBuild, "M"),
            (Where.Everywhere, ProgramAct.BellForAll, "B"),
            (Where.Everywhere, ScreenAct.Help, "? F1"),
            (Where.Everywhere, ProgramAct.Mouse, "F2"),
            (Where.Everywhere, ProgramAct.ReadAgain, "F5"),
            (Where.Everywhere, ProgramAct.Redraw, "Ctrl-l"),
        ];
        foreach (var (where, command, keys) in promised)
        {
            foreach (var key in keys.Split(' '))
                yield return new TestCaseData(where, command, key).SetArgDisplayNames(key, command.ToString(), where.ToString());
        }
    }

    [TestCaseSource(nameof(Promised))]
    public void Default_PromisedKey_AsksForItsActWhereItWorks(Where where, Command command, string key)
    {
        foreach (var screen in Enum.GetValues<ScreenKind>().Where(screen => (where & Wheres.Of(screen)) != 0))
        {
            Assert.That(KeyMap.Default.Find(new KeyPress(key), screen)?.Bare(), Is.EqualTo(command), $"on {screen}");
            if (command is ScreenCommand { Act: ScreenAct.Worker })
                Assert.That((KeyMap.Default.Find(new KeyPress(key), screen) as ScreenCommand)?.Number, Is.EqualTo(key[0] - '0'));
        }
    }

    [Test]
    public void Default_EveryKey_MeansOneThingOnAScreen()
    {
        foreach (var screen in Enum.GetValues<ScreenKind>())
        {
            var twice = KeyMap.Default.Bindings
                .Where(binding => binding.WorksOn(screen))
                .SelectMany(binding => binding.Keys)
                .GroupBy(key => key)
                .Where(same => same.Count() > 1)
                .Select(same => same.Key.Name);

            // On the overview q quits before it goes back. In a log ! leaves only other lines and t changes the time column;
            // :health and :timeline lead to those screens.
            string[] shared = screen switch { ScreenKind.Overview => ["q"], ScreenKind.Log => ["!", "t"], _ => [] };
            Assert.That(twice, Is.EquivalentTo(shared), screen.ToString());
        }
    }

    [Test]
    public void Default_KeysOfScreenAndTmux_AreNotTaken() =>
        Assert.That(
            KeyMap.Default.Bindings.SelectMany(binding => binding.Keys).Select(key => key.Name),
            Has.None.AnyOf("Ctrl-a", "Ctrl-b")
        );

    [Test]
    public void Default_EveryAct_CanBeAskedForByName() =>
        Assert.That(KeyMap.Default.Bindings.Select(binding => binding.Command.Bare()).Distinct(), Is.EquivalentTo(EveryCommand.All));

    [Test]
    public void Default_Names_AreUnique() => Assert.That(KeyMap.Default.Bindings.Select(binding => binding.Name), Is.Unique);

    [TestCaseSource(nameof(AllScreens))]
    public void Hints_EachScreen_AreFiveToEightThatWork(ScreenKind screen)
    {
        var hints = KeyMap.Default.Hints(screen, _ => true);

        Assert.That(hints, Has.Count.InRange(5, 8));
        Assert.That(hints.Select(hint => KeyMap.Default.Find(hint.Key, screen)), Has.None.Null);
    }

    [Test]
    public void Hints_OfChangedKeys_ShowTheKeysInUse()
    {
        var (map, _) = KeysFile.Apply(KeyMap.Default, "open = Ctrl-o\nnext-pane =", "keys.conf");

        var hints = map.Hints(ScreenKind.Overview, _ => true);

        Assert.That(hints[0], Is.EqualTo((new KeyPress("Ctrl-o"), "log")));
        Assert.That(hints.Select(hint => hint.Word), Has.None.EqualTo("pane"));
    }

    private static ScreenKind[] AllScreens() => Enum.GetValues<ScreenKind>();
}
