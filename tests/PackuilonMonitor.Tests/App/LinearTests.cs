using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Linear;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>The same state as sentences.</summary>
public sealed class LinearTests
{
    private static readonly ScreenState Day = Screens.Of(InventedDay.Read().Snapshot, new Size(19, 4)).SeenUntil("12:10:00");

    private static IEnumerable<string> Said(IEnumerable<string> sentences) => sentences.SelectMany(Spoken.Lines);

    [Test]
    public void Views_OfTheDay_AsExpected()
    {
        string[] commands = ["status", "workers", "changes", "recent", "health", "health WORKER", "help"];
        var text = commands.SelectMany(command => Said(LinearCommand.Of(command).View!(Day)).Prepend($"> {command}"));
        string[] screens = ["causes", "sources", "events", "history storage-el9-x86_64", "chain gateway"];
        var more = screens.SelectMany(command =>
            Said(LinearViews.Screen(Day.Take(new CommandNamed(command)).State)).Take(12).Prepend($"> {command}")
        );

        Golden.Matches("Linear.txt", string.Join('\n', text.Concat(more)) + "\n");
    }

    /// <summary>Nothing that a screen reader spells out, and nothing wider than a terminal.</summary>
    [Test]
    public void Lines_OfAnyView_AreShortAndDrawNothing()
    {
        var lines = Enum.GetValues<ScreenAct>()
            .Where(act => act is not ScreenAct.Worker)
            .SelectMany(act => Said(LinearViews.Screen(Day.Do(act))))
            .ToArray();

        Assert.That(lines, Has.Length.AtLeast(100));
        Assert.That(lines.Where(line => line.Length > 80 && line.TrimStart().Contains(' ', StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            string.Concat(lines).Where(letter =>
                char.IsControl(letter) || letter is (>= '\u2500' and <= '\u259f') or (>= '\u2800' and <= '\u28ff')
            ),
            Is.Empty
        );
    }

    [TestCase("", LinearCommandKind.None)]
    [TestCase("more", LinearCommandKind.More)]
    [TestCase("workers", LinearCommandKind.View)]
    [TestCase("health BUILD_LOST", LinearCommandKind.View)]
    [TestCase("tell steps", LinearCommandKind.Tell)]
    [TestCase("tell stories", LinearCommandKind.Screen)]
    [TestCase("unseen", LinearCommandKind.Screen)]
    public void Of_ALine_IsWhatItNames(string line, LinearCommandKind kind) =>
        Assert.That(LinearCommand.Of(line).Kind, Is.EqualTo(kind));

    [TestCase("wor", "workers")]
    [TestCase("hea BUILD_LOST", "health BUILD_LOST")]
    [TestCase("step back", "step back")]
    [TestCase("ag", "again")]
    [TestCase("st", "st", Description = "status or step")]
    [TestCase("wrap", "wrap", Description = "a command of the screen")]
    [TestCase("", "")]
    public void Whole_OfABeginning_IsTheOnlyCommandThatFits(string line, string whole) =>
        Assert.That(LinearCommand.Whole(line), Is.EqualTo(whole));

    [Test]
    public void Whole_OfAllButOneLetter_IsTheCommandOfTheHelp()
    {
        var commands = LinearCommand.Help
            .SelectMany(line => line.Split(':')[0].Split([", or ", ", "], StringSplitOptions.None))
            .Select(command => command.Split(' ')[0])
            .Where(command => command.Length > 3)
            .ToArray();

        Assert.That(commands.Select(command => LinearCommand.Whole(command[..^1])), Is.EqualTo(commands));
    }

    [TestCase("log gateway-el9-x86_64.mgd", ScreenKind.Log)]
    [TestCase("log gate", ScreenKind.Log)]
    [TestCase("history storage-el9-x86_64", ScreenKind.History)]
    [TestCase("chain storage-el9-x86_64", ScreenKind.Chain)]
    [TestCase("log nothing-like-it", ScreenKind.Overview)]
    public void Command_WithAnImage_GoesToItsNewestBuild(string named, ScreenKind screen)
    {
        var there = Day.Take(new CommandNamed(named)).State;

        Assert.That(there.User.Place.Screen, Is.EqualTo(screen));
        if (screen is ScreenKind.Overview)
            Assert.That(there.User.Notice?.Text, Is.EqualTo("no build of nothing-like-it is known"));
    }

    [Test]
    public void Unseen_GoesThroughAll_AndAKeyOfNobodyMarksNothing()
    {
        var bad = Day.Unseen.Count(news => news.IsBad);
        var other = Update.Apply(Day, Day.Now.AddMinutes(1), new CommandNamed("sources")).State;
        Assert.That(
            other.Unseen.Where(news => news.IsBad),
            Is.EqualTo(NewsList.Of(Day.Factories, Day.User.Sight.Mark, other.Shown.Now).Where(news => news.IsBad)),
            "nothing stood on a screen"
        );

        var state = Day;
        var said = new List<string>();
        for (var one = 0; one < bad; one++)
        {
            state = state.Take(new CommandNamed("next-unseen")).State;
            said.Add(state.User.Notice!.Text);
        }

        Assert.That(said, Has.Count.AtLeast(2).And.All.StartsWith("unseen "));
        Assert.That(state.Unseen.Any(news => news.IsBad), Is.False);
    }

    [Test]
    public void Between_TwoStates_TellsWhatBeganAndEndedAndNoTime()
    {
        var factory = InventedDay.Read();
        var before = Day with { Factories = factory.Snapshot };
        factory.Good("16:41:58", 1, InventedDay.Storage, "managed");
        factory.Taken("16:41:59", 1, "web-el9-x86_64").Started("16:41:59", "web-el9-x86_64", "managed");
        var after = before with { Factories = before.Factories.Next(factory.State), Now = before.Now.AddSeconds(10) };

        Assert.That(
            LinearNews.Between(before, after, Telling.Changes),
            Has.Some.StartsWith("16:41 good: storage-el9-x86_64 managed").And.Some.Contains("worker 1: building web-el9-x86_64 managed")
        );
        Assert.That(LinearNews.Between(before, after, Telling.Failures), Is.Empty);
        Assert.That(LinearNews.Between(before, after, Telling.Nothing), Is.Empty);
        Assert.That(LinearNews.Between(before, before with { Now = before.Now.AddMinutes(3) }, Telling.Steps), Is.Empty);
    }

    [TestCase(12, "12 s")]
    [TestCase(192, "3 min 12 s")]
    [TestCase(7_500, "2 h 5 min")]
    [TestCase(345_599, "95 h 59 min")]
    [TestCase(345_600, "4 days 0 h")]
    public void Span_HasUnits(int seconds, string words) => Assert.That(Spoken.Span(TimeSpan.FromSeconds(seconds)), Is.EqualTo(words));
}
