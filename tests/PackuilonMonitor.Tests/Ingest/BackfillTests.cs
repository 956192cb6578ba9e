using System.IO.Compression;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>The limit of bytes on both sides of each line and file; reading from the place that was found shows it.</summary>
public sealed class BackfillTests
{
    private const int Longest = 64 * 1024;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>The line that the limit falls into, or begins at, is left out.</summary>
    [TestCase(1, "")]
    [TestCase(2, "")]
    [TestCase(3, "f")]
    [TestCase(4, "f")]
    [TestCase(5, "e f")]
    [TestCase(6, "d e f", Description = "exactly the newest file")]
    [TestCase(7, "d e f", Description = "one byte of the file before")]
    [TestCase(8, "c d e f", Description = "exactly two files")]
    [TestCase(9, "c d e f")]
    [TestCase(10, "c d e f")]
    [TestCase(11, "b c d e f")]
    [TestCase(12, "a b c d e f", Description = "exactly all of them")]
    [TestCase(1000, "a b c d e f")]
    public void Newest_ByTheLimit_BeginsAtAWholeLine(int limit, string lines)
    {
        _folder.Write("messages.2", "a\nb\n");
        _folder.Write("messages.1", "c\n");
        _folder.Write("messages", "d\ne\nf\n");

        Assert.That(Read(limit), Is.EqualTo(lines));
    }

    /// <summary>A rotation may leave a few lines at the path and everything else in a packed file, which is read whole.</summary>
    [TestCase(4, "c d", Description = "exactly the plain ones")]
    [TestCase(5, "b c d")]
    [TestCase(200, "b c d", Description = "the newer packed one is about as long as the limit")]
    [TestCase(1000, "a b c d")]
    public void Newest_WithPackedSiblings_CountsThemByTheirUsualLength(int limit, string lines)
    {
        Pack("messages.3.gz", "a\n");
        Pack("messages.2.gz", "b\n");
        _folder.Write("messages.1", "c\n");
        _folder.Write("messages", "d\n");

        Assert.That(Read(limit), Is.EqualTo(lines));
    }

    [Test]
    public void Newest_PackedAlone_IsReadBeforeTheFile()
    {
        Pack("messages.1.gz", "a\nb\n");
        _folder.Write("messages", "c\n");

        Assert.That(Read(1000), Is.EqualTo("a b c"));
    }

    [TestCase(Longest - 2, "b", Description = "the newline is the last byte that is looked at")]
    [TestCase(Longest - 1, "xx b", Description = "no newline in reach: the line begins where the limit is")]
    public void Newest_InALongLine_GoesToItsEnd(int more, string read)
    {
        _folder.Write("messages", "a\n" + new string('x', 2 * Longest) + "\nb\n");
        var lines = Read(more + "x\nb\n".Length);

        Assert.That(lines.Length > 100 ? $"xx {lines.Split(' ')[1]}" : lines, Is.EqualTo(read));
    }

    [Test]
    public void Newest_OfNoFile_IsTheBeginning() => Assert.That(Backfill.Newest(_folder["messages"], 1), Is.EqualTo(StartAt.Beginning));

    private void Pack(string name, string text)
    {
        using var packed = new StreamWriter(new GZipStream(File.Create(_folder[name]), CompressionLevel.Fastest));
        packed.Write(text);
    }

    private string Read(long limit)
    {
        using var tail = new Following(new TailOptions { Start = Backfill.Newest(_folder["messages"], limit) }, folder: _folder);
        return tail.Poll().Text;
    }
}
