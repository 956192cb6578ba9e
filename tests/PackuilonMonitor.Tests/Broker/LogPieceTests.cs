using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>Pieces of logs, what logs have told, and the table of both, as messages among others.</summary>
public sealed class LogPieceTests
{
    private const string File = "norm.managed.json.log";

    [Test]
    public void Piece_IsReadBackAsItWas()
    {
        var piece = Piece(7, "bytes \0\n") with { Build = "norm.managed.json.log@1" };

        var again = LogPiece.Of(new BasicProperties { Headers = piece.Headers(9) }, piece.Bytes)!;

        Assert.That(
            (again.File, again.Build, again.Generation, again.Offset, again.ArrivedAt, Encoding.UTF8.GetString(again.Bytes.Span)),
            Is.EqualTo((File, "norm.managed.json.log@1", 1L, 7L, Given.Noon, "bytes \0\n"))
        );
    }

    [TestCase(LogPiece.Sequence, null)]
    [TestCase(LogPiece.Sequence, "5")]
    [TestCase(LogPiece.Sequence, long.MaxValue)]
    [TestCase("packuilon-log", null)]
    [TestCase("packuilon-log", "../../etc/passwd.log")]
    [TestCase("packuilon-log", 5L)]
    [TestCase("packuilon-generation", 0L)]
    [TestCase("packuilon-generation", -1L)]
    [TestCase("packuilon-arrived", long.MaxValue)]
    [TestCase("packuilon-arrived", 9007199254740992L)]
    [TestCase("packuilon-arrived", "5")]
    [TestCase("packuilon-arrived", null)]
    public void Message_OfSomebodyElse_IsNoPiece(string header, object? value)
    {
        var headers = Piece(0, "x").Headers(1);
        headers[header] = value;

        Assert.That(LogPiece.Of(new BasicProperties { Headers = headers }, new byte[1]), Is.Null);
    }

    [TestCase(0)]
    [TestCase(LogPiece.Longest + 1)]
    public void Message_TooShortOrTooLong_IsNoPiece(int length) =>
        Assert.That(LogPiece.Of(new BasicProperties { Headers = Piece(0, "x").Headers(1) }, new byte[length]), Is.Null);

    [Test]
    public void Digest_TellsWhatTheLogHasTold()
    {
        string[] lines =
        [
            "==> norm: Launching server...",
            "==> norm: Waiting for SSH to become available...",
            "==> norm: Timeout waiting for SSH.",
            "Build 'norm' errored: Timeout waiting for SSH.",
        ];
        var log = lines.Aggregate(BuildLog.Empty, (known, line) => known.Apply(line, Given.Noon)) with { ModifiedAt = Given.Noon };
        var digest = new LogDigest(File, "norm", 3, log) { First = 5, Last = 9, Size = 1_000, IsEnded = true };

        var again = LogDigest.Of(digest.Bytes())!;

        Assert.Multiple(() =>
        {
            Assert.That((again.File, again.Build, again.Generation), Is.EqualTo((File, "norm", 3L)));
            Assert.That((again.First, again.Last, again.Size, again.IsEnded), Is.EqualTo((5L, 9L, 1_000L, true)));
            Assert.That(again.Log.ModifiedAt, Is.EqualTo(Given.Noon));
            Assert.That(again.Log.Trail.Steps.Select(step => step.Name), Is.EqualTo(log.Trail.Steps.Select(step => step.Name)));
            Assert.That(Verdict.Of(again.Log).Outcome, Is.EqualTo(Verdict.Of(log).Outcome));
            Assert.That(ShippedEvent.Of(digest.Bytes()), Is.Null, "it is no event");
        });
    }

    private static readonly string Told = """
        {"type":"log","file":"x.log","build":"x","filter":"x","generation":1,"first":1,"last":1,"size":1,"ended":true,"earlier":false,
        "modifiedAt":null,"log":"{}"}
        """;

    /// <summary>What differs is all that is wrong with it.</summary>
    [TestCase("\"type\":\"log\"", "\"type\":\"logs\"")]
    [TestCase("\"file\":\"x.log\"", "\"file\":\"../x.log\"")]
    [TestCase("\"file\":\"x.log\"", "\"file\":null")]
    [TestCase("\"generation\":1", "\"generation\":\"1\"")]
    [TestCase("\"size\":1", "\"size\":1.5")]
    [TestCase("\"ended\":true", "\"ended\":1")]
    [TestCase("\"filter\"", "\"other\"")]
    [TestCase("\"earlier\"", "\"other\"")]
    [TestCase("\"modifiedAt\":null", "\"modifiedAt\":\"noon\"")]
    [TestCase("\"log\":\"{}\"", "\"log\":\"no\"")]
    [TestCase("\"log\":\"{}\"", "\"log\":null")]
    public void Message_OfSomebodyElse_IsNoDigest(string part, string other)
    {
        Assert.That(LogDigest.Of(Encoding.UTF8.GetBytes(Told)), Is.EqualTo(new LogDigest("x.log", "x", 1, BuildLog.Empty)
        {
            First = 1,
            Last = 1,
            Size = 1,
            IsEnded = true,
        }).Using<LogDigest>((one, two) => one with { Log = two.Log } == two));
        Assert.That(Told, Does.Contain(part));

        Assert.That(LogDigest.Of(Encoding.UTF8.GetBytes(Told.Replace(part, other, StringComparison.Ordinal))), Is.Null);
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("{}")]
    [TestCase("""{"type":"log"}""")]
    public void Message_ThatIsNoneOfOurs_IsNoDigest(string body) => Assert.That(LogDigest.Of(Encoding.UTF8.GetBytes(body)), Is.Null);

