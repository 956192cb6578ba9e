using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>A log on its way into a file of ours, by one who fetches it, while more becomes known of it.</summary>
public sealed class FetchedLogTests
{
    private const string Name = "norm.managed.json.log";

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Log_ThatEnded_IsFetchedByOneAndThenByNobody()
    {
        var log = Fetched(1, size: 3);

        Assert.That((log.TryBegin(), log.TryBegin(), log.GoesOn()), Is.EqualTo((true, false, true)));
        log.Add(Piece(1, 0, "one"), 7);

        Assert.That((log.GoesOn(), log.TryBegin(), log.NextPlace(0), Text), Is.EqualTo((false, false, 8L, "one")));
        log.Know(Digest(1, size: 6));
        Assert.That(log.TryBegin(), Is.True, "more of it is there");
    }

    /// <summary>The beginning of the log before was not in the stream any more.</summary>
    [Test]
    public void Log_AfterOneThatIsLost_IsFetched()
    {
        var log = Fetched(1, size: 3);
        log.TryBegin();
        log.Lose("its beginning is not there");
        Assert.That((log.GoesOn(), log.TryBegin(), log.Wait(TimeSpan.Zero)), Is.EqualTo((false, false, "its beginning is not there")));

        log.Know(Digest(2, size: 3));

        Assert.That(log.TryBegin(), Is.True);
        log.Add(Piece(2, 0, "two"), 9);
        Assert.That((log.Wait(TimeSpan.Zero), Text), Is.EqualTo(((string?)null, "two")));
    }

    [Test]
    public void Log_ThatBeginsAgain_HasNothingOfTheOneBefore()
    {
        var log = Fetched(1, size: 8);
        log.Add(Piece(1, 0, "long one"), 7);

        log.Know(Digest(2, size: 3));
        Assert.That((log.Size, Text), Is.EqualTo((0L, "")));
        log.Add(Piece(2, 0, "two"), 8);

        Assert.That((Text, log.Arrivals.Count), Is.EqualTo(("two", 1)));
    }

    /// <summary>Temporary files that nobody has read for days are removed by many hosts.</summary>
    [Test]
    public void Log_WhoseFolderWasRemoved_IsFetchedFromItsBeginning()
    {
        var log = Fetched(1, size: 6);
        log.Add(Piece(1, 0, "one"), 7);
        Directory.Delete(_folder["logs"], recursive: true);

        Assert.That(() => log.Add(Piece(1, 3, "two"), 8), Throws.InstanceOf<IOException>());
        Assert.That((log.Size, log.NextPlace(7)), Is.EqualTo((0L, 7L)));
        log.Add(Piece(1, 0, "one"), 7);
        log.Add(Piece(1, 3, "two"), 8);

        Assert.That(Text, Is.EqualTo("onetwo"));
    }

    [Test]
    public void Log_WhoseFolderWasRemovedBeforeItBeginsAgain_IsFetched()
    {
        var log = Fetched(1, size: 3);
        log.Add(Piece(1, 0, "one"), 7);
        Directory.Delete(_folder["logs"], recursive: true);

        log.Know(Digest(2, size: 3));
        log.Add(Piece(2, 0, "two"), 8);

        Assert.That(Text, Is.EqualTo("two"));
    }

    private string Text => File.ReadAllText(_folder[$"logs/{Name}"]);

    private FetchedLog Fetched(long generation, long size)
    {
        Directory.CreateDirectory(_folder["logs"]);
        return new FetchedLog(_folder[$"logs/{Name}"], Digest(generation, size));
    }

    private static LogDigest Digest(long generation, long size) =>
        new(Name, "norm@1", generation, BuildLog.Empty) { First = 1, Last = 1, Size = size, IsEnded = true };

    private static LogPiece Piece(long generation, long offset, string text) =>
        new(Name, generation, offset, Given.Noon, Encoding.UTF8.GetBytes(text));
}
