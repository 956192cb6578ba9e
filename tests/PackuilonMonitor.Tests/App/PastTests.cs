using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Tests.App;

/// <summary>The keys of the past, and what the screen says of it.</summary>
public sealed class PastTests
{
    private static readonly DateTimeOffset Then = InventedFactory.At("12:00:00");

    private static ScreenState Present(bool hasPresent = true) => Screens.Of(InventedDay.Read().Snapshot, new Size(140, 40)) is var state
        ? state with { Settings = state.Settings with { Recording = new RecordingSettings(null, hasPresent) } }
        : throw new InvalidOperationException();

    [Test]
    public void Keys_WithoutARecording_SayThatThereIsNone()
    {
        var state = Screens.Of(InventedDay.Read().Snapshot);

        foreach (var key in (string[])[",", "<"])
            Assert.That(
                state.Press(key).User.Notice?.Text,
                Is.EqualTo("nothing is recorded here: packuilon-monitor-record does not run"),
                key
            );
    }

    [Test]
    public void Comma_InThePresent_AsksForTheLastEvent()
    {
        var step = Present().Pressed(",");

        Assert.That(
            step.Effects.Single(),
            Is.EqualTo(new StepInPast(step.State.Waiting.Keys.Single(), null, null, IsForward: false, OnlyFailures: false))
        );
        Assert.That(step.State.Frozen, Is.Null);
    }

    [Test]
    public void Keys_HeldDown_AskOnceUntilThePictureIsThere()
    {
        var asked = Present().Press(",", ",", "<");

        Assert.That(asked.Waiting, Has.Count.EqualTo(1));
    }

    [Test]
    public void Dot_InThePresent_SaysSo() => Assert.That(Present().Press(".").User.Notice?.Text, Is.EqualTo("this is the present"));

    [Test]
    public void At_TypedInWords_AsksForThatMoment()
    {
        var step = Present().Press("@").Enter("12:00");

        Assert.That(step.Effects.Single(), Is.EqualTo(new LookAtPast(step.State.Waiting.Keys.Single(), Then)));
    }

    [Test]
    public void At_OfNoTime_SaysWhatWouldDo() =>
        Assert.That(Present().Press("@").Enter("noon").State.User.Notice?.Text, Does.StartWith("not a time; give one like 14:02"));

