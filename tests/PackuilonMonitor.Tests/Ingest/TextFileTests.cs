using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>What is read in place of a file that a person writes, and how files are described.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TextFileTests : IDisposable
{
    private const int Largest = 16 * 1024 * 1024;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void File_IsRead() => Assert.That(TextFile.Read(_folder.Write("a", "text")), Is.EqualTo("text"));

    [Test]
    public void EmptyDevice_IsAnEmptyFile() => Assert.That(TextFile.Read("/dev/null"), Is.Empty);

    [TestCase(Largest, null)]
    [TestCase(Largest + 1, "larger than 16 MiB")]
    public void LargeFile_IsRefused(int size, string? why)
    {
        using (var file = File.Create(_folder["a"]))
            file.SetLength(size);

        Assert.That(WhyNot(_folder["a"]), Is.EqualTo(why));
    }

    [Test]
    public void Folder_IsRefused() => Assert.That(WhyNot(_folder.Path), Is.EqualTo("not a file but a directory"));

    [TestCase(false, "not a file but a FIFO")]
    [TestCase(true, null)]
    public void Pipe_IsReadIfTheUserMayNameOne(bool mayBePipe, string? why)
    {
        Shell.Run("mkfifo", _folder["a"]);

        Assert.That(WhyNot(_folder["a"], mayBePipe), Is.EqualTo(why));
    }

    [Test]
    public void MissingFile_IsLeftToTheReader() => Assert.That(WhyNot(_folder["a"]), Is.Null);

    [Test]
    public void Status_SaysTheModeAndTheOwner()
    {
        TempFolder.SetMode(_folder.Write("a", "text"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.That(StatResult.At(_folder["a"]).Status.Rights, Does.Match("^file mode 0600, owner [0-9]+:[0-9]+$"));
    }

    [Test]
    public void Path_WithANul_IsNoOtherFile()
    {
        _folder.Write("a", "text");

        Assert.That(StatResult.At(_folder["a"] + "\0b").Absent, Is.True);
    }

    [Test]
    public void Link_IsFollowedOnRequestAlone()
    {
        File.CreateSymbolicLink(_folder["link"], _folder.Write("a", "text"));

        Assert.That(
            (StatResult.At(_folder["link"]).Status.IsRegular, StatResult.At(_folder["link"], followLink: false).Status.IsLink),
            Is.EqualTo((true, true))
        );
        Assert.That(OpenFile.At(_folder["link"], followLink: false).File, Is.Null);
    }

    private static string? WhyNot(string path, bool mayBePipe = false)
    {
        try
        {
            TextFile.Check(path, mayBePipe);
            return null;
        }
        catch (IOException refused)
        {
            return refused.Message;
        }
    }
}
