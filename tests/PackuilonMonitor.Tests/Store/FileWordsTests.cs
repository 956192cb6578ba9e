using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>The reasons of the kernel, by real files where they need no other user and no full disk.</summary>
public sealed class FileWordsTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TempFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [TestCase("missing/x", "there is no folder {0}/missing; make it first")]
    [TestCase("missing/too/x", "there is no folder {0}/missing/too; make it first")]
    [TestCase("file", "it is there already, and is not written over; give another name")]
    [TestCase("file/x", "{0}/file is not a folder")]
    [TestCase("folder", "it is a folder; name a file in it")]
    [TestCase("folder/", "it is a folder; name a file in it")]
    public void Create_WhereItCannotBe_SaysWhy(string name, string why)
    {
        _folder.Write("file", "");
        Directory.CreateDirectory(_folder["folder"]);

        Assert.That(Refused(_folder[name]), Is.EqualTo(string.Format(why, _folder.Path)));
    }

    [Test]
    public void Create_UnderALongName_SaysSo() => Assert.That(Refused(_folder[new string('a', 300)]), Is.EqualTo("the name is too long"));

    [Test]
    public void Create_InProc_SaysThatNothingCanBeMadeThere() =>
        Assert.That(Refused("/proc/x"), Is.EqualTo("no file can be made in /proc"));

    [TestCase(28, "no room is left in /")]
    [TestCase(122, "no room is left in /")]
    [TestCase(30, "/ is read-only")]
    [TestCase(5, "Input/output error")]
    public void Error_OfTheDisk_IsNamed(int number, string why) =>
        Assert.That(FileWords.NotWritten("/nonexistent/x", new IOException("Input/output error", number)), Is.EqualTo(why));

    [Test]
    public void Refusal_NamesTheFolderThatIsThere()
    {
        Directory.CreateDirectory(_folder["own"]);

        Assert.That(
            FileWords.NotWritten(_folder["own/missing/too/x"], new UnauthorizedAccessException()),
            Is.EqualTo($"no permission to write in {_folder["own"]}")
        );
    }

    private static string Refused(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            return "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileWords.NotWritten(path, error);
        }
    }
}
