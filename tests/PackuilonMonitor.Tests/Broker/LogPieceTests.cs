using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Packer;
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

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"type":"log"}""")]
    [TestCase("""{"type":"log","file":"x.log","build":"x","generation":1,"first":1,"last":1,"size":1,"ended":true,"modifiedAt":null,"log":"no"}""")]
    [TestCase("""{"type":"log","file":"../x.log","build":"x","generation":1,"first":1,"last":1,"size":1,"ended":true,"modifiedAt":null,"log":"{}"}""")]
    [TestCase("""{"type":"log","file":"x.log","build":"x","generation":"1","first":1,"last":1,"size":1,"ended":true,"modifiedAt":null,"log":"{}"}""")]
    public void Message_OfSomebodyElse_IsNoDigest(string body) => Assert.That(LogDigest.Of(Encoding.UTF8.GetBytes(body)), Is.Null);

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

    [Test]
    public void Table_OfAnEmptyStream_IsEmpty()
    {
        var (table, behind) = ShippedLogTable.In((_, _) => []);

        Assert.That((table.All.Count, table.Last, behind), Is.EqualTo((0, 0L, 0L)));
    }

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
