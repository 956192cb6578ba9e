using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>
/// A stream is a queue that others can write into as well: what they write is skipped, counted, told once, and stops nothing.
/// </summary>
public sealed class ForeignMessagesTests
{
    private const string Ours =
        """{"at":"2026-11-22T12:00:00+00:00","type":"job-taken","program":"rabbit2packer","text":"Thread-1 processing lab"}""";

    private static readonly object?[] NoNumbers =
    [
        null,
        "5",
        Encoding.UTF8.GetBytes("5"),
        1.5,
        -1L,
        long.MaxValue,
        long.MinValue,
        (1L << 53) + 1,
        ulong.MaxValue,
        true,
        new List<object?> { 5L },
        new AmqpTimestamp(5),
        5m,
    ];

    [TestCaseSource(nameof(NoNumbers))]
    public void Number_ThatNoFactoryWrites_IsNone(object? written)
    {
        Assert.That(LastEvent.NumberOf("n", Headers(written)), Is.Zero);
        Assert.That(
            LastEvent.Of(
                new BasicProperties { Headers = new Dictionary<string, object?> { [EventStream.Sequence] = written } },
                Encoding.UTF8.GetBytes(Ours)
            ),
            Is.Null
        );
    }

    [TestCase(1L, 1)]
    [TestCase(7, 7)]
    [TestCase((short)7, 7)]
    [TestCase(9007199254740992L, 9007199254740992L)]
    public void Number_OfOurs_IsRead(object written, long number) =>
        Assert.That(LastEvent.NumberOf("n", Headers(written)), Is.EqualTo(number));

    [TestCase("")]
    [TestCase("garbage")]
    [TestCase("5")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"at":5,"text":"x"}""")]
    [TestCase("""{"at":"never","text":"x"}""")]
    [TestCase("""{"at":"2026-11-22T12:00:00+00:00","text":"\ud800"}""")]
    public void Body_OfSomebodyElse_IsNoEventOfOurs(string body) =>
        Assert.That(
            LastEvent.Of(
                new BasicProperties { Headers = new Dictionary<string, object?> { [EventStream.Sequence] = 5L } },
                Encoding.UTF8.GetBytes(body)
            ),
            Is.Null
        );

    /// <summary>What passes for one of ours has a time, however it is written.</summary>
    [TestCase("2026-11-22T12:00:00.25+00:00")]
    [TestCase("2026-11-22 12:00:00 +00:00")]
    [TestCase("22 Nov 2026 12:00 +00:00")]
    public void Last_HasATime(string at)
    {
        var properties = new BasicProperties { Headers = new Dictionary<string, object?> { [EventStream.Sequence] = 5L } };

        Assert.That(
            LastEvent.Of(properties, Encoding.UTF8.GetBytes(Ours.Replace("2026-11-22T12:00:00+00:00", at, StringComparison.Ordinal)))!.At,
            Is.EqualTo(Given.Noon).Within(TimeSpan.FromSeconds(1))
        );
    }

    [TestCase(0, 1)]
    [TestCase(0, 50)]
    [TestCase(3, 1)]
    [TestCase(999, 2_000)]
    [TestCase(1_000, 1_001)]
    [TestCase(40_000, 50_000)]
    public void Last_BehindForeignMessages_IsTheLastOfOurs(int garbage, int ours)
    {
        var stream = Enumerable
            .Range(1, ours)
            .Select(number => (LastEvent?)new LastEvent(number, number, Ours))
            .Concat(Enumerable.Repeat((LastEvent?)null, garbage))
            .ToList();

        Assert.That(LastEvent.Find(Reading(stream, first: 0))?.Sequence, Is.EqualTo(ours));
        Assert.That(LastEvent.Find(Reading(stream, first: 70_000))?.Sequence, Is.EqualTo(ours), "the broker has forgotten what was before");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5_000)]
    public void Last_WhereAllIsForeign_IsNone(int garbage)
    {
        var stream = Enumerable.Repeat((LastEvent?)null, garbage).ToList();

        Assert.That(LastEvent.Find(Reading(stream, first: 0)), Is.Null);
        Assert.That(LastEvent.Find(Reading(stream, first: 70_000)), Is.Null);
    }

    [Test]
    public void Lines_WithForeignMessagesBetween_AreReadAndThoseReportedOnce()
    {
        var lines = new ShippedLines(new SourceId("stream"));
        var shipped = ShippedEvent.Of(Encoding.UTF8.GetBytes(Ours));
        var foreign = new Shipped(0, null) { IsForeign = true };

        var events = lines.Of([new Shipped(0, null), foreign, new Shipped(1, shipped), foreign], Given.Noon);
        events.AddRange(lines.Of([foreign, new Shipped(2, shipped)], Given.Noon));

        Assert.Multiple(() =>
        {
            Assert.That(events.OfType<LineRead>().Select(read => read.Line.Offset), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(events.OfType<ChunkRead>().Sum(chunk => chunk.Lines), Is.EqualTo(2));
            Assert.That(events.OfType<LinesMissing>(), Is.Empty, "nothing of ours is missing");
            Assert.That(
                events.OfType<SourceChanged>().Select(changed => (changed.Health.State, changed.Health.Why)),
                Is.EqualTo(
                    new[]
                    {
                        (SourceState.Following, (string?)null),
                        (SourceState.Following, "messages that are no events of a factory are skipped, 2 so far"),
                    }
                )
            );
            Assert.That(lines.Foreign, Is.EqualTo(3));
        });
    }

    private static BasicProperties Headers(object? number) => new() { Headers = new Dictionary<string, object?> { ["n"] = number } };

    // Its last chunk is its last three messages.
    private static Func<object, long, (LastEvent?, long?)> Reading(List<LastEvent?> stream, long first) => (from, until) =>
    {
        var begin = from is long place ? Math.Max(0, place - first) : Math.Max(0, stream.Count - 3);
        var part = stream.Skip((int)begin).Take((int)Math.Clamp(until - first - begin, 0, int.MaxValue)).ToList();
        return (part.LastOrDefault(one => one is not null), part.Count > 0 ? first + begin : null);
    };
}
