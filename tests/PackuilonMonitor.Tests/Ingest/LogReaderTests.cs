using System.Text;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class LogReaderTests
{
    // Lines of many lengths over several blocks, so that blocks end inside lines.
    private static readonly string[] Some =
    [
        .. Enumerable.Range(0, 20_000).Select(i => $"{i} {new string((char)('a' + (i % 26)), i * 7 % 120)}"),
    ];

    [TestCase(0, 3)]
    [TestCase(1, 1)]
    [TestCase(3333, 40)]
    [TestCase(9_999, 100)]
    [TestCase(19_990, 40)]
    public void Page_AnyLine_IsThatLine(int first, int count)
    {
        using var log = new Log(Some);
        var page = log.Reader.Page(first, count);

        Assert.That(page.Lines.Select(line => line.Text), Is.EqualTo(Some.Skip(first).Take(count)));
        Assert.That(page.FirstLine, Is.EqualTo(first));
    }

    [Test]
    public void Page_BehindTheEnd_IsEmpty()
    {
        using var log = new Log(Some);
        Assert.That(log.Reader.Page(20_000, 5).Lines, Is.Empty);
        Assert.That(log.Reader.TotalLines, Is.EqualTo(20_000));
    }

    [Test]
    public void PageAtEnd_IsThereWithoutAnIndex_AndGetsItsNumbersFromIt()
    {
        using var log = new Log(Some);
        var page = log.Reader.PageAtEnd(40);
        Assert.That(page.Lines.Select(line => line.Text), Is.EqualTo(Some[^40..]));
        Assert.That((page.FirstLine, page.TotalLines, page.AtEnd), Is.EqualTo(((long?)null, (long?)null, true)));

        while (log.Reader.Step(100_000))
            Assert.That(log.Reader.TotalLines, Is.Null);
        page = log.Reader.PageAtEnd(40);
        Assert.That((page.FirstLine, page.TotalLines), Is.EqualTo(((long?)19_960, (long?)20_000)));
    }

    /// <summary>Two writers of one file leave zeros; what was torn there must not look like a whole line.</summary>
    [TestCase(79, "~~~ 79 zero bytes ~~~ ng for SSH")]
    [TestCase(32, "~~~ 32 zero bytes ~~~ ng for SSH")]
    [TestCase(31, "ng for SSH", Description = "few may be the output of a provisioner")]
    [TestCase(600_000, "~~~ zero bytes ~~~ ng for SSH", Description = "over several reads")]
    public void Page_WithZeroBytes_SaysHowMany_FromEitherSide(int zeros, string expected)
    {
        using var log = new Log(["first", new string('\0', zeros) + "ng for SSH", $"a{new string('\0', 40)}b\0c", "last"]);
        var from = log.Reader.PageAtEnd(4);
        string[] lines = ["first", expected, "a~~~ 40 zero bytes ~~~ bc", "last"];

        Assert.That(from.Lines.Select(line => line.Text), Is.EqualTo(lines));
        Assert.That(log.Reader.PageFrom(from.Lines[1].Offset, 2).Lines.Select(line => line.Text), Is.EqualTo(lines[1..3]));
        Assert.That(log.Reader.PageBefore(from.Lines[2].Offset, 2).Lines.Select(line => line.Text), Is.EqualTo(lines[..2]));
    }

    [Test]
    public void PageBeforeAndFrom_GoThroughTheWholeLogBothWays()
    {
        using var log = new Log(Some);
        var up = new List<string>();
        for (var page = log.Reader.PageAtEnd(977); page.Lines.Count > 0; page = log.Reader.PageBefore(page.Lines[0].Offset, 977))
            up.InsertRange(0, page.Lines.Select(line => line.Text));
        Assert.That(up, Is.EqualTo(Some));

        var down = new List<string>();
        for (var page = log.Reader.PageFrom(0, 977); page.Lines.Count > 0; page = log.Reader.PageFrom(page.End, 977))
            down.AddRange(page.Lines.Select(line => line.Text));
        Assert.That(down, Is.EqualTo(Some));
    }

    [Test]
    public void Growing_IsFollowed()
    {
        using var log = new Log(["a", "b"]);
        Assert.That(log.Reader.Step(), Is.False);
        log.Folder.Append("x.log", "c\nunfin");
        var page = log.Reader.PageAtEnd(2);
        Assert.That(page.Lines.Select(line => (line.Text, line.Unfinished)), Is.EqualTo(new[] { ("c", false), ("unfin", true) }));

        log.Folder.Append("x.log", "ished\n");
        log.Reader.Step();
        Assert.That(log.Reader.PageAtEnd(2).Lines[^1], Is.EqualTo(new FileLine(6, "unfinished", false)));
        Assert.That(log.Reader.TotalLines, Is.EqualTo(4));
    }

    [TestCase("z\n")]
    [TestCase("z\nb\nc\nd\ne\n")]
    [TestCase("z\nb\n")]
    public void Rewritten_BeginsAgain(string text)
    {
        using var log = new Log(["a", "b"]);
        log.Reader.Step();
        log.Folder.Rewrite("x.log", text);
        var page = log.Reader.Page(0, 10);

        Assert.That(page.Lines.Select(line => line.Text), Is.EqualTo(text.TrimEnd().Split('\n')));
        Assert.That((page.Generation, log.Reader.TotalLines), Is.EqualTo((1, (long?)text.Count(letter => letter == '\n'))));
    }

    [Test]
    public void Deleted_KeepsItsPagesAndSaysSo_ReplacedBeginsAgain()
    {
        using var log = new Log(["a", "b"]);
        log.Folder.Delete("x.log");
        Assert.That(log.Reader.PageAtEnd(9).Lines, Has.Count.EqualTo(2));
        Assert.That(log.Reader.Why, Is.EqualTo("missing"));

        log.Folder.Append("x.log", "c\n");
        Assert.That(log.Reader.PageAtEnd(9).Lines.Single().Text, Is.EqualTo("c"));
        Assert.That((log.Reader.Why, log.Reader.Generation), Is.EqualTo(((string?)null, 1)));
    }

    [Test]
    public void Missing_IsEmptyWithAReason()
    {
        using var folder = new Support.TempFolder();
        using var reader = new LogReader(new LogDirectory(folder.Path).Place("x.log"));
        Assert.That(reader.PageAtEnd(5).Lines, Is.Empty);
        Assert.That(reader.Why, Is.EqualTo("missing"));
    }

    [Test]
    public void Search_BothWays_FindsEachMatchOnce()
    {
        using var log = new Log(Some);
        var wanted = Enumerable.Range(0, 20).Select(i => $"{i * 1000}").ToList();
        bool IsWanted(string line) =>
            line.Split(' ')[0].EndsWith("000", StringComparison.Ordinal) || line.StartsWith("0 ", StringComparison.Ordinal);

        var forward = new List<string>();
        for (var step = log.Reader.Search(0, true, IsWanted); !step.Ended; step = log.Reader.Search(step.Next, true, IsWanted))
            if (step.Found is { } line)
                forward.Add(line.Text.Split(' ')[0]);
        Assert.That(forward, Is.EqualTo(wanted));

        var backward = new List<string>();
        for (
            var step = log.Reader.Search(log.Reader.Size, false, IsWanted);
            !step.Ended;
            step = log.Reader.Search(step.Next, false, IsWanted)
        )
            if (step.Found is { } line)
                backward.Add(line.Text.Split(' ')[0]);
        wanted.Reverse();
        Assert.That(backward, Is.EqualTo(wanted));
    }

    [Test]
    public void LongLine_IsCutAndTheNextIsReached()
    {
        using var log = new Log(["a", new string('x', 3_000_000), "b"]);
        Assert.That(
            log.Reader.Page(0, 9).Lines.Select(line => line.Text.Length),
            Is.EqualTo(new[] { 1, 65_536 + " … [2934464 more bytes]".Length, 1 })
        );
        Assert.That(log.Reader.PageAtEnd(1).Lines.Single().Text, Is.EqualTo("b"));
    }

    private const int Block = 256 * 1024;

    /// <summary>Going back, the last block is as long as a block; a line ends just before, at and just behind its beginning.</summary>
    [TestCase(-2)]
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void PageBefore_LinesThatEndAboutABlocksBorder_AreAllGoneThrough(int shift)
    {
        string[] lines =
        [
            .. Enumerable.Range(0, 40).Select(number => $"before {number}"),
            new string('x', 7 + shift),
            .. Enumerable.Range(1, Block / 8 - 1).Select(number => $"{number:0000000}"),
        ];
        using var log = new Log(lines);

        foreach (var count in (int[])[lines.Length - 41, lines.Length - 40, lines.Length - 39, lines.Length - 1, lines.Length])
            Assert.That(log.Reader.PageAtEnd(count).Lines.Select(line => line.Text), Is.EqualTo(lines[^count..]), $"{count} lines");
    }

    /// <summary>What was remembered of the beginning and the end tells whether it is still the same log, both to the last byte.</summary>
    [TestCase(0, 1)]
    [TestCase(255, 1)]
    [TestCase(256, 0)]
    [TestCase(1_000 - 257, 0)]
    [TestCase(1_000 - 256, 1)]
    [TestCase(999, 1)]
    public void Rewritten_WithOneOtherByte_IsAnotherLogWhereTheByteIsRemembered(int at, int restarts)
    {
        using var log = new Log([new string('x', 998), ""]);
        log.Reader.PageAtEnd(1);
        var before = log.Reader.Generation;
        var bytes = File.ReadAllBytes(log.Folder["x.log"]);
        Assert.That(bytes, Has.Length.EqualTo(1_000));
        bytes[at] = (byte)'y';
        log.Folder.Rewrite("x.log", Encoding.ASCII.GetString(bytes) + "and more\n");

        log.Reader.PageAtEnd(1);

        Assert.That(log.Reader.Generation - before, Is.EqualTo(restarts));
    }

    [Test]
    public void Disposed_LeavesNoFileOpen()
    {
        using var log = new Log(["one"]);
        log.Reader.PageAtEnd(1);
        Assert.That(OpenPaths(), Has.Member(log.Folder["x.log"]));

        log.Folder.Move("x.log", "old.log");
        log.Folder.Write("x.log", "two\n");
        log.Reader.PageAtEnd(1);
        Assert.That(OpenPaths(), Has.Member(log.Folder["x.log"]).And.No.Member(log.Folder["old.log"]), "the replaced file");

        log.Reader.Dispose();
        Assert.That(OpenPaths(), Has.No.Member(log.Folder["x.log"]));
    }

    private static IEnumerable<string?> OpenPaths() =>
        [.. Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget)];

    [Test]
    public void LargeLog_EndIsThereAtOnce_IndexIsSmall()
    {
        using var folder = new Support.TempFolder();
        var block = Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat("==> openstack: a line of eighty characters, more or less, of provisioner output\n", 13_000))
        );
        for (var i = 0; i < 100; i++)
            folder.Append("x.log", block);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var reader = new LogReader(FileLocation.At(folder["x.log"]));
        var page = default(FileLines);
        var work = Support.Work.Of(() => page = reader.PageAtEnd(40));
        while (reader.Step())
        {
        }

        Assert.That(page!.Lines, Has.Count.EqualTo(40));
        Assert.That(work.BytesRead, Is.InRange(40 * 80, 512 * 1024), "the end alone is read, of 104 MB");
        Assert.That(reader.TotalLines, Is.EqualTo(1_300_000));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(1 << 20));
        Assert.That(reader.Page(1_000_000, 1).FirstLine, Is.EqualTo(1_000_000));
    }

    private sealed class Log : IDisposable
    {
        public Log(IEnumerable<string> lines)
        {
            Folder.Append("x.log", string.Concat(lines.Select(line => line + "\n")));
            Reader = new LogReader(new LogDirectory(Folder.Path).Place("x.log"));
        }

        public Support.TempFolder Folder { get; } = new();

        public LogReader Reader { get; }

        public void Dispose()
        {
            Reader.Dispose();
            Folder.Dispose();
        }
    }
}
