using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>What others see of a recorder or a shipper by its lock, while it lives and afterwards.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecorderLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase(0, RecorderState.Runs)]
    [TestCase(30, RecorderState.Runs)]
    [TestCase(30.001, RecorderState.Hangs)]
    [TestCase(-60, RecorderState.Runs, Description = "a clock that was set back")]
    public void Recorder_ThatBeats_Runs_AndHangsWhereItDoesNot(double secondsLater, RecorderState state)
    {
        using var mine = RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon.AddHours(-1))!;
        mine.Beat(Given.Noon);

        Assert.That(
            RecorderLockFile.Read(_folder.Path, Given.Noon.AddSeconds(secondsLater)),
            Is.EqualTo(new RecorderSign(state, Environment.ProcessId, Given.Noon))
        );
        Assert.That(TempFolder.ModeOf(_folder[RecorderLockFile.Name]), Is.EqualTo(HostFolder.FileMode));
    }

    [Test]
    public void Recorder_ThatJustBegan_WroteThen()
    {
        using var mine = RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon);

        Assert.That(RecorderLockFile.Read(_folder.Path, Given.Noon).WroteAt, Is.EqualTo(Given.Noon));
    }

    [Test]
    public void Lock_IsOfOneAlone_UntilItEnds()
    {
        var mine = RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon)!;
        Assert.That(RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon), Is.Null);

        mine.Dispose();

        Assert.That(
            RecorderLockFile.Read(_folder.Path, Given.Noon.AddDays(1)),
            Is.EqualTo(new RecorderSign(RecorderState.None, Environment.ProcessId, Given.Noon))
        );
        using var next = RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon.AddDays(1));
        Assert.That(next, Is.Not.Null);
        Assert.That(Open(), Is.EqualTo(1), "nothing of the others is open");
    }

    [Test]
    public void Recorder_ThatWasKilled_Died()
    {
        RecorderLock.Take(_folder.Path, HostFolder.FileMode, Given.Noon)!.Dispose();
        var path = _folder[RecorderLockFile.Name];
        _folder.Write(RecorderLockFile.Name, File.ReadAllText(path).Replace("state ended", "state runs ", StringComparison.Ordinal));

        Assert.That(
            RecorderLockFile.Read(_folder.Path, Given.Noon),
            Is.EqualTo(new RecorderSign(RecorderState.Died, Environment.ProcessId, Given.Noon))
        );
    }

    [TestCase("", 0, false)]
    [TestCase("no fields at all", 0, false)]
    [TestCase("pid x\nwrote y\nstate z\n", 0, false)]
    [TestCase("pid 5\npid 6\nwrote 2026-11-22T12:00:00.000Z\nstate over\n", 5, true)]
    public void File_OfAnyText_TellsOfNoRecorder(string text, int process, bool hasTime)
    {
        _folder.Write(RecorderLockFile.Name, text);

        Assert.That(
            RecorderLockFile.Read(_folder.Path, Given.Noon),
            Is.EqualTo(new RecorderSign(RecorderState.None, process, hasTime ? Given.Noon : null))
        );
    }

    [Test]
    public void Folder_WithoutALock_HasNoRecorder()
    {
        Assert.That(RecorderLockFile.Read(_folder["nowhere"], Given.Noon), Is.EqualTo(RecorderSign.Nobody));
        Assert.That(ShipperSign.In(_folder["nowhere"], Given.Noon), Is.Empty);
    }

    /// <summary>Each ships under a name of its own, and only what is named like its lock is one.</summary>
    [Test]
    public void Shippers_AreListedByName_WithTheirPatience()
    {
        foreach (var name in (string[])["ship-x.lock.bak", "ship.lock", "recorder.lock"])
            _folder.Write(name, "");
        TempFolder.SetMode(_folder.Path, HostFolder.Mode & ~UnixFileMode.GroupRead & ~UnixFileMode.GroupExecute);
        using var second = ShipperSign.Take(_folder.Path, "oxford", Given.Noon);
        using var first = ShipperSign.Take(_folder.Path, "harwell", Given.Noon);
        Assert.That(ShipperSign.Take(_folder.Path, "oxford", Given.Noon), Is.Null);
        first!.Beat(Given.Noon.AddMinutes(1));

        Assert.That(
            ShipperSign.In(_folder.Path, Given.Noon.AddMinutes(5).AddMilliseconds(1)),
            Is.EqualTo(new[]
            {
                new ShipperSign("harwell", new RecorderSign(RecorderState.Runs, Environment.ProcessId, Given.Noon.AddMinutes(1))),
                new ShipperSign("oxford", new RecorderSign(RecorderState.Hangs, Environment.ProcessId, Given.Noon)),
            })
        );
    }

    [Test]
    public void Shipper_MakesItsFolderForItsUserAlone_OrDoesWithoutALock()
    {
        using var mine = ShipperSign.Take(_folder["state"], "", Given.Noon);
        _folder.Write("file", "");

        Assert.That((mine is null, TempFolder.ModeOf(_folder["state"])), Is.EqualTo((false, (UnixFileMode)0b111_000_000)));
        Assert.That(ShipperSign.In(_folder["state"], Given.Noon).Single().Factory, Is.Empty);
        Assert.That(ShipperSign.Take(_folder["file"], "", Given.Noon), Is.Null);
    }

    [TestCase(RecorderState.None, null)]
    [TestCase(RecorderState.Runs, null)]
    [TestCase(RecorderState.Hangs, "ship (process 7) runs, and RabbitMQ last confirmed its events 6 minutes ago")]
    [TestCase(RecorderState.Died, "ship died 6 minutes ago: systemctl restart packuilon-monitor-ship")]
    public void Trouble_IsOfAShipperThatDoesNotShip(RecorderState state, string? trouble) =>
        Assert.That(
            new ShipperSign("", new RecorderSign(state, 7, Given.Noon)).Trouble(Given.Noon.AddMinutes(6)),
            Is.EqualTo(trouble)
        );

    private int Open() =>
        Directory
            .GetFiles("/proc/self/fd")
            .Count(link => new FileInfo(link).LinkTarget?.StartsWith(_folder.Path, StringComparison.Ordinal) == true);
}
