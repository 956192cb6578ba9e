using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Seen;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Seen;

/// <summary>What users have seen, in the store of a host: they ask, and the recorder writes.</summary>
public sealed class HostSeenTests
{
    private readonly List<string?> _troubles = [];
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeStore()
    {
        _folder = new TempFolder();
        _troubles.Clear();
        HostFolder.Make(_folder["store"], "no-such-group");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Mark_OfAUser_IsWrittenByTheRecorderAndReadWithoutAFileOfTheUsersOwn()
    {
        Own.Write(Mark(5, "lab"));
        Recorder.Take();

        var read = new SeenFile(null) { Store = _folder["store"] }.Read()!;

        Assert.That((read.At, read.Keys.Single()), Is.EqualTo((Mark(5).At, "lab")));
        Assert.That(TempFolder.ModeOf(Written), Is.EqualTo((UnixFileMode)0b110_100_000));
        Assert.That(TempFolder.ModeOf(Path.GetDirectoryName(Written)!), Is.EqualTo((UnixFileMode)0b010_111_101_000));
        Assert.That(Requests, Is.Empty);
    }

    /// <summary>What other versions may have written: what is left out or null is as after looking at that moment.</summary>
    [TestCase("""{"at":"2026-11-22T12:00:00Z"}""", "12:00 looked 12:00: ")]
    [TestCase("""{"at":"2026-11-22T12:00:00Z","lookedAt":null,"keys":null}""", "12:00 looked 12:00: ")]
    [TestCase("""{"at":"2026-11-22T12:00:00Z","lookedAt":"2026-11-22T12:05:00Z","keys":["b",null,"a"]}""", "12:00 looked 12:05: a b")]
    [TestCase("""{"at":"2026-11-22T12:00:00Z","keys":[5]}""", null)]
    [TestCase("""{"at":"2026-11-22T12:00:00Z","keys":5}""", null)]
    [TestCase("""{"at":"2026-11-22T12:00:00Z","lookedAt":"late"}""", null)]
    [TestCase("""{"at":null}""", null)]
    [TestCase("""{}""", null)]
    [TestCase("""[]""", null)]
    public void Mark_InAFile_IsReadAs(string text, string? expected)
    {
        Directory.CreateDirectory(_folder["own"]);
        _folder.Write("own/seen.json", text);
        var file = new SeenFile(_folder["own"]);

        if (expected is null)
            Assert.That(file.Read, Throws.InstanceOf<IOException>().With.Message.Contains("not a mark of what was seen"));
        else
            Assert.That(Shown(file.Read()!), Is.EqualTo(expected));

        static string Shown(SeenMark mark) => $"{mark.At:HH:mm} looked {mark.LookedAt:HH:mm}: {string.Join(' ', mark.Keys.Order())}";
    }

    /// <summary>However long no recorder runs, one file waits for it.</summary>
    [Test]
    public void Marks_WhileNoRecorderRuns_AreOneRequest()
    {
        var file = Own;
        for (var minute = 0; minute < 5; minute++)
            file.Write(Mark(minute));

        Assert.That(Requests, Has.Length.EqualTo(1));
        Recorder.Take();
        file.Write(Mark(7));
        Recorder.Take();

        Assert.That(SeenFile().Read()!.At, Is.EqualTo(Mark(7).At));
    }

    /// <summary>Two dashboards of one user: the one that saw less does not take anything back.</summary>
    [Test]
    public void Mark_OlderThanTheOneThatIsThere_ChangesNothing()
    {
        Own.Write(Mark(5));
        Recorder.Take();
        Own.Write(Mark(3));
        Recorder.Take();

        Assert.That(SeenFile().Read()!.At, Is.EqualTo(Mark(5).At));
    }

    [Test]
    public void Mark_OfAUser_AndItsFolder_AreForThatUserAlone()
    {
        new SeenFile(_folder["own/state"]).Write(Mark(3));

        Assert.That(
            (new FileInfo(_folder["own/state/seen.json"]).UnixFileMode, new FileInfo(_folder["own/state"]).UnixFileMode),
            Is.EqualTo((WholeFile.ForUserAlone, WholeFile.ForUserAlone | UnixFileMode.UserExecute))
        );
    }

    [TestCase(3, 5)]
    [TestCase(5, 3)]
    public void Marks_OfTheUserAndOfTheStore_AreReadAsTheLater(int own, int hosts)
    {
        new SeenFile(null) { Store = _folder["store"] }.Write(Mark(hosts));
        Recorder.Take();
        new SeenFile(_folder["own"]).Write(Mark(own));

        Assert.That(Own.Read()!.At, Is.EqualTo(Mark(5).At));
    }

    [Test]
    public void Mark_ThatIsDamagedInTheStore_IsReplaced()
    {
        _folder.Write($"store/seen/{ThisUser.Id}.json", "half of");

        Assert.That(() => SeenFile().Read(), Throws.InstanceOf<IOException>().With.Message.Contains("not a mark of what was seen"));
        Own.Write(Mark(5));
        Recorder.Take();

        Assert.That(SeenFile().Read()!.At, Is.EqualTo(Mark(5).At));
    }

    [TestCase("no json")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"at":5}""")]
    public void Request_ThatIsNone_IsRemovedAndDoesNothing(string text)
    {
        _folder.Write($"store/{HostFolder.Asked}/x.seen", text);

        Recorder.Take();

        Assert.That((Requests.Length, File.Exists(Written)), Is.EqualTo((0, false)));
        Assert.That(_troubles, Has.All.Null);
    }

    [TestCase("ln")]
    [TestCase("ln -s")]
    [TestCase("mkfifo")]
    public void Request_ThatIsNoFileOfItsOwn_IsRemovedUnread(string how)
    {
        var text = new SeenFile(_folder["own"]);
        text.Write(Mark(5));
        var request = _folder["store/asked/x.seen"];
        Assert.That(Shell.Run("/bin/sh", "-c", $"{how} {(how == "mkfifo" ? "" : text.Path)} {request}"), Is.Zero);

        Recorder.Take();

        Assert.That((Requests.Length, File.Exists(Written)), Is.EqualTo((0, false)));
        Assert.That(File.Exists(text.Path), Is.True);
    }

    [Test]
    public void Store_ThatCannotBeWritten_IsReported()
    {
        Directory.Delete(_folder["store/seen"]);
        _folder.Write("store/seen", "a file where the folder is to be");
        Own.Write(Mark(5));

        Recorder.Take();

        Assert.That(_troubles.Single(), Is.Not.Null);
    }

    /// <summary>Whose mark it is nobody can choose: it is the owner's of the file.</summary>
    [Test]
    public void Mark_ThatBelongsToAnotherUser_IsWrittenAsTheirs()
    {
        if (ThisUser.Id != 0)
            Assert.Ignore("needs root");
        Own.Write(Mark(5));
        Assert.That(Shell.Run("chown", "4242", Requests.Single()), Is.Zero);

        Recorder.Take();

        Assert.That(SeenFile().Read(), Is.Null);
        Assert.That(File.Exists(HostSeen.PathOf(_folder["store"], 4242)), Is.True);
        Assert.That(_troubles, Has.All.Null);
    }

    [TestCase(256 * 1024, true)]
    [TestCase(256 * 1024 + 1, false)]
    public void Mark_LongerThanTheLimit_IsRemovedUnread(int length, bool isRead)
    {
        Own.Write(Mark(5));
        var request = Requests.Single();
        File.WriteAllText(request, File.ReadAllText(request).PadRight(length));

        Recorder.Take();

        Assert.That((Requests.Length, File.Exists(Written)), Is.EqualTo((0, isRead)));
    }

    /// <summary>The request before may be what is in the way.</summary>
    [Test]
    public void Request_AfterOneThatFailed_IsANewOne()
    {
        var file = Own;
        file.Write(Mark(1));
        var request = Requests.Single();
        File.Delete(request);
        Directory.CreateDirectory(Path.Combine(request, "in the way"));

        Assert.That(() => file.Write(Mark(2)), Throws.InstanceOf<IOException>());
        Assert.That(Requests, Is.Empty);
        file.Write(Mark(3));
        Recorder.Take();

        Assert.That(SeenFile().Read()!.At, Is.EqualTo(Mark(3).At));
    }

    private HostSeen Recorder => new(_folder["store"], _troubles.Add);

    private SeenFile Own => new(_folder["own"]) { Store = _folder["store"] };

    private SeenFile SeenFile() => new(null) { Store = _folder["store"] };

    private string Written => HostSeen.PathOf(_folder["store"], ThisUser.Id);

    private string[] Requests => Directory.GetFiles(_folder[$"store/{HostFolder.Asked}"]);

    private static SeenMark Mark(int minute, params string[] keys) =>
        SeenMark.Until(Given.Noon.AddMinutes(minute)).With(keys);
}
