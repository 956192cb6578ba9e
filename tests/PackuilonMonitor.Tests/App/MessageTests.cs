using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.App;

/// <summary>What arrives from elsewhere: states, pages, answers; and what is dropped of it.</summary>
public sealed class MessageTests
{
    private static readonly ScreenState Day = With(Screens.Of(Read().Snapshot));

    private static InventedFactory Read() => InventedDay.Factory().Event("16:41:51", new LogDirectoryRead());

    private static ScreenState With(ScreenState state) =>
        state with { Settings = state.Settings with { Notified = [AlertKind.Failed, AlertKind.WorkerLost], HasStore = true } };

    private static SubscriptionId Factory(ScreenState state) => Subscriptions.Of(state).OfType<FactoryStates>().Single().Id;

    private static Transition Publish(ScreenState state, MonitorState published) =>
        state.Take(new StatePublished(Factory(state), published));

    private static InventedFactory Failed() => Read().Failed("16:41:58", 1, InventedDay.Storage, "managed");

    [Test]
    public void State_WithAFailure_RingsAtOnceAndIsSentWhenItsLastLinesAreThere()
    {
        var rung = Publish(Day, Failed().State);
        Assert.That(rung.Effects.Select(effect => (effect as RingBell)?.Why), Is.EqualTo(new[] { "a build failed" }));

        var tick = Subscriptions.Of(rung.State).OfType<Ticks>().Single();
        Assert.That(Update.Apply(rung.State, Day.Now.AddSeconds(1), new Ticked(tick.Id)).Effects, Is.Empty);
        var sent = Update.Apply(rung.State, Day.Now.AddSeconds(2), new Ticked(tick.Id));
        Assert.That(
            sent.Effects.Select(effect => (effect as SendBulletin)?.Bulletin.Kind),
            Is.EqualTo(new[] { (AlertKind?)AlertKind.Failed })
        );
        Assert.That(Update.Apply(sent.State, Day.Now.AddSeconds(3), new Ticked(tick.Id)).Effects, Is.Empty);
    }

    /// <summary>At the start the screen says what cannot be read, and who tells more.</summary>
    [Test]
    public void State_WithASourceThatCannotBeRead_OffersDoctor()
    {
        var missing = new SourceHealth(new("/var/log/messages"), SourceState.Missing, "No such file or directory", InventedDay.Now);
        var read = new InventedFactory().Event("16:41:50", new SourceSeen(missing)).Event("16:41:51", new LogDirectoryRead());
        var reading = Screens.Of(new InventedFactory().Snapshot).WithNotice(ScreenState.Reading);

        Assert.That(Publish(reading, read.State).State.User.Notice, Is.EqualTo(
            new Notice("/var/log/messages: No such file or directory; R runs doctor", IsProblem: true)));
        Assert.That(Publish(reading, Read().State).State.User.Notice, Is.Null, "all can be read");
    }

    [Test]
    public void State_OfASourceThatCanBeReadAgain_TakesBackWhatWasSaidOfIt()
    {
        var missing = new SourceHealth(new("/var/log/messages"), SourceState.Missing, "No such file or directory", InventedDay.Now);
        var read = new InventedFactory().Event("16:41:50", new SourceSeen(missing)).Event("16:41:51", new LogDirectoryRead());
        var told = Publish(Screens.Of(new InventedFactory().Snapshot).WithNotice(ScreenState.Reading), read.State).State;
        var still = Publish(told, read.Event("16:41:52", new LogDirectoryRead()).State).State;
        read.Event("16:41:55", new SourceSeen(missing with { State = SourceState.Following, Why = null }));

        Assert.That(still.User.Notice, Is.EqualTo(told.User.Notice).And.Not.Null);
        Assert.That(Publish(still, read.State).State.User.Notice, Is.Null);
        Assert.That(Publish(still.WithNotice("another", isProblem: true), read.State).State.User.Notice?.Text, Is.EqualTo("another"));
    }

    /// <summary>On a frozen screen nothing counts, but an alert is still sent when it is due.</summary>
    [Test]
    public void State_WithAFailureOnAFrozenScreen_WakesTheClockForIt()
    {
        var rung = Publish(Day.Do(ContentAct.Freeze), Failed().State).State;
        Assert.That(Subscriptions.Of(rung).OfType<Ticks>().Single().At, Is.EqualTo(Day.Now.AddSeconds(2)));
    }

    /// <summary>While less shows a log, alerts go on.</summary>
    [Test]
    public void State_WhileThePagerHasTheTerminal_StillRings()
    {
        var lent = Day.Press("v");
        Assert.That(lent.IsLent);
        Assert.That(Publish(lent, Failed().State).Effects.Single(), Is.InstanceOf<RingBell>());
    }

