using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

/// <summary>Two factories with equal names of images and threads on one screen.</summary>
public sealed class SeveralFactoriesTests
{
    private static readonly Size Wide = new(140, 40);

    private static readonly Snapshot Two = InventedDay.Two();

    private static IEnumerable<TestCaseData> Pictures() =>
        from screen in new (string Name, Command[] Acts)[]
        {
            ("Overview", []),
            ("OneAlone", [new ScreenCommand(ScreenAct.Factory, Text: "oxford")]),
            ("Filtered", [new ContentCommand(ContentAct.Find, Text: "oxford")]),
            ("History", [new ContentCommand(ContentAct.LineDown), new BuildCommand(BuildAct.History)]),
            ("Events", [new ScreenCommand(ScreenAct.Events)]),
            ("Sources", [new ScreenCommand(ScreenAct.Sources)]),
        }
        from size in new[] { new Size(80, 24), Wide, new Size(40, 10) }
        select new TestCaseData(screen.Name, screen.Acts, size).SetArgDisplayNames(screen.Name, $"{size.Columns}x{size.Rows}");

    [TestCaseSource(nameof(Pictures))]
    public void Render_TwoFactories_AsExpected(string name, Command[] acts, Size size)
    {
        var picture = Screens.Of(Two, size).Do(acts).Text();

        Golden.Matches($"TwoFactories.{name}.{size.Columns}x{size.Rows}.txt", picture);
    }

    [Test]
    public void Each_BesideTheOther_IsWhatItIsAlone()
    {
        foreach (
            var (named, alone) in new[] { (Two.Of("harwell"), InventedDay.Factory().State), (Two.Of("oxford"), InventedDay.Other().State) }
        )
        {
            var own = BuildView.All(named.State);
            Assert.That(own.Select(build => build.Id), Is.EqualTo(BuildView.All(alone).Select(build => $"{named.Name}/{build.Id}")));
            Assert.That(
                own.Select(build => (build.State, build.Worker, build.StartedAt, build.EndedAt, build.Reason, build.Step)),
                Is.EqualTo(
                    BuildView
                        .All(alone)
                        .Select(build => (build.State, build.Worker, build.StartedAt, build.EndedAt, build.Reason, build.Step))
                )
            );
            Assert.That(named.State.Workers.Values.Select(Doing), Is.EqualTo(alone.Workers.Values.Select(Doing)));
            Assert.That(
                named.State.Triggers.Triggers.Select(trigger => trigger.Id),
                Is.EqualTo(alone.Triggers.Triggers.Select(trigger => $"{named.Name}/{trigger.Id}"))
            );
        }
    }

    [Test]
    public void Builds_OfBoth_AreInOrderOfStart()
    {
        var starts = Two.Builds.Select(build => build.StartedAt).ToList();

        Assert.That(starts, Is.Ordered);
        Assert.That(starts, Has.Count.EqualTo(Two.Of("harwell").Builds.Count + Two.Of("oxford").Builds.Count));
    }

    [Test]
    public void Past_OfABuild_IsOfItsOwnFactory()
    {
        var running = Two
            .Workers.Where(row => row.Running?.Image.Text == InventedDay.Storage)
            .ToDictionary(row => row.Factory!, row => row.Running!);

        Assert.That(Two.PastOf(running["harwell"]).Usual, Is.EqualTo(TimeSpan.FromMinutes(7)));
        Assert.That(Two.PastOf(running["oxford"]).Usual, Is.EqualTo(TimeSpan.FromMinutes(21)));
        Assert.That(Two.PastOf(running["oxford"]).Ended, Has.All.Matches<BuildView>(build => build!.Factory == "oxford"));
    }

    [Test]
    public void Rows_OfAllLists_HaveIdsOfTheirOwn()
    {
        foreach (var rows in new[] { Two.WorkerLines, Two.Triggers, Two.Ended, Two.Events, [.. Two.Sources] })
            Assert.That(rows.Select(row => row.Id), Is.Unique);
        Assert.That(Two.Builds.Select(build => build.Id), Is.Unique);
        Assert.That(Two.Builds.Select(build => Two.Find(build.Id)), Is.EqualTo(Two.Builds));
    }