    /// <summary>Its last chunk is its last three messages; the table is far behind pieces, doubled ones and garbage.</summary>
    [TestCase(0, 0L)]
    [TestCase(2, 0L)]
    [TestCase(50, 0L)]
    [TestCase(50, 40_000L)]
    [TestCase(1_000, 40_000L)]
    public void Table_IsThatOfTheLastInTheStream_AndWhatFollowsIt(int pieces, long first)
    {
        var written = new ShippedLogTable();
        var stream = new List<(Dictionary<string, object?> Headers, ReadOnlyMemory<byte> Body)>();
        void Add(LogPiece piece)
        {
            var sequence = written.Last + 1;
            stream.Add((piece.Headers(sequence), piece.Bytes));
            written.Add(piece, sequence);
        }

        for (var number = 0; number < 10; number++)
            Add(Piece(number, "a"));
        stream.Add((new() { [LogPiece.Sequence] = ++written.Last }, written.Bytes()));
        for (var number = 0; number < pieces; number++)
        {
            Add(Piece(10 + number, "b"));
            if (number % 3 == 0)
                Add(Piece(10 + number, "b"));
            if (number % 5 == 0)
                stream.Add((new() { [LogPiece.Sequence] = "5" }, Encoding.UTF8.GetBytes("garbage")));
        }

        var (table, behind) = ShippedLogTable.In(Reading(stream, first));

        Assert.That(table.Find(File), Is.EqualTo(written.Find(File)));
        Assert.That(table.Last, Is.EqualTo(written.Last));
        Assert.That(behind, Is.EqualTo(written.Last - 11));
    }

    private static readonly (string Header, object? Value)[] ForeignHeaders =
    [
        ("x", null),
        (LogPiece.Sequence, null),
        (LogPiece.Sequence, "5"),
        (LogPiece.Sequence, Encoding.UTF8.GetBytes("5")),
        (LogPiece.Sequence, -1L),
        (LogPiece.Sequence, long.MaxValue),
        (LogPiece.Sequence, 1L),
        (LogPiece.Sequence, 1L << 53),
        (LogPiece.Sequence, true),
    ];

    private static readonly byte[][] ForeignBodies =
    [
        [],
        [0xFF, 0x00, 0xC0],
        "garbage"u8.ToArray(),
        "null"u8.ToArray(),
        "5"u8.ToArray(),
        "{}"u8.ToArray(),
        """{"type":"log-table"}"""u8.ToArray(),
        """{"type":"log-table","logs":5}"""u8.ToArray(),
        """{"type":"log-table","logs":[null],"earlier":null}"""u8.ToArray(),
    ];

    /// <summary>Between the messages of ours, and as the last ones.</summary>
    [Test]
    public void Table_OfAStreamWithMessagesOfOthers_NumbersOnBehindTheLastOfOurs([Values(1, 40)] int times)
    {
        var written = new ShippedLogTable();
        var stream = new List<(Dictionary<string, object?> Headers, ReadOnlyMemory<byte> Body)>();
        void AddForeign()
        {
            foreach (var (header, value) in Enumerable.Repeat(ForeignHeaders, times).SelectMany(headers => headers))
            {
                foreach (var body in ForeignBodies)
                    stream.Add((new() { [header] = value }, body));
            }
        }

        for (var number = 0; number < 10; number++)
        {
            AddForeign();
            stream.Add((Piece(number, "a").Headers(written.Last + 1), Piece(number, "a").Bytes));
            written.Add(Piece(number, "a"), written.Last + 1);
        }

        AddForeign();

        var (table, _) = ShippedLogTable.In(Reading(stream, first: 0));

        Assert.That((table.Last, table.Find(File)), Is.EqualTo((10L, written.Find(File))));
    }

    [Test]
    public void Table_OfAnEmptyStream_IsEmpty()
    {
        var (table, behind) = ShippedLogTable.In((_, _) => []);

        Assert.That((table.All.Count, table.Last, behind), Is.EqualTo((0, 0L, 0L)));
    }

