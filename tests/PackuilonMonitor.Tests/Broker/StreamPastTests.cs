using PackuilonMonitor.Broker;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>The past of a stream is over when it pauses, but not while the broker has more of it.</summary>
public sealed class StreamPastTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [TestCase(null, 1_999, false, ExpectedResult = false, TestName = "No message yet")]
    [TestCase(null, 2_000, false, ExpectedResult = true, TestName = "An empty stream")]
    [TestCase(null, 4_999, true, ExpectedResult = false, TestName = "A busy broker, before its first message")]
    [TestCase(null, 5_000, true, ExpectedResult = true, TestName = "A broker whose count is wrong")]
    [TestCase(3_000, 3_499, false, ExpectedResult = false, TestName = "A moment between two messages")]
    [TestCase(3_000, 3_500, false, ExpectedResult = true, TestName = "A pause behind the last message")]
    [TestCase(3_000, 7_999, true, ExpectedResult = false, TestName = "A busy broker, between two messages")]
    [TestCase(3_000, 8_000, true, ExpectedResult = true, TestName = "A broker that has lost the rest")]
    [TestCase(59_999, 59_999, true, ExpectedResult = false, TestName = "A minute without a pause, almost")]
    [TestCase(60_000, 60_000, true, ExpectedResult = true, TestName = "A minute without a pause")]
    public bool Past(int? lastAt, int now, bool isBehind) =>
        StreamPast.IsOver(
            Start.AddMilliseconds(now),
            Start,
            lastAt is { } known ? Start.AddMilliseconds(known) : null,
            isBehind
        );

    [Test]
    public void Past_OfAStreamThatCannotBeRead_IsNotOver() =>
        Assert.That(StreamPast.IsOver(Start.AddDays(1), null, null, isBehind: false), Is.False);
}
