using PackuilonMonitor.Configuration;
using PackuilonMonitor.Doctor;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Doctor;

/// <summary>Each way in which the history can be off, what is said of it, and that typing it helps.</summary>
public sealed class StateFindingTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(".local/state/packuilon-monitor/history.db", TestName = "the store alone")]
    [TestCase(".local/state/packuilon-monitor", TestName = "the folder")]
    [TestCase(".local/state", TestName = "the folder above it")]
    public void Home_WithFilesOfRoot_NamesTheChownThatHelps(string root)
    {
        NeedsRoot();
        var store = _folder[".local/state/packuilon-monitor/history.db"];
        HistoryStore.Write(store).Store!.Dispose();
        Shell.Run("chown", "-R", "4242:4242", _folder.Path);
        Shell.Run("chown", "0:0", _folder[root]);

        var finding = Of();
        Assert.That((finding.Grade, finding.Commands), Is.EqualTo((Grade.Note, new[] { $"sudo chown -R 4242 {_folder[root]}" })));
        Type(finding);

        Assert.That(Of().Grade, Is.EqualTo(Grade.Fine));
    }

    [Test]
    public void Store_ThatStandsOpen_NamesTheChmodThatHelps()
    {
        NeedsRoot();
        var store = _folder[".local/state/packuilon-monitor/history.db"];
        HistoryStore.Write(store).Store!.Dispose();
        Shell.Run("chown", "-R", "4242:4242", _folder.Path);
        Shell.Run("chmod", "664", store);

        var finding = Of();
        Assert.That((finding.Grade, finding.Commands), Is.EqualTo((Grade.Note, new[] { $"chmod 600 {store}" })));
        Type(finding);

        Assert.That(Of().Grade, Is.EqualTo(Grade.Fine));
    }

    [Test]
    public void Store_ThatMayNotBeWrittenTo_NamesTheChmodThatHelps()
    {
        NeedsRoot();
        var store = _folder[".local/state/packuilon-monitor/history.db"];
        HistoryStore.Write(store).Store!.Dispose();
        Shell.Run("chown", "-R", "4242:4242", _folder.Path);
        Shell.Run("chmod", "400", store);

        var finding = Of();
        Assert.That((finding.Grade, finding.Commands), Is.EqualTo((Grade.Note, new[] { $"chmod u+rw {store}" })));
        Type(finding);

        Assert.That(Of().Grade, Is.EqualTo(Grade.Fine));
    }

    [Test]
    public void Root_InTheHomeOfAnother_IsAskedToRunAsThatUser()
    {
        NeedsRoot();
        Shell.Run("chown", "4242:4242", _folder.Path);

        var finding = StateFindings.Of(new HistorySettings(), People.Root, name => name == "HOME" ? _folder.Path : null);

        Assert.That((finding.Grade, finding.Commands), Is.EqualTo((Grade.Note, new[] { "sudo -u '#4242' packuilon-monitor" })));
    }

    private Finding Of() =>
        StateFindings.Of(
            new HistorySettings(),
            Account.Of("Uid:\t4242\t4242\t4242\t4242\nGid:\t4242\t4242\t4242\t4242\nGroups:\n", "", ""),
            name => name == "HOME" ? _folder.Path : null
        );

    private static void Type(Finding finding)
    {
        foreach (var command in finding.Commands)
            Assert.That(Shell.Run("bash", "-c", command.Replace("sudo ", "", StringComparison.Ordinal)), Is.Zero, command);
    }

    private static void NeedsRoot()
    {
        if (ThisUser.Id != 0)
            Assert.Ignore("Only root can give files away.");
    }
}
