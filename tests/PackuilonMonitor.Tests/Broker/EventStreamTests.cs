using PackuilonMonitor.Broker;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>The address of a stream as it is typed.</summary>
public sealed class EventStreamTests
{
    [TestCase("http://host", "f", "--from: not an address of RabbitMQ")]
    [TestCase("amqp://user:secret@host/a/b", "f", "--from: not an address of RabbitMQ: ")]
    [TestCase("amqp://host", "a b", "--factory: not a factory's name")]
    public void Stream_OfWrongWords_IsWrongUse(string uri, string factory, string said) =>
        Assert.That(() => EventStream.Of("--from", uri, factory), Throws.TypeOf<WrongUseException>().With.Message.StartsWith(said));

    [Test]
    public void Stream_Shown_HidesWhoAsks() =>
        Assert.That(EventStream.Of("--from", "amqp://user:secret@host", "f").ToString(), Is.EqualTo("amqp://host:5672/packuilon.events.f"));
}
