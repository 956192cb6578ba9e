using System.Runtime.InteropServices;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>
/// A file that is open and then refuses to be read, as NFS does when the rights change: a fault of the file, and never the end of the
/// program.
/// </summary>
public sealed partial class RefusedReadTests
{
    private TempFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void MakeFile()
    {
        _folder = new TempFolder();
        _path = Path.Combine(_folder.Path, "a.log");
        File.WriteAllText(_path, "one\ntwo\n");
    }

    [TearDown]
    public void RemoveFile() => _folder.Dispose();

    [Test]
    public void LogReader_SaysThatItCannotBeRead()
    {
        using var reader = new LogReader(Refusing());
        reader.Step(1_000);

        Assert.That(reader.Why, Does.StartWith("unreadable: "));
        Assert.That(reader.PageAtEnd(10).Lines, Is.Empty);
    }

    [Test]
    public void WholeLog_ThrowsWhatItsCallersCatch()
    {
        Assert.That(() => LogFile.Lines(Refusing()), Throws.TypeOf<IOException>());
        Assert.That(LogFile.Good(Refusing()), Is.Null);
    }

    /// <summary>A file whose descriptor can only be written to once it is open: each read of it is refused.</summary>
    private FileLocation Refusing() => FileLocation.At(_path) with
    {
        Open = () =>
        {
            var opening = OpenFile.At(_path);
            using var written = File.OpenHandle(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            _ = Duplicate((int)written.DangerousGetHandle(), (int)opening.File!.Handle.DangerousGetHandle());
            return opening;
        },
    };

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
