using System.IO.Compression;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>A reader ends, and another one continues where it ended, if all that follows is still there.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadingPositionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Place_BeforeAnythingWasRead_IsUnknown()
    {
        using var tail = new Following(folder: _folder);

        Assert.That(tail.Reader.Place, Is.Null);
    }

    [Test]
    public void Place_WhileMoreIsToBeRead_IsUnknown()
    {
        _folder.Write("messages", "1\n2\n");
        using var reader = new TailReader(_folder["messages"], new TailOptions { BytesPerTurn = 3 });

        reader.Poll(default);
        Assert.That((reader.HasMore, reader.Place), Is.EqualTo((true, (SourcePosition?)null)));
        reader.Poll(default);
        Assert.That(reader.Place, Is.Not.Null);
    }

    [TestCase("1\n2\n", "3\n", "3")]
    [TestCase("1\nhal", "f\n3\n", "half 3", Description = "an unfinished line is read again from its beginning")]
    [TestCase("1\n", "", "")]
    public void Reader_FromAPlace_ReadsWhatFollows(string before, string after, string read)
    {
        var place = PlaceAfter(before);
        _folder.Append("messages", after);

        Assert.That((ReadingPosition.Holds(place), ReadFrom(place)), Is.EqualTo((true, read)));
    }

    [Test]
    public void Reader_FromAPlaceInARotatedFile_ReadsItsRestAndTheNewerFiles()
    {
        _folder.Write("messages.1", "0\n");
        var place = PlaceAfter("1\n");
        _folder.Append("messages", "2\n");
        _folder.Shift("messages");
        _folder.Append("messages", "3\n");
        _folder.Shift("messages");
        _folder.Append("messages", "4\n");

        Assert.That((ReadingPosition.Holds(place), ReadFrom(place)), Is.EqualTo((true, "2 3 4")));
    }

    /// <summary>The file is as long as what was read, longer, or shorter: then what was read is gone.</summary>
    [TestCase(4, "")]
    [TestCase(2, "2")]
    [TestCase(0, "1 2")]
    [TestCase(5, "1 2")]
    public void Reader_FromAByte_ReadsWhatFollows_OrAllOfAFileThatIsShorter(int bytes, string read)
    {
        _folder.Write("messages", "1\n2\n");
        var file = Identity("messages");
        var place = new SourcePosition(
            new SourceId(_folder["messages"]),
            [Point(file, bytes)]
        );

        foreach (var start in new[] { StartAt.Offset(bytes), StartAt.Place(file, bytes), StartAt.Place(place) })
        {
            using var tail = new Following(new TailOptions { Start = start }, folder: _folder);
            Assert.That(tail.Poll().Text, Is.EqualTo(read), $"{start}");
            Assert.That((tail.Gaps.Count(), tail.Events.OfType<SourceRotated>().Count()), Is.EqualTo((0, 0)), $"{start}");
        }
    }

    /// <summary>The files of the place are read from where it ended. Those between them that it does not have are read whole.</summary>
    [Test]
    public void Reader_FromAPlaceInARotatedFile_BeginsWithTheOldestOfThePlace()
    {
        foreach (var name in (string[])["messages.3", "messages.2", "messages.1", "messages"])
            _folder.Write(name, $"{name} a\n{name} b\n");
        var (second, last) = (Identity("messages.2"), Identity("messages"));
        var half = "messages.2 a\n".Length;
        var place = new SourcePosition(
            new SourceId(_folder["messages"]),
            [Point(second, half), Point(last, half - 2)]
        );

        Assert.That(ReadFrom(place), Is.EqualTo("messages.2 b messages.1 a messages.1 b messages b"));
        using var tail = new Following(new TailOptions { Start = StartAt.Place(second, half) }, folder: _folder);
        Assert.That(tail.Poll().Text, Is.EqualTo("messages.2 b messages.1 a messages.1 b messages a messages b"));
    }

    private static IEnumerable<TestCaseData> Deeds()
    {
        TestCaseData Case(string name, Action<TempFolder> deed, bool holds) => new TestCaseData(deed, holds).SetArgDisplayNames(name);

        yield return Case("nothing", static _ => { }, true);
        yield return Case("written on", static folder => folder.Append("messages", "more\n"), true);
        yield return Case("renamed", static folder => folder.Shift("messages"), true);
        yield return Case("truncated", static folder => folder.Truncate("messages"), false);
        yield return Case("truncated by a byte", static folder => folder.Truncate("messages", 999), false);
        yield return Case("deleted", static folder => folder.Delete("messages"), false);
        yield return Case("renamed to no rotated name", static folder => folder.Move("messages", "aside"), false);
        yield return Case(
            "another file with the same bytes",
            static folder =>
            {
                folder.Copy("messages", "copy");
                folder.Move("copy", "messages");
            },
            false);
        yield return Case("packed", Pack, false);
        yield return Case("another byte 256 before the end", static folder => Change(folder, 1_000 - 256), false);
        yield return Case("another byte 257 before the end", static folder => Change(folder, 1_000 - 257), true);
        yield return Case("another last byte", static folder => Change(folder, 999), false);
    }

    [TestCaseSource(nameof(Deeds))]
    public void Place_Holds_IfWhatWasReadLastIsThere(Action<TempFolder> deed, bool holds)
    {
        var place = PlaceAfter(new string('x', 999) + "\n");
        deed(_folder);

        Assert.That(ReadingPosition.Holds(place), Is.EqualTo(holds));
    }

    [Test]
    public void Place_InAnEmptyFile_DoesNotHold() => Assert.That(ReadingPosition.Holds(PlaceAfter("")), Is.False);

    [Test]
    public void Place_OfNoFile_DoesNotHold()
    {
        using var tail = new Following(folder: _folder);

        Assert.That(ReadingPosition.Holds(tail.Poll().Reader.Place!), Is.False);
    }

    [Test]
    public void Place_InTwoFiles_HoldsIfBothDo()
    {
        using var tail = new Following(folder: _folder);
        tail.Append("1\n").Poll();
        _folder.Shift("messages");
        tail.Append("2\n").Poll();
        var place = tail.Reader.Place!;

        Assert.That((place.Files.Length, ReadingPosition.Holds(place)), Is.EqualTo((2, true)));
        _folder.Delete("messages.1");
        Assert.That(ReadingPosition.Holds(place), Is.False);
    }

    private FileIdentity Identity(string name) => StatResult.At(_folder[name]).Status.Identity;

    private static FilePoint Point(FileIdentity file, long offset) => new(file.Device, file.Inode, file.Born, offset, offset, 0, 0);

    private SourcePosition PlaceAfter(string text)
    {
        using var tail = new Following(folder: _folder);
        return tail.Append(text).Poll().Reader.Place!;
    }

    private string ReadFrom(SourcePosition place)
    {
        using var tail = new Following(new TailOptions { Start = StartAt.Place(place) }, folder: _folder);
        return tail.Poll().Text;
    }

    private static void Change(TempFolder folder, int at)
    {
        using var file = new FileStream(folder["messages"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);
        file.Seek(at, SeekOrigin.Begin);
        file.WriteByte((byte)'y');
    }

    private static void Pack(TempFolder folder)
    {
        using (var packed = new GZipStream(File.Create(folder["messages.1.gz"]), CompressionLevel.Fastest))
            packed.Write(File.ReadAllBytes(folder["messages"]));
        folder.Delete("messages");
    }
}