    [Test]
    public void Piece_OfACopy_SaysSoAndMayHaveNoTime()
    {
        var piece = Piece(0, "x") with { Build = "norm@1", Filter = File, ArrivedAt = null, IsEarlier = true };

        var again = LogPiece.Of(new BasicProperties { Headers = piece.Headers(9) }, piece.Bytes)!;

        Assert.That((again.Build, again.Filter, again.IsEarlier), Is.EqualTo(("norm@1", File, true)));
        Assert.That(again.ArrivedAt, Is.Null);
    }

    /// <summary>Also by whoever reads only the table, or a table and what follows it.</summary>
    [TestCase(0)]
    [TestCase(2)]
    [TestCase(5)]
    public void Log_ThatAnotherBuildOverwrote_IsFoundByItsBuild(int tableAfter)
    {
        LogPiece[] pieces =
        [
            Piece(0, "one") with { Build = File, Filter = File },
            Piece(3, "one") with { Build = "norm@1", Filter = File },
            Piece(0, "two") with { Build = "norm@2", Generation = 2 },
            Piece(0, "none") with { Build = "norm@0", Generation = 3, IsEarlier = true },
            Piece(4, "none") with { Build = "norm@0", Generation = 3, IsEarlier = true },
        ];
        var written = new ShippedLogTable();
        var stream = new List<(Dictionary<string, object?> Headers, ReadOnlyMemory<byte> Body)>();
        for (var number = 0; number <= pieces.Length; number++)
        {
            if (number == tableAfter)
                stream.Add((new() { [LogPiece.Sequence] = ++written.Last }, written.Bytes()));
            if (number == pieces.Length)
                break;
            stream.Add((pieces[number].Headers(written.Last + 1), pieces[number].Bytes));
            written.Add(pieces[number], written.Last + 1);
        }

        var (table, _) = ShippedLogTable.In(Reading(stream, first: 0));

        foreach (var known in new[] { written, table })
        {
            Assert.That(known.Find(File)!.Build, Is.EqualTo("norm@2"));
            Assert.That(known.FindOf(File, "norm@2"), Is.EqualTo(known.Find(File)));
            Assert.That((known.FindEarlier("norm@1")!.Size, known.FindEarlier("norm@1")!.Filter), Is.EqualTo((6L, File)));
            Assert.That((known.FindEarlier("norm@0")!.Size, known.FindEarlier("norm@0")!.Generation), Is.EqualTo((8L, 3L)));
            Assert.That(known.FindEarlier("norm@2"), Is.Null);
            Assert.That(known.NextGeneration(File), Is.EqualTo(4));
        }
    }

    [Test]
    public void Log_ThatTheEventsAnnounce_IsAnnouncedUntilMoreOfItIsThere()
    {
        var table = new ShippedLogTable();
        table.Add(Piece(0, "a"), 1);
        var first = table.Find(File)!;

        Assert.That(
            (table.Announce(first), table.Find(File)!.IsAnnounced, table.Announce(table.Find(File)!)),
            Is.EqualTo((true, true, false))
        );
        table.Add(Piece(1, "b"), 2);
        Assert.That(
            (table.Announce(first), table.Find(File)!.IsAnnounced),
            Is.EqualTo((false, false)),
            "what was announced is not all any more"
        );
    }

    [Test]
    public void Lines_OfALogThatAnotherBuildOverwrote_KeepThatOfTheBuildBefore()
    {
        var lines = new ShippedLines(new SourceId("stream"));
        var read = lines
            .Of(
                [
                    .. new[]
                    {
                        Digest(1, "norm@1"),
                        // The log begins again before the line of its build comes.
                        Digest(2, "norm@1"),
                        Digest(2, "norm@2"),
                        Digest(2, "norm@2"),
                        Digest(3, "norm@0", isEarlier: true),
                        Digest(4, "norm@4"),
                    }
                    .Select(digest => new Shipped(0, null) { Digest = LogDigest.Of(digest.Bytes()) }),
                ],
                Given.Noon
            )
            .OfType<LogReported>()
            .Select(one => (one.Read.Generation, one.Read.EarlierBuild));

        Assert.That(
            read,
            Is.EqualTo(
                new (int, string?)[] { (1, null), (2, null), (1, "norm@1"), (2, null), (2, null), (3, "norm@0"), (2, "norm@2"), (4, null) }
            )
        );
        Assert.That(lines.Foreign, Is.Zero);
    }

