using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;

namespace PackuilonMonitor.Tests.App;

public sealed class SnapshotTests
{
    [Test]
    public void Ended_TwoMessagesRefusedByAThreadAtOneTime_AreTwoRows()
    {
        var factory = new InventedFactory().Worker("8:00:00", 2);
        foreach (var error in new[] { "KeyError('a')", "KeyError('b')" })
            factory
                .Line("12:00:00", Speaker.Rabbit2Packer, new ExceptionShown(), error)
                .Line("12:00:00", Speaker.Rabbit2Packer, new JobRefused(new WorkerId(2), Refusal.NoSourceImage), "Thread-2: no image");
        var rows = factory.Snapshot.Ended.OfType<RejectionRow>().ToArray();

        Assert.That(rows.Select(row => row.Rejection.Error), Is.EquivalentTo(new[] { "KeyError('a')", "KeyError('b')" }));
        Assert.That(rows.Select(row => row.Id), Is.Unique);
    }

    [Test]
    public void Next_StateByState_ShowsWhatANewSnapshotShows()
    {
        var states = InventedDay.Factory().States;
        var facts = new Facts(ThreadCount: 4);
        var (snapshot, size, paint) = (Snapshot.Of(MonitorState.Empty, facts), new Size(140, 40), InventedDay.Paint());
        foreach (var state in states)
        {
            snapshot = snapshot.Next(state);
            var fresh = Snapshot.Of(state, facts);

            foreach (var command in new Command[] { ScreenAct.Overview, ScreenAct.Events, BuildAct.History })
            {
                var shown = Screens.Of(fresh, size, paint).Do(command);
                Assert.That(
                    (shown with { Factories = snapshot }).Text(),
                    Is.EqualTo(shown.Text()),
                    () => $"after {state.Observed} observations: {state.Recent[^1]}");
            }
        }
    }

    [Test]
    public void Next_ALogGrows_KeepsWhatEndedBuildsSay()
    {
        var factory = InventedDay.Factory();
        var before = factory.Snapshot;
        var (ended, triggers) = (before.Ended, before.Triggers);
        factory.Logged(InventedDay.Storage, "managed", ("16:41:58", "==> openstack: Terminating the source server: x ..."));

        var after = before.Next(factory.State);

        Assert.That(after.PastOf(after.Builds[0]), Is.SameAs(before.PastOf(before.Builds[0])));
        Assert.That(after.Ended, Is.SameAs(ended));
        Assert.That(after.Triggers, Is.SameAs(triggers));
        Assert.That(after.Workers[0].Running!.Step, Is.EqualTo("Terminating the source server: x"));
    }

    [Test]
    public void Next_ALogReportsTheEndThatNoLineShowed_TheTriggersShowItToo()
    {
        const string file = "lone-el9-x86_64.managed.json.1795420800.log";
        var log = BuildLog.Empty.Apply("==> openstack: Launching server...", null);
        var factory = new InventedFactory()
            .Worker("7:59:00", 1)
            .Line(
                "7:59:30",
                Speaker.Cdb2Rabbit,
                new ProfileRebuilt("lone-el9-x86_64.example.org.json"),
                "CI profile rebuilt: lone-el9-x86_64.example.org.json"
            )
            .Line("7:59:30", Speaker.Cdb2Rabbit, new MessagePushing(), "Pushing message to queue for build")
            .Taken("8:00:00", 1, "lone-el9-x86_64")
            .Line(
                "8:00:00",
                Speaker.Rabbit2Packer,
                new BuildStarted($"/etc/packer-utils/log/{file}"),
                $"packer build starting, see: {file}"
            )
            .Event("8:00:01", new BuildLogRead(file, log, 0));
        var before = factory.Snapshot;
        Assert.That(((TriggerRow)before.Triggers[0]).Builds.Single().State, Is.EqualTo(BuildState.Building));

        var ended = log.Apply("rabbit2packer: Build finished at 1795421000 (epoch) with exit code 1", null);
        var after = before.Next(factory.Event("8:04:00", new BuildLogRead(file, ended, 0)).State);

        Assert.That(((TriggerRow)after.Triggers[0]).Builds.Single().State, Is.EqualTo(BuildState.Failed));
    }

    [Test]
    public void Events_OlderOnesForgotten_KeepTheirIds()
    {
        var factory = new InventedFactory();
        for (var line = 0; line < MonitorState.MostRecent; line++)
            factory.Line("8:00:00", Speaker.Rabbit2Packer, new RallyNoted(), "the same text");
        var before = factory.Snapshot;
        factory.Line("8:00:00", Speaker.Rabbit2Packer, new RallyNoted(), "the same text");
        var after = before.Next(factory.State);

        Assert.That(after.Events[1].Id, Is.EqualTo(before.Events[0].Id));
        Assert.That(after.Events.Select(row => row.Id), Is.Unique);
    }

    [Test]
    public void Workers_ThreadsNotHeardOf_HaveARowOfTheirOwn()
    {
        var snapshot = new InventedFactory().Worker("8:00:00", 2).Snapshot;

        Assert.That(
            snapshot.Workers.Select(row => (row.Thread, row.Worker is null)),
            Is.EqualTo(new (int?, bool)[] { (1, true), (2, false), (3, true), (4, true) })
        );
    }

    [Test]
    public void Workers_ABuildWithoutAThread_IsShownAsTQuestion()
    {
        var snapshot = new InventedFactory().Worker("8:00:00", 1).Started("8:01:00", "orphan-el9-x86_64", "managed").Snapshot;

        var picture = Picture.Render(Screens.Of(snapshot, new Size(80, 24), InventedDay.Paint()), []).ToText();

        Assert.That(picture, Does.Contain("T?").And.Contain("orphan-el9-x86_64.mgd"));
    }

