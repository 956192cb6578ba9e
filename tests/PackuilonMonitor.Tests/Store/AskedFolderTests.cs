using System.Text;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>What users of a host ask its recorder for, as files that anybody of the group may put there.</summary>
public sealed class AskedFolderTests
{
    private const string Ending = ".ask";
    private const int MostBytes = 256 * 1024;

    private readonly List<string> _done = [];
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        _done.Clear();
        Directory.CreateDirectory(_folder["asked"]);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Request_OfAUser_IsGivenOnceWithItsOwner()
    {
        AskedFolder.Put(_folder.Path, Ending, "one");
        var user = default(uint?);

        AskedFolder.Take(_folder.Path, Ending, (text, owner) => (user, _) = (owner, Note(text)));
        Take();

        Assert.That((_done, user), Is.EqualTo((new[] { "one" }, (uint?)ThisUser.Id)));
        Assert.That(Files, Is.Empty);
    }

    [TestCase(MostBytes, true)]
    [TestCase(MostBytes + 1, false)]
    public void Request_AsLongAsTheLimit_IsGivenAndNoLonger(int length, bool isGiven)
    {
        _folder.Write($"asked/x{Ending}", new string('x', length));

        Take();

        Assert.That(_done.Select(text => text.Length), Is.EqualTo(isGiven ? new[] { length } : []));
        Assert.That(Files, Is.Empty);
    }

    [TestCase("ln")]
    [TestCase("ln -s")]
    [TestCase("mkfifo")]
    public void Request_ThatIsNoFileOfItsOwn_IsRemovedUnread(string how)
    {
        _folder.Write("secret", "secret");
        var request = _folder[$"asked/x{Ending}"];
        Assert.That(Shell.Run("/bin/sh", "-c", $"{how} {(how == "mkfifo" ? "" : _folder["secret"])} {request}"), Is.Zero);
        AskedFolder.Put(_folder.Path, Ending, "good");

        Take();

        Assert.That(_done, Is.EqualTo(new[] { "good" }));
        Assert.That(Files, Is.Empty);
        Assert.That(File.ReadAllText(_folder["secret"]), Is.EqualTo("secret"));
    }

    [Test]
    public void Request_ThatFails_IsTriedAgainAndTheOthersDoNotWaitForIt([Values] bool isAccess)
    {
        foreach (var text in new[] { "bad", "good" })
            AskedFolder.Put(_folder.Path, Ending, text);
        Exception error = isAccess ? new UnauthorizedAccessException("no") : new IOException("no");
        void Done(ReadOnlyMemory<byte> text, uint owner)
        {
            if (Note(text) == "bad")
                throw error;
        }

        for (var beat = 0; beat < 2; beat++)
            Assert.That(() => AskedFolder.Take(_folder.Path, Ending, Done), Throws.Exception.SameAs(error));

        Assert.That(_done, Is.EquivalentTo(new[] { "bad", "bad", "good" }));
        Assert.That(Files, Has.Length.EqualTo(1));
    }

    /// <summary>Only some file systems hold such times.</summary>
    [TestCase("99999999999999")]
    [TestCase("-99999999999999")]
    public void Request_OfATimeBeyondAllYears_IsGiven(string second)
    {
        if (!Directory.Exists("/dev/shm"))
            Assert.Ignore("needs a file system in memory");
        using var folder = new TempFolder("/dev/shm");
        Directory.CreateDirectory(folder["asked"]);
        folder.Write($"asked/x{Ending}", "far");
        folder.Write($"asked/y{Ending}", "near");
        if (Shell.Run("touch", "-d", $"@{second}", folder[$"asked/x{Ending}"]) != 0)
            Assert.Ignore("touch does not know this time");

        AskedFolder.Take(folder.Path, Ending, (text, _) => Note(text));

        Assert.That(_done, Is.EquivalentTo(new[] { "far", "near" }));
    }

    [Test]
    public void Requests_AreGivenOldestFirst()
    {
        foreach (var (text, minute) in new[] { ("third", 3), ("first", 1), ("second", 2) })
            File.SetLastWriteTimeUtc(AskedFolder.Put(_folder.Path, Ending, text), Given.Noon.AddMinutes(minute).UtcDateTime);

        Take();

        Assert.That(_done, Is.EqualTo(new[] { "first", "second", "third" }));
    }

    [Test]
    public void Request_ThatCannotBePut_LeavesNothing()
    {
        var before = _folder[$"asked/x{Ending}"];
        Directory.CreateDirectory(Path.Combine(before, "in the way"));

        Assert.That(() => AskedFolder.Put(_folder.Path, Ending, "one", before), Throws.InstanceOf<IOException>());

        Assert.That(Files, Is.Empty);
    }

    [Test]
    public void WholeFile_ThatCannotBeReplaced_LeavesNothing()
    {
        Directory.CreateDirectory(_folder["file/in the way"]);

        Assert.That(() => WholeFile.Replace(_folder["file"], "text", WholeFile.ForUserAlone), Throws.InstanceOf<IOException>());

        Assert.That(Directory.GetFiles(_folder.Path), Is.Empty);
    }

    private void Take() => AskedFolder.Take(_folder.Path, Ending, (text, _) => Note(text));

    private string Note(ReadOnlyMemory<byte> text)
    {
        _done.Add(Encoding.UTF8.GetString(text.Span));
        return _done[^1];
    }

    private string[] Files => Directory.GetFiles(_folder["asked"]);
}