    [Test]
    public void Header_OfTwoFactories_SumsOverThem()
    {
        var header = Picture.Render(Screens.Of(Two, Wide, InventedDay.Paint()), []).ToText().Split('\n')[..3];

        Assert.That(header[0], Does.StartWith(" WARN    harwell WORKER_LOST T3 15:58").And.Contain("2 factories"));
        Assert.That(header[1], Does.Contain("building 3/6").And.Contain("queue 1"));
        Assert.That(header[2], Does.StartWith(" stages   harwell ").And.Contain("oxford all well"));
    }

    [Test]
    public void Header_OfAFactoryThatCannotBeSeen_DoesNotSayThatAllIsWell()
    {
        var unread = new SourceHealth(InventedFactory.Messages, SourceState.Missing, null, InventedFactory.At("7:59:00"));
        var snapshot = Snapshot.Of(
            [
                Two.Of("oxford"),
                FactorySnapshot.Of(
                    new InventedFactory("ponte")
                        .Event("7:59:00", new SourceSeen(unread))
                        .Event("16:41:51", new LogDirectoryRead())
                        .State,
                    Facts.None
                ),
            ],
            Facts.None
        );

        var stages = Picture.Render(Screens.Of(snapshot, Wide, InventedDay.Paint()), []).ToText().Split('\n')[2];

        Assert.That(stages.Trim(), Is.EqualTo("stages   oxford all well   ponte ? SOURCE_UNREADABLE"));
    }

    [Test]
    public void Health_OnANarrowScreen_HasTheStagesOfEachFactory()
    {
        var lines = Screens.Of(Two, new Size(80, 24)).Do(new ScreenCommand(ScreenAct.Health)).Text().Split('\n');

        var stages = lines
            .SkipWhile(line => !line.Contains("STAGES", StringComparison.Ordinal))
            .Skip(1)
            .Take(2)
            .Select(line => line.Trim());
        Assert.That(stages, Is.EqualTo(new[] { "harwell        ✗ cdb2rabbit FAILED 16:40", "oxford         all well" }));
    }

    [Test]
    public void Factory_NamedInThePalette_IsShownAloneUntilEsc()
    {
        var view = Start.Do(new ProgramCommand(ProgramAct.Palette, Text: "factory oxford"));
        Assert.That(Shown(view), Does.Contain("   oxford   16:41:56").And.Not.Contain("harwell"));

        Assert.That(Shown(view.Do(new ContentCommand(ContentAct.Back))), Does.Contain("harwell").And.Contain("oxford"));
    }

    [Test]
    public void Factory_AskedForAgainAndAgain_GoesRound()
    {
        var view = Start;
        var shown = Enumerable.Range(0, 4).Select(_ => (view = view.Do(new ScreenCommand(ScreenAct.Factory))).User.Factory).ToArray();

        Assert.That(shown, Is.EqualTo(new[] { "harwell", "oxford", null, "harwell" }));
    }

    [TestCase("nowhere", "no factory \"nowhere\"; there are harwell, oxford")]
    [TestCase("all", "all factories")]
    public void Factory_OfAnotherWord_IsAnswered(string name, string answer) =>
        Assert.That(Start.Do(new ScreenCommand(ScreenAct.Factory, Text: name)).User.Notice!.Text, Is.EqualTo(answer));

    [Test]
    public void Factory_WhereThereIsOneWithoutAName_SaysSo()
    {
        var day = InventedDay.Factory().Snapshot;

        Assert.That(Screens.Of(day, Wide).Do(ScreenAct.Factory).User.Notice!.Text, Is.EqualTo("there is one factory, and it has no name"));
    }