    [TestCase("8:01:20", "packer has not started yet")]
    [TestCase("8:02:00", "no build started since 08:01:00")]
    public void Workers_ATakenMessageWithoutABuild_IsSaidAfterAWhile(string now, string expected)
    {
        var snapshot = new InventedFactory().Worker("8:00:00", 1).Taken("8:01:00", 1, "slow-el9-x86_64").Snapshot;
        var paint = InventedDay.Paint() with { Now = InventedFactory.At(now) };

        Assert.That(Picture.Render(Screens.Of(snapshot, new Size(80, 24), paint), []).ToText(), Does.Contain(expected));
    }

    [Test]
    public void Outlook_FewerThanThreeGoodBuilds_SaysNothing()
    {
        var day = InventedDay.Factory().Snapshot;
        var first = day.Builds.First(build => build.Image.Text == InventedDay.Gateway);

        Assert.That(day.PastOf(first).Usual, Is.Null);
        Assert.That(Outlook.Of(first with { State = BuildState.Building }, day.PastOf(first), InventedDay.Now).Left, Is.Null);
    }

    [Test]
    public void Outlook_TimesOfStepsUnknown_GoesByTheWholeBuild()
    {
        var day = InventedDay.Factory().Snapshot;
        var running = day.Workers[0].Running! with { Log = null };

        var outlook = Outlook.Of(running, day.PastOf(running), running.StartedAt!.Value.AddMinutes(3));

        Assert.That((outlook.Left, outlook.Late, outlook.Stuck), Is.EqualTo(((TimeSpan?)TimeSpan.FromMinutes(4), false, (object?)null)));
    }

    [Test]
    public void QueueOutlook_AllWorkersBusy_NamesTheFirstThatWillBeFree()
    {
        var factory = new InventedFactory().Worker("8:00:00", 1).Worker("8:00:00", 2);
        foreach (var hour in new[] { 9, 10, 11 })
            factory
                .WholeBuild($"{hour}:00:00", 1, "quick-el9-x86_64", "managed", 5)
                .WholeBuild($"{hour}:10:00", 2, "slow-el9-x86_64", "managed", 20);
        factory.Taken("12:00:00", 1, "slow-el9-x86_64").Started("12:00:00", "slow-el9-x86_64", "managed")
            .Taken("12:01:00", 2, "quick-el9-x86_64").Started("12:01:00", "quick-el9-x86_64", "managed")
            .Line("12:02:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("next.example.org.json"), "CI profile rebuilt: next.example.org.json")
            .Line("12:02:00", Speaker.Cdb2Rabbit, new MessagePushing(), "Pushing message to queue for build");
        var snapshot = FactorySnapshot.Of(factory.State, Facts.None);

        var next = QueueOutlook.Of(snapshot, factory.State.Triggers.Triggers[^1], InventedFactory.At("12:03:00"));

        Assert.That(next, Is.EqualTo((2, TimeSpan.FromMinutes(3))));
        factory
            .Line(
                "12:02:00",
                Speaker.Cdb2Rabbit,
                new ProfileRebuilt("other.example.org.json"),
                "CI profile rebuilt: other.example.org.json"
            )
            .Line("12:02:00", Speaker.Cdb2Rabbit, new MessagePushing(), "Pushing message to queue for build");
        snapshot = FactorySnapshot.Of(factory.State, Facts.None);
        Assert.That(
            factory
                .State.Triggers.Triggers.TakeLast(2)
                .Select(trigger => QueueOutlook.Of(snapshot, trigger, InventedFactory.At("12:03:00"))?.Thread),
            Is.EqualTo(new int?[] { 2, 1 }),
            "two of one second"
        );
        factory.Good("12:03:00", 2, "quick-el9-x86_64", "managed");
        Assert.That(
            QueueOutlook.Of(
                FactorySnapshot.Of(factory.State, Facts.None),
                factory.State.Triggers.Triggers[^1],
                InventedFactory.At("12:03:00")
            ),
            Is.Null,
            "a worker is free"
        );
    }

    [Test]
    public void Triggers_NeighboursThatAreUnchanged_AreOneRow()
    {
        var rows = InventedDay.Factory().Snapshot.Triggers.Cast<TriggerRow>().ToArray();

        Assert.That(rows.Select(row => row.Triggers.Count), Is.EqualTo(new[] { 1, 1, 1, 1, 2, 1 }));
        Assert.That(rows[^1].Builds.Single().State, Is.EqualTo(BuildState.Failed));
    }

    [Test]
    public void Triggers_AMessageWithoutOne_SaysSoOnlyWhereTriggersAreHeard()
    {
        var alone = new InventedFactory().Worker("8:00:00", 1).WholeBuild("9:00:00", 1, "hand-el9-x86_64", "managed", 5);
        Assert.That(alone.Snapshot.Triggers, Is.Empty);

        var heard = new InventedFactory().Worker("8:00:00", 1)
            .Line("8:30:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("a.example.org.json"), "CI profile rebuilt: a.example.org.json")
            .WholeBuild("9:00:00", 1, "hand-el9-x86_64", "managed", 5);
        Assert.That(
            Picture.Render(Screens.Of(heard.Snapshot, new Size(80, 24), InventedDay.Paint()), []).ToText(),
            Does.Contain("hand-el9-x86_64               by hand? ok  41c0ffee")
        );
    }
}
