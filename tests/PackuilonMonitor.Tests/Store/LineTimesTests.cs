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

    /// <summary>Entries beyond a limit are not kept, and their lines have the time of those before.</summary>
    [Test]
    public void Grown_BeyondTheMostEntries_CountsTheLinesAlone()
    {
        const int Most = 5_000;
        var times = LineTimes.None;
        for (var line = 1; line <= Most + 2; line++)
            times = times.Grown(line, Noon.AddSeconds(line));

        Assert.That((times.Lines, times.Entries.Count), Is.EqualTo((Most + 2L, Most)));
        Assert.That(times.Entries[^1], Is.EqualTo(((long)Most, (long?)(Second + Most))));
    }

    [TestCase(2)]
    [TestCase(3)]
    public void Grown_ToNoMoreLines_IsTheSame(int lines)
    {
        var times = LineTimes.None.Grown(3, Noon);

        Assert.That(times.Grown(lines, Noon.AddSeconds(9)), Is.SameAs(times));
    }

    [Test]
    public void AnyKnown_IfALineWasSeenToArrive() =>
        Assert.That(
            new[] { LineTimes.None, LineTimes.None.Grown(3, null), LineTimes.None.Grown(3, null).Grown(4, Noon) }
                .Select(times => times.AnyKnown),
            Is.EqualTo(new[] { false, false, true })
        );

    /// <summary>Line by line, for times drawn by chance, with lines that nobody saw and a clock that was set back.</summary>
    [Test]
    public void With_AndUnpacked_HaveTheTimeOfEachLine([Range(1, 40)] int seed)
    {
        // Not for secrets: the same times each time.
        var random = new Random(seed);
        var (mine, theirs) = (Drawn(random), Drawn(random));

        var both = mine.With(theirs);

        Assert.That(both.Lines, Is.EqualTo(Math.Max(mine.Lines, theirs.Lines)));
        Assert.That(
            Enumerable.Range(1, (int)both.Lines).Select(line => Of(both, line)),
            Is.EqualTo(Enumerable.Range(1, (int)both.Lines).Select(line => Of(mine, line) ?? Of(theirs, line)))
        );
        Assert.That(
            both.Entries.Zip(both.Entries.Skip(1)).Where(pair => pair.First.Second == pair.Second.Second),
            Is.Empty,
            "no entry says nothing new"
        );
        var read = LineTimes.Unpacked(both.Packed());
        Assert.That((read.Lines, string.Join(' ', read.Entries)), Is.EqualTo((both.Lines, string.Join(' ', both.Entries))));
    }

    /// <summary>However the bytes are cut, a time is that of the first byte of its line. A line that is not there has none.</summary>
    [Test]
    public void ByByte_HasTheFirstByteOfEachEntry([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var times = Drawn(random);
        var count = Math.Max(0, (int)times.Lines + random.Next(-2, 3));
        var lines = Enumerable.Range(0, count).Select(_ => new string('x', random.Next(4)) + "\n").ToList();
        var text = System.Text.Encoding.UTF8.GetBytes(string.Concat(lines));
        var parts = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, 9), text.Length - at);
            parts.Add(text.AsMemory(at, length));
            at += length;
        }

        var starts = lines.Select((_, line) => lines.Take(line).Sum(before => (long)before.Length)).ToList();
        Assert.That(
            times.ByByte(parts),
            Is.EqualTo(
                times
                    .Entries.Where(entry => entry.From <= lines.Count)
                    .Select(entry => (
                        starts[(int)entry.From - 1],
                        entry.Second is { } second ? DateTimeOffset.FromUnixTimeSeconds(second) : (DateTimeOffset?)null
                    ))
            )
        );
    }

    private static long? Of(LineTimes times, int line) =>
        line > times.Lines ? null : times.Entries.LastOrDefault(entry => entry.From <= line).Second;

    private static LineTimes Drawn(Random random)
    {
        var (times, lines, at) = (LineTimes.None, 0L, Noon);
        for (var left = random.Next(7); left > 0; left--)
        {
            lines += random.Next(1, 5);
            at = at.AddSeconds(random.Next(-100, 3_000));
            times = times.Grown(lines, random.Next(3) == 0 ? null : at);
        }

        return times;
    }
}
