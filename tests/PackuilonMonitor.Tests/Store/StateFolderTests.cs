using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>The store is its user's own and nobody else's.</summary>
public sealed class StateFolderTests
{
    private static readonly uint Me = ThisUser.Id;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Foreign_OwnFolder_IsNobodyElses() => Assert.That(StateFolder.Foreign(_folder["state/history.db"], Me), Is.Null);

    [Test]
    public void Foreign_ForRootInTheHomeOfAnother_IsThatHome()
    {
        GiveAway(_folder.Path);

        Assert.That(StateFolder.Foreign(_folder["state/history.db"], 0), Is.EqualTo((_folder.Path, 4242u)));
        Assert.That(
            HistoryStore.Write(_folder["state/history.db"]).Why,
            Does.Contain("belongs to uid 4242, and this is uid 0: root creates no files in another user's folder")
        );
        Assert.That(Directory.Exists(_folder["state"]), Is.False);
    }

    [TestCase("")]
    [TestCase("/history.db")]
    public void Write_FolderOrStoreOfAnother_IsRefused(string which)
    {
        HistoryStore.Write(_folder["state/history.db"]).Store!.Dispose();
        GiveAway(_folder["state" + which]);

        Assert.That(HistoryStore.Write(_folder["state/history.db"]).Why, Does.Contain($"{_folder["state"]}{which} belongs to uid 4242"));
        Assert.That(HistoryStore.Read(_folder["state/history.db"]).Why, Does.Contain("belongs to uid 4242"));
    }

    [Test]
    public void Write_StoreOpenToOthers_IsClosedAndReported()
    {
        HistoryStore.Write(_folder["state/history.db"]).Store!.Dispose();
        TempFolder.SetMode(_folder["state"], (UnixFileMode)0b111_111_101);
        TempFolder.SetMode(_folder["state/history.db"], (UnixFileMode)0b110_100_100);

        var opening = HistoryStore.Write(_folder["state/history.db"]);
        opening.Store!.Dispose();

        Assert.That(
            opening.Remark,
            Is.EqualTo($"{_folder["state"]} and {_folder["state/history.db"]} were open to others; closed now")
        );
        Assert.That((Mode("state"), Mode("state/history.db")), Is.EqualTo((0b111_000_000, 0b110_000_000)));
        Assert.That(StateFolder.Open(_folder["state/history.db"]), Is.Empty);
    }

    [Test]
    public void Write_FolderWithOtherThings_StaysReadableAndIsClosedForWriting()
    {
        _folder.Write("thesis", "");
        TempFolder.SetMode(_folder.Path, (UnixFileMode)0b111_111_111);

        HistoryStore.Write(_folder["history.db"]).Store!.Dispose();

        Assert.That(StatResult.At(_folder.Path).Status.Permissions, Is.EqualTo(0b111_101_101));
    }

    [Test]
    public void FileInPlaceOfMemory_HoldsWhatIsWrittenAndHasNoName()
    {
        using var open = MemoryFile.OnDisk("text"u8).Opened.File!;
        var read = new byte[10];

        Assert.That(RandomAccess.Read(open.Handle, read, 0), Is.EqualTo(4));
        Assert.That(open.Stat().Status.Links, Is.Zero);
    }

    private int Mode(string name) => StatResult.At(_folder[name]).Status.Permissions;

    private static void GiveAway(string path)
    {
        if (Me != 0)
            Assert.Ignore("Only root can give files away.");
        Assert.That(Shell.Run("chown", "4242:4242", path), Is.Zero);
    }
}
