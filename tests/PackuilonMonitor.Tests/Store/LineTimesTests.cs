using PackuilonMonitor.Store;

namespace PackuilonMonitor.Tests.Store;

public sealed class LineTimesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly long Second = Noon.ToUnixTimeSeconds();

    [Test]
    public void Grown_WithinASecond_IsOneEntry()
    {
        var times = LineTimes.None.Grown(3, Noon).Grown(5, Noon.AddMilliseconds(900)).Grown(6, Noon.AddSeconds(1));

        Assert.That(times.Entries, Is.EqualTo(new[] { (1L, (long?)Second), (6L, Second + 1) }));
    }

    [Test]
    public void Unpacked_OfWhatWasPacked_IsTheSame()
    {
        // Also a clock that was set back, and lines that nobody saw arrive.
        var times = LineTimes
            .None.Grown(3, null)
            .Grown(5, Noon)
            .Grown(900, Noon.AddHours(-1))
            .Grown(901, null)
            .Grown(1000, Noon.AddSeconds(70));

        var read = LineTimes.Unpacked(times.Packed());

        Assert.That(read.Lines, Is.EqualTo(1000));
        Assert.That(read.Entries, Is.EqualTo(times.Entries));
    }

    [Test]
    public void Unpacked_OfAnyBytes_DoesNotThrow()
    {
        var random = new Random(1);
        for (var run = 0; run < 1000; run++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);

            Assert.That(() => LineTimes.Unpacked(bytes), Throws.Nothing);
        }
    }

    [Test]
    public void With_AnEarlierWatch_KnowsWhatEitherSaw()
    {
        var before = LineTimes.None.Grown(10, Noon).Grown(20, Noon.AddSeconds(5));
        var after = LineTimes.None.Grown(30, null).Grown(35, Noon.AddSeconds(60));

        var both = after.With(before);

        Assert.That(both.Lines, Is.EqualTo(35));
        Assert.That(both.Entries, Is.EqualTo(new[] { (1L, (long?)Second), (11L, Second + 5), (21L, null), (31L, Second + 60) }));
        Assert.That(before.With(after).Entries, Is.EqualTo(both.Entries));
    }
}