    /// <summary>A log that is gone in the middle of its way goes out whole, before another build begins its file.</summary>
    [Test]
    public void Copy_OfALogThatWasPublishedInPart_StaysWhenAnotherBuildBeginsTheFile()
    {
        var table = new ShippedLogTable();
        LogPiece[] pieces =
        [
            Piece(0, "on") with { Build = "norm@1" },
            Piece(0, "one") with { Build = "norm@1", Generation = 2, IsEarlier = true },
            Piece(0, "two") with { Build = "norm@2", Generation = 3 },
        ];
        foreach (var piece in pieces)
            table.Add(piece, table.Last + 1);

        Assert.That((table.FindEarlier("norm@1")!.Size, table.FindEarlier("norm@1")!.Generation), Is.EqualTo((3L, 2L)));
        Assert.That(table.Find(File)!.Build, Is.EqualTo("norm@2"));
    }

    [Test]
    public void Lines_OfALogThatACopyCompleted_DoNotTakeThatBack()
    {
        var lines = new ShippedLines(new SourceId("stream"));
        LogDigest[] digests =
        [
            Digest(1, "norm@1"),
            Digest(2, "norm@1", isEarlier: true),
            Digest(3, "norm@2"),
        ];

        var read = lines
            .Of([.. digests.Select(digest => new Shipped(0, null) { Digest = digest })], Given.Noon)
            .OfType<LogReported>()
            .Select(one => (one.Read.Generation, one.Read.EarlierBuild));

        Assert.That(read, Is.EqualTo(new (int, string?)[] { (1, null), (2, "norm@1"), (3, null) }));
    }

    /// <summary>Nobody says that the file is gone; the copy is newer than what was in it.</summary>
    [Test]
    public void Reader_OfALogThatACopyCompleted_ReadsTheCopyBeforeAndAfterTheFileBeginsAgain()
    {
        var logs = new ShippedLogs(EventStream.Of("--from", "amqp://localhost", "harwell"));
        string Place(string build) => Path.GetFileName(Path.GetDirectoryName(logs.PlaceOf(build, File).Source.Path)!);
        logs.Learn(Digest(1, "norm@1"));
        var own = Place("norm@1");
        logs.Learn(Digest(2, "norm@1", isEarlier: true));
        var copied = Place("norm@1");
        logs.Learn(Digest(3, "norm@2"));

        Assert.That(copied, Is.Not.EqualTo(own));
        Assert.That((Place("norm@1"), Place("norm@2")), Is.EqualTo((copied, own)));
    }

    /// <summary>What comes of them tells where the log of each build is read.</summary>
    [Test]
    public void Lines_OfLogs_AreWhatTheirReaderKnows()
    {
        var logs = new ShippedLogs(EventStream.Of("--from", "amqp://localhost", "harwell"));
        var lines = new ShippedLines(new SourceId("stream"), logs);
        string Place(string build) => Path.GetFileName(Path.GetDirectoryName(logs.PlaceOf(build, File).Source.Path)!);
        var unknown = Place("norm@1");
        Assert.That(logs.Any, Is.False);

        Take(Digest(2, "norm@1", isEarlier: true));
        Assert.That((Place("norm@1") == unknown, logs.Any), Is.EqualTo((false, false)), "a copy");

        Take(Digest(3, "norm@2"));
        Assert.That((Place("norm@2") == unknown, logs.Any), Is.EqualTo((true, true)), "what is in the file");

        void Take(LogDigest digest) => lines.Of([new Shipped(0, null) { Digest = digest }], Given.Noon);
    }

    private static LogDigest Digest(long generation, string build, bool isEarlier = false) =>
        new(File, build, generation, BuildLog.Empty) { First = 1, Last = 1, Size = 1, IsEarlier = isEarlier };

    [Test]
    public void Log_ThatBeganAgain_HasTheBytesOfTheNewOneAlone()
    {
        var table = new ShippedLogTable();
        table.Add(Piece(0, "old bytes"), 1);
        table.Add(Piece(0, "new") with { Generation = 2 }, 2);
        table.Add(Piece(9, "late"), 3);

        Assert.That(
            table.Find(File),
            Is.EqualTo(new ShippedLog(File, File, 2, 3, ByteCheck.Of(ByteCheck.Start, Encoding.UTF8.GetBytes("new")), 2, 2))
        );
    }

    private static LogPiece Piece(long offset, string text) => new(File, 1, offset, Given.Noon, Encoding.UTF8.GetBytes(text));

    private static Func<object, long, IReadOnlyList<StreamMessage>> Reading(
        List<(Dictionary<string, object?> Headers, ReadOnlyMemory<byte> Body)> stream,
        long first
    ) => (from, until) =>
    {
        var begin = from is long place ? Math.Max(0, place - first) : Math.Max(0, stream.Count - 3);
        return
        [
            .. stream
                .Select((message, at) => new StreamMessage(first + at, new BasicProperties { Headers = message.Headers }, message.Body))
                .Skip((int)begin)
                .TakeWhile(message => message.Place < until),
        ];
    };
}
