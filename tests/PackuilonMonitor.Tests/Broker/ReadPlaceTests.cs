using PackuilonMonitor.Broker;
using PackuilonMonitor.Tests.Support;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>A reader that lost its connection, in front of the same stream or of another one under its name.</summary>
public sealed class ReadPlaceTests
{
    [Test]
    public void Place_AfterEachMessage_IsBehindIt()
    {
        var place = new ReadPlace("next");
        Assert.That((place.Next, place.Last), Is.EqualTo(("next", (long?)null)));

        place.Pass(7, "a"u8);
        place.Pass(null, "b"u8);
        Assert.That((place.Next, place.Last), Is.EqualTo((8L, (long?)7)));
        Assert.That(
            new[] { At(7, "a"), At(7, "b"), At(8, "a") }.Select(place.IsLast),
            Is.EqualTo(new[] { true, false, false })
        );
    }

    [Test]
    public void Numbers_ThatWereThere_AreSkipped()
    {
        var place = new ReadPlace("first");

        Assert.That(New(place, (1, 0), (2, 0), (2, 5), (1, 9), (4, 1)), Is.EqualTo(new[] { true, true, false, false, true }));
    }

    [Test]
    public void MadeAgain_ByAShipperThatCounts_OnlyNewNumbersAreNew()
    {
        var place = new ReadPlace("first");
        New(place, (1, 0), (2, 1));
        place.Pass(1, "b"u8);
        place.BeginAgain();

        Assert.That((place.Next, place.Last), Is.EqualTo(("first", (long?)null)));
        Assert.That(New(place, (3, 1), (4, 2), (3, 9)), Is.EqualTo(new[] { true, true, false }));
    }

    [Test]
    public void MadeAgain_ByAShipperThatBeganAtOne_LaterEventsAreNew()
    {
        var place = new ReadPlace("first");
        New(place, (1, 0), (2, 1), (3, 2), (4, 3));
        place.BeginAgain();

        Assert.That(New(place, (1, 2), (2, 3), (3, 4), (3, 4), (4, 4)), Is.EqualTo(new[] { false, false, true, false, true }));
    }

    [Test]
    public void MadeAgain_IsAGap()
    {
        var lines = new ShippedLines(new("harwell"));

        Assert.That(
            lines.Of([new Shipped(0, null) { IsMadeAgain = true }], Given.Noon).OfType<PackuilonMonitor.Ingest.LinesMissing>().Single().Why,
            Does.Contain("no longer has the last event")
        );
    }

    private static List<bool> New(ReadPlace place, params (long Sequence, int Seconds)[] events) =>
        [.. events.Select(one => place.IsNew(one.Sequence, Given.Noon.AddSeconds(one.Seconds)))];

    private static StreamMessage At(long place, string body) => new(place, new BasicProperties(), System.Text.Encoding.UTF8.GetBytes(body));
}
