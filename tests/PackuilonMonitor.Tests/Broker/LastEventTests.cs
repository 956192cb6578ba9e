using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>What a restarted shipper still has to publish, by the last event of the stream.</summary>
public sealed class LastEventTests
{
    /// <summary>Each event of the logs as its second, a letter for its content, and its offset.</summary>
    /// <param name="last">The last published event, in the same form.</param>
    /// <param name="rest">How many events are left at the end.</param>
    [TestCase("1a0 1b9 2c18", "1b9", 1, true, Description = "the events behind it")]
    [TestCase("1a0 1b9 2c18", "2c18", 0, true, Description = "it is the newest")]
    [TestCase("1a0 1b9 2c18", "1a0", 2, true, Description = "it is the oldest")]
    [TestCase("1a0 1a9 1a18", "1a9", 1, true, Description = "one of equal events, found by its place")]
    [TestCase("1a0 1a9 1a18", "1a0", 2, true, Description = "the first of equal events, found by its place")]
    [TestCase("1a0 1a9 1b18", "1a700", 1, true, Description = "moved by a rotation: the newest of equal events")]
    [TestCase("1a0 1b9 2c18", "1x0", 1, false, Description = "gone: only a later second is certainly newer")]
    [TestCase("1a0 1b9 2c18", "0x9", 3, false, Description = "gone, and all are newer")]
    [TestCase("1a0 1b9 2c18", "2x18", 0, false, Description = "gone, and none is newer")]
    [TestCase("", "1a0", 0, false, Description = "no event at all")]
    public void Rest_ByContentAndPlace(string there, string last, int rest, bool isFound)
    {
        var events = there.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Event).ToList();
        var published = Event(last);

        var (left, found) = new LastEvent(5, published.Offset, EventJson.Of(published)).Rest(events);

        Assert.That(found, Is.EqualTo(isFound));
        Assert.That(left, Is.EqualTo(events.TakeLast(rest)));
    }

    private static Observation Event(string text) =>
        Given.Seen(new ProfileNew(text[1..2]), text[0] - '0') with
        {
            Offset = int.Parse(text[2..], System.Globalization.CultureInfo.InvariantCulture),
        };
}