    [Test]
    public void Open_OnAHeading_ShowsThatFactoryAloneAndAgainAll()
    {
        var view = Start.Do(new ContentCommand(ContentAct.Open));
        Assert.That(view.User.Factory, Is.EqualTo("harwell"));
        Assert.That(view.Do(new ContentCommand(ContentAct.Start), new ContentCommand(ContentAct.Open)).User.Factory, Is.Null);
    }

    [Test]
    public void WorkerOfANumber_IsFirstThatOfTheFactoryUnderTheCursor()
    {
        var view = Start.Do(new ContentCommand(ContentAct.End), new ScreenCommand(ScreenAct.Worker, 1));

        Assert.That(
            Selection.Row(view),
            Is.InstanceOf<WorkerRow>().With.Property("Factory").EqualTo("oxford").And.Property("Thread").EqualTo(1)
        );
    }

    [Test]
    public void Filter_ByAFactory_KeepsItsRowsBelowItsHeading()
    {
        var rows = Lists.Of(Two, Start.Do(new ContentCommand(ContentAct.Find, Text: "oxford")).User.Place, Pane.Workers, InventedDay.Now);

        Assert.That(rows.Select(row => row.Id), Is.EqualTo(new[] { "factory oxford", "oxford/thread 1", "oxford/thread 2" }));
        Assert.That(
            Lists.Of(Two, Start.Do(new ContentCommand(ContentAct.Find, Text: "nobody")).User.Place, Pane.Workers, InventedDay.Now),
            Is.Empty
        );
    }

    [Test]
    public void Frozen_AndThenOneFactory_ShowsThatOneAsItWas()
    {
        var view = Start.Do(new ContentCommand(ContentAct.Freeze), new ScreenCommand(ScreenAct.Factory, Text: "oxford"));

        Assert.That(Shown(view), Does.Contain("FROZEN").And.Contain("   oxford   FROZEN").And.Not.Contain("harwell"));
    }

    [Test]
    public void Next_OfOneFactory_LeavesTheOtherAsItIs()
    {
        var after = Two.Next(InventedDay.Other("oxford").Good("16:41:00", 1, InventedDay.Storage, "managed").State);

        Assert.That(after.Of("harwell"), Is.SameAs(Two.Of("harwell")));
        Assert.That(after.Workers.Count(row => row.Factory == "oxford" && row.Running is not null), Is.Zero);
    }

    [Test]
    public void Alerts_OfOneFactory_NameItAndAreNotTheOthers()
    {
        var (before, now) = (Read(Two), InventedDay.Now);
        var after = Read(Two.Next(InventedDay.Other("oxford").Failed("16:41:55", 1, InventedDay.Storage, "managed").State));

        var alert = AlertWatch.Start.Between(before, now, after, now).Alerts.Single();

        Assert.That((alert.Kind, alert.Factory), Is.EqualTo((AlertKind.Failed, "oxford")));
        Assert.That(Bulletin.Of(alert, after, now).Text, Does.StartWith($"oxford: {InventedDay.Storage}.managed.json failed"));
    }

    [Test]
    public void Alerts_OfAFactoryThatIsStillRead_AreNone()
    {
        var start = Snapshot.Of([Two.Of("harwell"), FactorySnapshot.Of(MonitorState.Of("oxford"), Facts.None)], Facts.None);

        Assert.That(AlertWatch.Start.Between(start, InventedDay.Now, Two, InventedDay.Now).Alerts, Is.Empty);
    }

    private static Snapshot Read(Snapshot two) => two.Factories.Aggregate(
        two, static (all, factory) => all.Next(factory.State.Apply(Given.Seen(new LogDirectoryRead()))));

    private static ScreenState Start => Screens.Of(Two, Wide);

    private static string Shown(ScreenState state) => state.Text();

    /// <summary>What a worker does, without the ids that begin with the factory's name.</summary>
    private static (WorkerId, Type, DateTimeOffset, int?) Doing(Worker worker) =>
        (worker.Id, worker.Activity.GetType(), worker.Since, worker.Build);
}
