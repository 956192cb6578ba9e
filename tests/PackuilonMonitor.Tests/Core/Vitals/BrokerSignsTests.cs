using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>What shows that RabbitMQ is away, and what that it answers.</summary>
public sealed class BrokerSignsTests
{
    private const string Refused = "Error connecting to RabbitMQ server:";

    private static readonly Observation Down = Trigger(new PushFailed(), 10, Refused);

    [TestCase(Refused, true)]
    [TestCase("Error connecting to RabbitMQ server", true)]
    [TestCase("Unable to push message to queue, exiting without updating cached profile_info", false)]
    public void PushThatFailed_IsASignIfTheServerWasNotReached(string text, bool sign) =>
        Assert.That(After(Trigger(new PushFailed(), 10, text)).Down is not null, Is.EqualTo(sign));

    [Test]
    public void SignAfterSign_KeepsTheFirstTimeAndAllLines()
    {
        var signs = After(Down, Trigger(new PushFailed(), 40, Refused));

        Assert.That(
            (signs.Down!.Words, signs.Down.At, signs.Down.Lines.Count, signs.NewestAt),
            Is.EqualTo(("cdb2rabbit", Given.Noon.AddSeconds(10), 2, (DateTimeOffset?)Given.Noon.AddSeconds(40)))
        );
    }

    [TestCase(10.999, Speaker.Cdb2Rabbit, 2)]
    [TestCase(11, Speaker.Cdb2Rabbit, 1)]
    [TestCase(10.5, Speaker.Rabbit2Packer, 1)]
    public void ExceptionBehindASign_BelongsToItForASecond(double second, Speaker speaker, int lines) =>
        Assert.That(
            After(Down, Given.Seen(new ExceptionShown(), second) with { Speaker = speaker }).Down!.Lines,
            Has.Count.EqualTo(lines)
        );

    [Test]
    public void ExceptionWithoutASign_IsNone() => Assert.That(After(Trigger(new ExceptionShown(), 1, "x")).Down, Is.Null);

    private static IEnumerable<MonitorEvent> Answers() =>
    [
        new JobTaken(Given.Worker(), Given.Image), new JobRefused(Given.Worker(), Refusal.NoSourceImage), new ProfileRebuilt("p.json"),
        new ProfileDownloading("p.json"), new ProfileNew("p.json"), new ProfileUpdated("p.json"), new ProfileUnchanged("p.json"),
        new ProfileListStored(),
    ];

    [TestCaseSource(nameof(Answers))]
    public void LineThatNeedsTheBroker_ShowsThatItAnswers(MonitorEvent said)
    {
        var speaker = said is JobTaken or JobRefused ? Speaker.Rabbit2Packer : Speaker.Cdb2Rabbit;
        var signs = After(Down, Given.Seen(said, 20) with { Speaker = speaker });

        Assert.That(
            (signs.Down, signs.NewestAt, signs.AnsweredAt),
            Is.EqualTo(((Sign?)null, (DateTimeOffset?)null, Given.Noon.AddSeconds(20)))
        );
    }

    [Test]
    public void LineThatNeedsTheBroker_LaterOnes_MoveTheAnswer() =>
        Assert.That(
            After(
                Given.Seen(new JobTaken(Given.Worker(), Given.Image), 5),
                Given.Seen(new JobTaken(Given.Worker(), Given.Image), 9)
            ).AnsweredAt,
            Is.EqualTo(Given.Noon.AddSeconds(9))
        );

    [Test]
    public void LineThatTellsNothingOfTheBroker_ChangesNothing()
    {
        var signs = After(Down, Trigger(new TriggerStarted(), 20, "Starting"));

        Assert.That((signs.Down is null, signs.AnsweredAt), Is.EqualTo((false, (DateTimeOffset?)null)));
    }

    [Test]
    public void Question_WithoutAnAnswer_CountsFromTheFirst() =>
        Assert.That(After(Asked(null, 3), Asked(null, 8)).MuteSince, Is.EqualTo(Given.Noon.AddSeconds(3)));

    [Test]
    public void Question_WithAnAnswer_EndsEachSign()
    {
        var signs = After(Down, Asked(null, 11), Asked(0, 12));

        Assert.That(
            (signs.Down, signs.NewestAt, signs.MuteSince, signs.AnsweredAt),
            Is.EqualTo(((Sign?)null, (DateTimeOffset?)null, (DateTimeOffset?)null, Given.Noon.AddSeconds(12)))
        );
    }

    /// <summary>Whether we may ask is another matter than whether the daemons are served.</summary>
    [Test]
    public void Question_WithoutAnAnswer_IsNotAnsweredByALine() =>
        Assert.That(After(Asked(null, 3), Given.Seen(new JobTaken(Given.Worker(), Given.Image), 5)).MuteSince, Is.Not.Null);

    [TestCase("pika.exceptions.AMQPConnectionError: Connection refused", true)]
    [TestCase("ConnectionError: [Errno 110] Connection timed out", true)]
    [TestCase("socket.timeout: TIMEOUT", true)]
    [TestCase("OSError: [Errno 113] No route to host", true)]
    [TestCase("OSError: [Errno 101] Network is unreachable", true)]
    [TestCase("pika.exceptions.StreamLostError: Transport indicated EOF", false)]
    [TestCase("ValueError: the value was refused", false)]
    public void TracebackOfAThread_IsASignIfItsExceptionSaysSo(string exception, bool sign)
    {
        var signs = Given.After(
            "12:00:01 Exception in thread Thread-3:",
            "12:00:01 Traceback (most recent call last):",
            $"12:00:01 {exception}"
        )
            .Vitals.Broker;

        Assert.That(signs.Down?.Words, Is.EqualTo(sign ? "Thread-3" : null));
    }

    [Test]
    public void TracebackOfNoThread_IsNoSign() =>
        Assert.That(
            Given.After(
                "12:00:01 Traceback (most recent call last):",
                "12:00:01 pika.exceptions.AMQPConnectionError: refused"
            ).Vitals.Broker.Down,
            Is.Null
        );

    private static Observation Asked(long? waiting, int second) =>
        Given.Seen(new QueueMeasured(waiting), second) with { Text = null, Speaker = Speaker.Monitor };

    private static Observation Trigger(MonitorEvent said, double second, string text) =>
        Given.Seen(said, second) with { Speaker = Speaker.Cdb2Rabbit, Text = text };

    private static BrokerSigns After(params IEnumerable<Observation> seen) => Given.Folded(seen).Vitals.Broker;
}
