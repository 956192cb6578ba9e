using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>What a reader does with a file that another one takes meanwhile, and with one that is never the same twice.</summary>
public sealed class TailClaimTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void File_ThatAnotherReaderTakesAtTheSameMoment_IsReadOnceAndOpenOnce()
    {
        _folder.Write("messages", "1\n");
        File.CreateSymbolicLink(_folder["link"], _folder["messages"]);
        var once = new ReadOnce();
        using var other = new TailReader(FileLocation.At(_folder["messages"]), new TailOptions(), once);
        var taken = new List<TailEvent>();
        // Between the look at the path and the claim of the file.
        var link = FileLocation.At(_folder["link"]);
        using var reader = new TailReader(
            link with
            {
                Open = () =>
                {
                    taken.AddRange(other.Poll(default));
                    return link.Open();
                },
            },
            new TailOptions(),
            once
        );

        var events = reader.Poll(default);

        Assert.That((Lines(taken), Lines(events)), Is.EqualTo((1, 0)));
        Assert.That(Directory.GetFiles("/proc/self/fd").Count(IsInFolder), Is.EqualTo(1));
    }

    /// <summary>Between the look at the path and the opening the file goes away, or something else takes its place.</summary>
    [TestCase(false, SourceState.Waiting, "")]
    [TestCase(true, SourceState.Unreadable, "not a file but a directory")]
    public void File_ThatGoesBeforeItIsOpened_IsAbsentUnlessSomethingStandsThere(bool isReplaced, SourceState state, string text)
    {
        var path = _folder.Write("messages", "1\n");
        var place = FileLocation.At(path);
        using var reader = new TailReader(
            place with
            {
                Open = () =>
                {
                    File.Delete(path);
                    if (isReplaced)
                        Directory.CreateDirectory(path);
                    return place.Open();
                },
            },
            new TailOptions()
        );

        Assert.That(reader.Poll(default).OfType<LineRead>(), Is.Empty);
        Assert.That((reader.Health.State, reader.Health.Why ?? ""), Is.EqualTo((state, text)));
    }

    /// <summary>Other bytes at each read: a writer that truncates faster than anybody reads.</summary>
    [Test]
    public void File_ThatRestartsWithEachRead_EndsTheTurn()
    {
        const int ManyReads = 1_000;
        _folder.Write("messages", "1\n2\n");
        var reads = 0;
        using var reader = new TailReader(
            FileLocation.At(_folder["messages"]),
            new TailOptions
            {
                Read = (_, into, offset) =>
                {
                    if (++reads > ManyReads)
                        throw new IOException("the turn does not end");
                    into = into[..(int)Math.Clamp(4 - offset, 0, into.Length)];
                    into.Fill((byte)('a' + (reads % 7)));
                    return into.Length;
                },
            }
        );
        reader.Poll(default);
        _folder.Append("messages", "3\n");

        var events = reader.Poll(new Moment(TimeSpan.FromSeconds(1), Given.Noon));

        Assert.That((reader.HasMore, reads < ManyReads), Is.EqualTo((true, true)));
        Assert.That(events.OfType<SourceRotated>().Count(), Is.EqualTo(3), "so often it begins again in a turn");
    }

    private static int Lines(IEnumerable<TailEvent> events) => events.OfType<LineRead>().Count();

    private bool IsInFolder(string link) => new FileInfo(link).LinkTarget?.StartsWith(_folder.Path, StringComparison.Ordinal) == true;
}