    /// <summary>Everything is read again: what comes from before is dropped, and what happened in the past rings nobody.</summary>
    [Test]
    public void ReadAgain_WhateverArrives_NothingOfThePastIsNews()
    {
        var again = Day.Press("F5");
        Assert.That(Day.Take(new StatePublished(Factory(Day), Failed().State)).Effects, Is.Not.Empty, "it is news before");

        var late = again.Take(new StatePublished(Factory(Day), Failed().State));
        Assert.That((late.State, late.Effects), Is.EqualTo((again, Array.Empty<Effect>())));
        var glimpsed = Publish(again, InventedDay.Factory().State);
        Assert.That(glimpsed.Effects, Is.Empty, "a glimpse");
        var whole = Publish(glimpsed.State, Failed().State);
        Assert.That(whole.Effects, Is.Empty, "all of it");
        var news = Publish(
            whole.State,
            Failed().Line("16:41:59", Speaker.Rabbit2Packer, new WorkerExited(new WorkerId(4)), "Exiting Thread-4").State
        );
        Assert.That(news.Effects.Select(effect => (effect as RingBell)?.Why), Is.EqualTo(new[] { "a worker was lost" }));
    }

    [Test]
    public void ReadAgain_TheStoreIsReadAgainToo()
    {
        var shown = Day.Take(new PictureShown()).State;
        Assert.That(Subscriptions.Of(Day).OfType<FactoryHistory>(), Is.Empty, "the past can wait for the first picture");
        Assert.That(Subscriptions.Of(shown).OfType<FactoryHistory>().Single().Id.Number, Is.Zero);
        Assert.That(Subscriptions.Of(shown.Press("F5")).OfType<FactoryHistory>().Single().Id.Number, Is.EqualTo(1));
    }

    [Test]
    public void Answer_ThatNobodyWaitsFor_IsDropped()
    {
        var asked = Day.Press("Enter", "x");
        var request = (ReadWholeLog)asked.Waiting.Values.Single();
        var failed = asked.Take(new WholeLogNotRead(request.Number, "a.log: gone")).State;

        Assert.That(failed.User.Notice, Is.EqualTo(new Notice("a.log: gone", IsProblem: true)));
        Assert.That(failed.Take(new WholeLogNotRead(request.Number, "once more")).State, Is.SameAs(failed));
        Assert.That(Day.Take(new PagerEnded(7, 1)).State, Is.SameAs(Day));
    }

    [Test]
    public void Page_OfALogThatIsNotOpenAnyMore_IsDropped()
    {
        var paper = PaperLog.Numbered(100);
        var first = Day.Press("Enter");
        var page = new PageRead(first.Log!.Id, paper.Answer(first.Log.View.Request(first.LogSize)!));
        var second = first.Press("Esc", "Enter");

        Assert.That(first.Take(page).State.Log!.View.Page, Is.Not.Null);
        Assert.That(second.Take(page).State, Is.SameAs(second));
    }

    /// <summary>A log opens and is moved in while the good log beside it is still read; then the comparison is there.</summary>
    [Test]
    public void Page_WhileTheComparisonIsRead_IsShownWhole()
    {
        var paper = PaperLog.Numbered(100);
        var opened = Day.Press("Enter");
        opened = opened with
        {
            Log = opened.Log! with
            {
                ComparedWith = opened.Log.Ref,
                View = opened.Log.View.With(opened.Log.View.Past, "the last good build (11:00)"),
            },
        };
        LogPage Answer(ScreenState state, ComparisonState comparison) =>
            paper.Answer(state.Log!.View.Request(state.LogSize)!) with
            {
                Comparison = comparison,
            };

        var reading = opened.Take(new PageRead(opened.Log!.Id, Answer(opened, ComparisonState.Reading))).State;
        Assert.That(reading.Log!.View.Page!.Lines, Is.Not.Empty);
        Assert.That(reading.Do(LogAct.Diff).Text(), Does.Contain("reading the last good log"));
        var failed = opened.Take(new PageRead(opened.Log.Id, Answer(opened, ComparisonState.Failed))).State;
        Assert.That(failed.Do(LogAct.Diff).Text(), Does.Contain("no good build of this image"));
    }

    [Test]
    public void Channel_InTrouble_IsSaidAtOnceAndShownUntilItIsOver()
    {
        var trouble = Day.Take(new ChannelReported(Subscriptions.Channels, "hook", "hook: exit code 1")).State;
        Assert.That(trouble.User.Notice?.Text, Is.EqualTo("hook: exit code 1"));
        Assert.That(trouble.Press("j").Text(), Does.Contain("hook: exit code 1"));
        Assert.That(
            trouble.Take(new ChannelReported(Subscriptions.Channels, "hook", null)).State.Press("j").Text(),
            Does.Not.Contain("hook")
        );
    }

    [Test]
    public void NotSuspended_IsSaid() =>
        Assert.That(Day.Take(new NotSuspended()).State.Text(), Does.Contain("not suspended: there is no shell to go back to"));

    /// <summary>A picture is a function of the state; so is what is listened to. Data alone crosses.</summary>
    [Test]
    public void Messages_AndEffects_AreData()
    {
        var fields = new[] { typeof(Message), typeof(Effect), typeof(Subscription) }
            .SelectMany(family => family.Assembly.GetTypes().Where(family.IsAssignableFrom))
            .SelectMany(type => type.GetProperties())
            .Select(property => property.PropertyType);

        Assert.That(
            fields.Where(type =>
                typeof(Delegate).IsAssignableFrom(type) || typeof(Task).IsAssignableFrom(type) || typeof(Stream).IsAssignableFrom(type)
            ),
            Is.Empty
        );
    }
}
