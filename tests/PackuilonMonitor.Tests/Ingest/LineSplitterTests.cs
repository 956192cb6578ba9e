using System.Text;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class LineSplitterTests
{
    private static readonly SourceId Source = new("messages");

    [TestCase("a\nb\n", "a|b")]
    [TestCase("a\r\nb\n", "a|b")]
    [TestCase("a\r\r\nb", "a\r")]
    [TestCase("10%\r20%\r\n", "10%\r20%")]
    [TestCase("\n\n", "|")]
    [TestCase("\0\0\0a\0\0b\n", "ab")]
    [TestCase("\0\0\n", "")]
    public void Take_WholeLines_GivesTheirText(string text, string lines) =>
        Assert.That(Lines(Encoding.UTF8.GetBytes(text)), Is.EqualTo(lines.Split('|')));

    [Test]
    public void Take_CutAtEveryByte_GivesTheSameLinesAndOffsets()
    {
        var bytes = Encoding.UTF8.GetBytes("\0\0größe 日本語 🏭\r\nzweite\0 Zeile\n");
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var (splitter, events) = (new LineSplitter(Source), new List<TailEvent>());
            splitter.Take(bytes.AsSpan(0, cut), 100, events);
            splitter.Take(bytes.AsSpan(cut), 100 + cut, events);

            Assert.That(events.OfType<LineRead>().Select(read => read.Line), Is.EqualTo(new[]
            {
                new LogLine(Source, 102, "größe 日本語 🏭"),
                new LogLine(Source, 102 + Encoding.UTF8.GetByteCount("größe 日本語 🏭\r\n"), "zweite Zeile"),
            }), $"cut at {cut}");
            Assert.That(events.OfType<ChunkRead>().Sum(chunk => chunk.Nuls), Is.EqualTo(3), $"cut at {cut}");
        }
    }

    /// <summary>Single zero bytes are the output of a provisioner, however many.</summary>
    [TestCase("a\0b", 40, false)]
    [TestCase("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\n", 3, false, TestName = "fifteen zero bytes, three times")]
    [TestCase("a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0b\n", 1, true, TestName = "sixteen zero bytes in a line")]
    [TestCase("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a", 1, true, TestName = "sixteen zero bytes before a line")]
    [TestCase("a\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 1, true, TestName = "sixteen zero bytes at the end")]
    public void Take_CutAtAnyTwoBytes_FindsAHoleByItsLengthAlone(string text, int times, bool hole)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            for (var second = cut; second <= bytes.Length; second++)
            {
                var (splitter, events) = (new LineSplitter(Source), new List<TailEvent>());
                splitter.Take(bytes.AsSpan(0, cut), 0, events);
                splitter.Take(bytes.AsSpan(cut, second - cut), cut, events);
                splitter.Take(bytes.AsSpan(second), second, events);

                Assert.That(events.OfType<ChunkRead>().Any(chunk => chunk.HasHole), Is.EqualTo(hole), $"cut at {cut} and {second}");
            }
        }
    }

    [TestCase(10, 5, false)]
    [TestCase(10, 6, true)]
    public void SkipNuls_BehindOthers_AreOneHole(int read, int skipped, bool hole)
    {
        var (splitter, events) = (new LineSplitter(Source), new List<TailEvent>());
        splitter.Take(new byte[read], 0, events);
        splitter.SkipNuls(skipped);
        splitter.Take("a\n"u8, read + skipped, events);

        Assert.That(events.OfType<ChunkRead>().Any(chunk => chunk.HasHole), Is.EqualTo(hole));
    }

    [TestCase(new byte[] { 0xC0, 0x9B }, "\uFFFD\uFFFD")]
    [TestCase(new byte[] { 0xE0, 0x80, 0x9B }, "\uFFFD\uFFFD\uFFFD")]
    [TestCase(new byte[] { 0xF5 }, "\uFFFD")]
    [TestCase(new byte[] { 0x61, 0xE2, 0x82 }, "a\uFFFD")]
    public void Take_BrokenUtf8_IsReplaced(byte[] broken, string text) =>
        Assert.That(Lines([.. broken, (byte)'\n']), Is.EqualTo(new[] { text }));

    [Test]
    public void Take_LongLine_IsCutVisiblyOnACharacterAndTheNextIsWhole()
    {
        var bytes = Encoding.UTF8.GetBytes("xx日本語\nok\n");
        var (splitter, events) = (new LineSplitter(Source, longest: 6), new List<TailEvent>());
        splitter.Take(bytes, 0, events);

        Assert.That(events.OfType<LineRead>().Select(read => read.Line.Text), Is.EqualTo(new[] { "xx日 … [6 more bytes]", "ok" }));
    }

    [Test]
    public void Take_LongLineWithoutACharacter_IsCutWhole()
    {
        var (splitter, events) = (new LineSplitter(Source, longest: 3), new List<TailEvent>());
        splitter.Take([0x80, 0x80, 0x80, 0x80, 0x80, (byte)'\n'], 0, events);

        Assert.That(events.OfType<LineRead>().Single().Line.Text, Is.EqualTo(" … [5 more bytes]"));
    }

    [Test]
    public void Take_GibibyteLine_KeepsSixtyFourKibibytes()
    {
        var (splitter, events) = (new LineSplitter(Source), new List<TailEvent>());
        var block = new byte[1 << 20];
        block.AsSpan().Fill((byte)'x');
        for (var i = 0; i < 1024; i++)
            splitter.Take(block, (long)i << 20, events);
        splitter.Take("\nok\n"u8, 1 << 30, events);

        var lines = events.OfType<LineRead>().Select(read => read.Line.Text).ToList();
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0], Has.Length.LessThan(66_000).And.EndsWith($" … [{(1 << 30) - 65_536} more bytes]"));
        Assert.That(lines[1], Is.EqualTo("ok"));
    }

    [Test]
    public void Take_RejectedLines_GivesTheFirstAndTheLastAsMarksInOrder()
    {
        var (splitter, events) = (new LineSplitter(Source, Keep), new List<TailEvent>());
        splitter.Take("a\nb\nkeep 1\nc\nkeep 2\nd\ne\r\nhal"u8, 0, events);
        splitter.Take("f\nkeep 3\n"u8, 29, events);

        Assert.That(
            events.Select(Short),
            Is.EqualTo(new[] { "mark a", "line keep 1", "line keep 2", "mark e", "7", "mark half", "line keep 3", "2" })
        );
    }

    [TestCase("at 1\nat 2\n\nxx\n", "mark at 1|mark at 2|4")]
    [TestCase("at 1\nat 2\nkeep\n", "mark at 1|line keep|mark at 2|3")]
    [TestCase("keep at 1\nx\n", "line keep at 1|mark keep at 1|2")]
    [TestCase("x\ny\n", "mark x|mark y|2")]
    [TestCase("\n\n", "mark |mark |2")]
    public void Take_LastLinesWithoutATime_AreMarkedByTheOneBeforeThem(string text, string told)
    {
        var (splitter, events) = (
            new LineSplitter(Source, Keep, stamped: static line => line.IndexOf("at "u8) >= 0),
            new List<TailEvent>()
        );
        splitter.Take(Encoding.UTF8.GetBytes(text), 0, events);

        Assert.That(string.Join('|', events.Select(Short)), Is.EqualTo(told));
    }

    [Test]
    public void Take_OneRejectedLine_IsOneMark()
    {
        var (splitter, events) = (new LineSplitter(Source, Keep), new List<TailEvent>());
        splitter.Take("a\n"u8, 0, events);

        Assert.That(events.Select(Short), Is.EqualTo(new[] { "mark a", "1" }));
    }

    [Test]
    public void Take_RejectedLines_CostNoMemory()
    {
        var (splitter, events) = (new LineSplitter(Source, Keep), new List<TailEvent>(16));
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Nov 22 12:00:00 vm CRON[12]: (root) CMD (something)\n", 4000)));
        splitter.Take(block, 0, events);
        events.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        splitter.Take(block, block.Length, events);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000), "two marks and a count for 4000 lines");
    }

    [Test]
    public void Unfinished_IsWhatHasNoNewlineYet()
    {
        var (splitter, events) = (new LineSplitter(Source), new List<TailEvent>());
        splitter.Take("whole\nhal"u8, 0, events);
        Assert.That(splitter.Unfinished, Is.EqualTo("hal"));

        splitter.Close(events);
        Assert.That(events.OfType<LineRead>().Last().Line, Is.EqualTo(new LogLine(Source, 6, "hal")));
        Assert.That(splitter.Unfinished, Is.Empty);
    }

    [Test]
    public void Take_AnyBytesInAnyChunks_AccountsForEveryByteOfEveryLine()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(400)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = random.Next(6) switch { 0 => (byte)'\n', 1 => (byte)'\r', 2 => 0, _ => (byte)random.Next(32, 127) };
            var (splitter, events, at) = (new LineSplitter(Source), new List<TailEvent>(), 0);
            while (at < bytes.Length)
            {
                var length = random.Next(1, bytes.Length - at + 1);
                splitter.Take(bytes.AsSpan(at, length), at, events);
                at += length;
            }

            splitter.Close(events);
            var expected = Encoding.ASCII.GetString(bytes).Replace("\0", "", StringComparison.Ordinal).Split('\n');
            var lines = expected
                .Select((line, i) => line.EndsWith('\r') && (i < expected.Length - 1 || line.Length > 0) ? line[..^1] : line)
                .ToList();
            if (expected[^1].Length == 0)
                lines.RemoveAt(lines.Count - 1);
            Assert.That(events.OfType<LineRead>().Select(read => read.Line.Text), Is.EqualTo(lines), $"seed {seed}");
        }
    }

    [Test]
    public void Take_WithASearch_BringsWhatItBringsWithout()
    {
        string[] lines =
        [
            "Nov 22 12:00:00 vm /rabbit2packer.py: Thread-1 processing norm\n",
            "Nov 22 12:00:00 vm systemd[1]: Started Session 12 of user root.\r\n",
            "<14>1 2026-11-22T12:29:46Z vm - - - -  Starting\n",
            "Nov 22 12:00:01 vm rabbitmq[3]: rabbit\n",
            "\n",
            "\0\0\0",
            "bb p- <\n",
            "Nov 22 12:00:02 vm /usr/sbin/cdp-listend[35]: Calling x\n",
            "Nov 22 12:00:03 vm kernel: a line of quite another program that is longer than ours\n",
        ];
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var bytes = Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => lines[random.Next(lines.Length)]))
            );
            var plain = new LineSplitter(Source, PackuilonMonitor.Core.Parsing.LineFilter.Concerns, longest: 50);
            var searching = new LineSplitter(
                Source,
                PackuilonMonitor.Core.Parsing.LineFilter.Concerns,
                longest: 50,
                PackuilonMonitor.Core.Parsing.LineSieve.Next
            );
            var (expected, events) = (new List<TailEvent>(), new List<TailEvent>());
            for (var at = 0; at < bytes.Length;)
            {
                var length = random.Next(1, bytes.Length - at + 1);
                plain.Take(bytes.AsSpan(at, length), at, expected);
                searching.Take(bytes.AsSpan(at, length), at, events);
                at += length;
            }

            Assert.That(events, Is.EqualTo(expected), $"seed {seed}");
        }
    }

    private static bool Keep(ReadOnlySpan<byte> line) => line.StartsWith("keep"u8);

    private static string Short(TailEvent told) => told switch
    {
        LineRead read => $"line {read.Line.Text}",
        MarkRead read => $"mark {read.Line.Text}",
        ChunkRead chunk => $"{chunk.Lines}",
        _ => "other",
    };

    private static IEnumerable<string> Lines(byte[] bytes)
    {
        var (splitter, events) = (new LineSplitter(Source), new List<TailEvent>());
        splitter.Take(bytes, 0, events);
        return [.. events.OfType<LineRead>().Select(read => read.Line.Text)];
    }
}
