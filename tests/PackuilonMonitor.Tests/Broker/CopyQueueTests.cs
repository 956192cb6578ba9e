using System.IO.Compression;
using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>The copies of logs whose files are gone, in turn; a store that cannot be read for a while hides none for ever.</summary>
public sealed class CopyQueueTests
{
    private const string Store = "state/history.db";

    private readonly ShippedLogTable _table = new();
    private TempFolder _folder = null!;
    private CopyQueue _queue = null!;

    [SetUp]
    public void MakeStore()
    {
        _folder = new TempFolder();
        _queue = new CopyQueue(new StoredLogs(_folder[Store]), new LogLimits(1_000_000, 1_000_000));
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Copies_WhoseStoreCannotBeReadForAWhile_ArePublishedOnceEach()
    {
        GoneLog[] gone = [Copied(1, "first\n"), Copied(2, "second\n")];
        _queue.See(gone);
        Assert.That(Published(), Is.EqualTo("first\n"));
        _folder.Move(Store, "away");
        Assert.That(_queue.Next(_table), Is.Null);
        _folder.Move("away", Store);

        _queue.See(gone);

        Assert.That(Published(), Is.EqualTo("second\n"));
        _queue.See(gone);
        Assert.That(_queue.Next(_table), Is.Null);
    }

    [Test]
    public void Copy_WhoseBytesAreInTheStream_IsPublishedNoMoreOnceItIsAnnounced()
    {
        var gone = Copied(1, "first\n");
        _queue.See([gone]);
        Published();
        _queue.Begin();
        Assert.That(_queue.Next(_table)!.In(_table), Is.EqualTo(_table.FindEarlier(gone.Build)), "the events have to say it");

        _table.Announce(_table.FindEarlier(gone.Build)!);
        _queue.Begin();

        Assert.That(_queue.Next(_table), Is.Null);
    }

    /// <summary>The bytes of the next copy, as they are in the stream by then.</summary>
    private string Published()
    {
        var (copy, bytes) = (_queue.Next(_table)!, new List<byte>());
        while (copy.Next() is { } piece)
        {
            bytes.AddRange(piece.Bytes.Span);
            _table.Add(piece, _table.Last + 1);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>A build of the store, with a copy of its log.</summary>
    private GoneLog Copied(int number, string text)
    {
        var build = GivenBuilds.Good(number);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes(text));
        using var store = HistoryStore.Write(_folder[Store]).Store!;
        store.Put([build], ChangeLedger.Empty);
        store.Put(build.Id, build.StartedAt!.Value, LineTimes.None, new PackedLog(packed.ToArray(), text.Length, 1));
        return new GoneLog(build.Name.File, FactoryName.Without(build.Id), build.Id);
    }
}
