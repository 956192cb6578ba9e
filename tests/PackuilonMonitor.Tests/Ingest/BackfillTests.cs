using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>Each limit of the search backwards, on both sides of it.</summary>
public sealed class BackfillTests
{
    private const string Line = "0123456789 noise\n";
    private const string Marked = "MARK\n";

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(0, "messages", 0)]
    [TestCase(1, "messages.1", 34)]
    [TestCase(17, "messages.1", 34)]
    [TestCase(18, "messages.1", 17)]
    [TestCase(33, "messages.1", 17)]
    [TestCase(34, "messages.1", 0)]
    public void Limit_JustPastTheNewestFile_ReachesIntoTheOneBefore(int more, string file, int offset)
    {
        _folder.Write("messages.1", Line + Line);
        _folder.Write("messages", Line);
        var limit = Line.Length + more;

        var place = new Backfill(_folder["messages"], isBeginning: null, limit).Find();

        Assert.That(
            (Path.GetFileName(place.Path), place.Found, place.Offset),
            Is.EqualTo((file, false, (long)offset)),
            "the line that the limit falls into, or begins at, is left out"
        );
    }

    [Test]
    public void Mark_InTheOlderOfTwoFiles_IsFoundThere_AndTheNewestOfTwoIsTaken()
    {
        _folder.Write("messages.1", Line + Marked + Line + Marked + Line);
        _folder.Write("messages", Line);

        var place = Find(limit: 1 << 20);

        Assert.That(
            (Path.GetFileName(place.Path), place.Found, place.Offset, place.Bytes),
            Is.EqualTo(("messages.1", true, 39L, 22L + Line.Length))
        );
    }

    [TestCase(6, true)]
    [TestCase(5, false)]
    public void Mark_JustWithinTheLimit_IsFound_AndAtItIsNot(int reach, bool isFound)
    {
        _folder.Write("messages", Line + Marked + Line);

        Assert.That(Find(Line.Length + reach).Found, Is.EqualTo(isFound));
    }

    [Test]
    public void Progress_IsOfNoMoreThanTheLimit_AndNoFileBehindTheMarkIsOpened()
    {
        _folder.Write("messages.2", string.Concat(Enumerable.Repeat(Line, 1_000)));
        _folder.Write("messages.1", Marked + Line);
        _folder.Write("messages", Line);
        var searched = new List<long>();

        new Backfill(_folder["messages"], line => line.StartsWith("MARK"u8), 1 << 20).Find(searched.Add);

        Assert.That(searched, Is.EqualTo(new[] { 17 }));
    }

    [Test]
    public void Mark_InALineLongerThanIsKept_IsFoundByItsBeginning()
    {
        var length = 64 * 1024;
        _folder.Write("messages", Line + "MARK" + new string('x', 5 * length) + "\n" + Line);

        Assert.That(Find(1 << 24).Offset, Is.EqualTo(17));
    }

    private BackfillResult Find(long limit) => new Backfill(_folder["messages"], line => line.StartsWith("MARK"u8), limit).Find();
}
