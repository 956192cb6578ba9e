using PackuilonMonitor.Broker;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>
/// What is in a stream, as far as a broker delivers it: whoever takes a slow one for an empty one publishes everything again.
/// </summary>
public sealed class StreamMessagesTests
{
    private const int ASecond = 5;

    [Test]
    public void Messages_OfABusyBroker_AreWaitedFor([Values(0, 4 * ASecond, 29 * ASecond)] int pauses) =>
        Assert.That(Present([.. Nothing(pauses), 7, 8, .. Nothing(ASecond), 9]), Is.EqualTo(new[] { 7, 8 }));

    [Test]
    public void Messages_ThatABrokerHasAndDoesNotDeliver_AreAFault() =>
        Assert.That(() => Present([.. Nothing(30 * ASecond), 7]), Throws.InstanceOf<IOException>());

    [Test]
    public void Messages_OfAnEmptyStream_AreNone() => Assert.That(Present([.. Nothing(ASecond), 7], isEmpty: true), Is.Empty);

    /// <summary>The broker has deleted what was before.</summary>
    [Test]
    public void Messages_BeforeAPlace_EndWithoutAPauseThere()
    {
        Assert.That(Present([5, 6, 7, 8], until: 7), Is.EqualTo(new[] { 5, 6 }));
        Assert.That(Present([5, 6, .. Nothing(1_000)], until: 7), Is.EqualTo(new[] { 5, 6 }));
        Assert.That(Present([9, 10], until: 7), Is.Empty);
    }

    [Test]
    public void Messages_OfALostConnection_AreAFault() =>
        Assert.That(() => StreamMessages.Present(Lost(), isEmpty: false, long.MaxValue), Throws.InstanceOf<IOException>());

    private static IEnumerable<StreamMessage?> Lost()
    {
        yield return At(7);
        throw new IOException("the connection was closed");
    }

    private static IEnumerable<int?> Nothing(int pauses) => Enumerable.Repeat<int?>(null, pauses);

    private static IEnumerable<long> Present(IEnumerable<int?> places, bool isEmpty = false, long until = long.MaxValue) =>
        StreamMessages
            .Present(places.Select(place => place is { } known ? At(known) : null), isEmpty, until)
            .Select(message => message.Place);

    private static StreamMessage At(long place) => new(place, new BasicProperties(), ReadOnlyMemory<byte>.Empty);
}