    [Test]
    public void Moment_Found_IsShown_WithALineThatSaysSo()
    {
        var past = Past();
        var lines = past.Text().Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(
                lines[1],
                Does.StartWith(" REPLAY 2026-11-23 12:00:00")
                    .And.Contain("ago")
                    .And.Contain("L live")
                    .And.Contain(", . event   < > failure   @ at a time")
            );
            Assert.That(lines[0], Does.Contain("12:00:00"));
            Assert.That(past.Text(), Does.Not.Contain("FROZEN"));
        });
    }

    /// <summary>In the past the way out leads to the present; in a recording without one it leads out.</summary>
    [TestCase(true, ", . event  < > failure  @ at a time  L live  ", "q live")]
    [TestCase(false, ", . event  < > failure  @ at a time  ", "q quit")]
    public void Hints_InThePast_BeginWithItsKeys(bool hasPresent, string first, string last)
    {
        var hints = (Past(hasPresent) with { Size = new Size(80, 24) }).Text().TrimEnd().Split('\n')[^1];

        Assert.That(hints.TrimStart(), Does.StartWith(first));
        Assert.That(hints, Does.EndWith(last));
    }

    [TestCase(20, 5)]
    [TestCase(40, 10)]
    [TestCase(80, 24)]
    public void Moment_OnASmallScreen_StillSaysWhichItIs(int columns, int rows) =>
        Assert.That(
            (Past() with { Size = new Size(columns, rows) }).Text(),
            columns < 30 ? Is.Not.Empty : Does.Contain("REPLAY 2026-11-23 12:00:00")
        );

    [Test]
    public void Steps_InThePast_GoOnFromThere()
    {
        var past = Past();
        var place = past.Frozen!.Past!.Moment.Place;

        Assert.That(
            past.Pressed(">").Effects.Single(),
            Is.EqualTo(new StepInPast(past.LastNumber + 1, place, null, IsForward: true, OnlyFailures: true))
        );
    }

    [Test]
    public void Screens_InThePast_StayThere()
    {
        var past = Past();

        Assert.That(past.Do(ScreenAct.Events).Frozen?.Past, Is.EqualTo(past.Frozen!.Past));
        Assert.That(past.Do(ScreenAct.Events).Press("Esc").Frozen?.Past, Is.EqualTo(past.Frozen.Past));
    }

    [Test]
    public void Live_FromThePast_IsThePresent()
    {
        foreach (var key in (string[])["L", "Esc", "q"])
            Assert.That(Past().Press(key).Frozen, Is.Null, key);
        Assert.That(Past().Press("L").User.Notice?.Text, Is.EqualTo("live again; 12:00:00 was left"));
    }

    [Test]
    public void Q_EndsTheProgramFromThePresentAlone_AndFromARecordingWithoutOne()
    {
        Assert.That(Past().Pressed("q").Effects, Is.Empty);
        Assert.That(Past().Pressed("Ctrl-c").Effects, Is.EqualTo(new[] { new QuitProgram() }));
        Assert.That(Past().Press("q").Pressed("q").Effects, Is.EqualTo(new[] { new QuitProgram() }));
        Assert.That(Past(hasPresent: false).Pressed("q").Effects, Is.EqualTo(new[] { new QuitProgram() }));
    }

    [Test]
    public void Dot_PastTheNewestEvent_IsThePresent()
    {
        var asked = Past().Press(".");

        var state = asked.Take(new PastNotFound(asked.Waiting.Keys.Single(), "nothing was recorded after this")).State;

        Assert.That(
            (state.Frozen, state.User.Notice?.Text),
            Is.EqualTo(((FactoryMoment?)null, "live again: nothing was recorded after that"))
        );
    }

    [Test]
    public void Recording_WithoutAPresent_HasNothingToGoBackTo()
    {
        var past = Past(hasPresent: false);

        Assert.Multiple(() =>
        {
            Assert.That(past.Press("L").Frozen, Is.Not.Null);
            Assert.That(past.Press("Esc").Frozen, Is.Not.Null);
            Assert.That(past.Text().Split('\n')[1], Does.Not.Contain("ago").And.Not.Contain("live"));
            Assert.That(Subscriptions.Of(past), Has.None.InstanceOf<FactoryStates>());
        });
    }

    [Test]
    public void Start_AtAMoment_AsksForItOnceAPictureIsThere()
    {
        var state = Present() with { IsShown = false };
        state = state with { Settings = state.Settings with { Recording = new RecordingSettings(Then, true) } };

        var shown = state.Take(new PictureShown());

        Assert.That(shown.Effects.Single(), Is.EqualTo(new LookAtPast(1, Then)));
        Assert.That(shown.State.Take(new PictureShown()).Effects, Is.Empty);
    }

    [Test]
    public void States_ThatComeMeanwhile_RingAndAreNotShown()
    {
        var past = Past();
        var news = InventedDay.Read().Failed("16:42:00", 1, "inventory-sl6x-x86_64", "unmanaged").State;

        var step = past.Take(new StatePublished(new SubscriptionId("factory:", 0), news));

        Assert.That(step.State.Frozen, Is.EqualTo(past.Frozen));
        Assert.That(step.State.Text(), Is.EqualTo(past.Text()));
    }

    private static ScreenState Past(bool hasPresent = true)
    {
        var asked = Present(hasPresent).Press("@").Enter("12:00").State;
        var fold = FactoryFold
            .Of("")
            .Apply(
                [
                    new Entry(
                        new(
                            Then,
                            InventedFactory.Messages,
                            "factory7",
                            PackuilonMonitor.Core.Events.Speaker.Rabbit2Packer,
                            "Starting Thread-1",
                            new PackuilonMonitor.Core.Events.WorkerStarted(new(1))
                        ),
                        null
                    ),
                    new Entry(
                        new(
                            Then,
                            InventedFactory.Messages,
                            "",
                            PackuilonMonitor.Core.Events.Speaker.Monitor,
                            null,
                            new PackuilonMonitor.Core.Events.LogDirectoryRead()
                        ),
                        null
                    ),
                ],
                7
            );
        var folds = ImmutableSortedDictionary<string, FactoryFold>.Empty.Add("", fold);
        var moment = new PastMoment(new RecordingPosition(7, 0, 2), Then, folds);
        return asked.Take(new PastFound(asked.Waiting.Keys.Single(), moment, Then.AddDays(-1), Then)).State;
    }
}
