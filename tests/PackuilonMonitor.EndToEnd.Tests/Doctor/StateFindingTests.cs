using PackuilonMonitor.Configuration;
using PackuilonMonitor.Doctor;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Doctor;

/// <summary>What doctor says to root; <see cref="DoctorTableTests"/> has what it says to users about their history.</summary>
public sealed class StateFindingTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Root_InTheHomeOfAnother_IsAskedToRunAsThatUser()
    {
        NeedsRoot();
        Shell.Run("chown", "4242:4242", _folder.Path);

        var finding = StateFindings.Of(new HistorySettings(), People.Root, name => name == "HOME" ? _folder.Path : null);

        Assert.That((finding.Grade, finding.Commands), Is.EqualTo((Grade.Note, new[] { "sudo -u '#4242' packuilon-monitor" })));
    }

    private static void NeedsRoot()
    {
        if (ThisUser.Id != 0)
            Assert.Ignore("Only root can give files away.");
    }
}
