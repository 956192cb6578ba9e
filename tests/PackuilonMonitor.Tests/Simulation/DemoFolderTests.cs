using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

[NonParallelizable]
public sealed class DemoFolderTests
{
    [Test]
    public void Create_IsForItsOwnerAlone()
    {
        using var folder = DemoFolder.Create(threads: 3);

        Assert.That(
            new DirectoryInfo(folder.FullPath).UnixFileMode,
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
        );
        Assert.That(File.ReadAllText(folder.Config), Does.Contain("[rabbit2packer]").And.Contain("THREAD_COUNT = 3"));
        Assert.That(
            (folder.Messages, folder.LogDirectory),
            Is.EqualTo((Path.Combine(folder.FullPath, "messages"), Path.Combine(folder.FullPath, "log")))
        );
        Assert.That(folder.LogDirectory, Does.Exist);
    }

    [Test]
    public void Create_BesideAnother_LeavesThatAlone()
    {
        using var first = DemoFolder.Create(threads: 1);
        using var second = DemoFolder.Create(threads: 1);

        Assert.That(first.Messages, Does.Exist);
        Assert.That(second.FullPath, Is.Not.EqualTo(first.FullPath));
    }

    // Process 1 is always there, but started at another time; no process has a number beyond the kernel's limit.
    [TestCase("packuilon-monitor-demo-1-99999999999-abc123")]
    [TestCase("packuilon-monitor-demo-99999999-5-abc123")]
    public void Create_AfterADemoThatWasKilled_RemovesWhatItLeft(string name)
    {
        var leftover = Directory.CreateTempSubdirectory();
        leftover.MoveTo(Path.Combine(Path.GetTempPath(), name));
        File.WriteAllText(Path.Combine(leftover.FullName, "messages"), "");
        using var folder = DemoFolder.Create(threads: 1);

        Assert.That(leftover.FullName, Does.Not.Exist);
    }

    [TestCase("packuilon-monitor-demo-notes")]
    [TestCase("packuilon-monitor-demo-1-2-3-4")]
    public void Create_BesideAFolderOfAnotherName_LeavesItAlone(string name)
    {
        var other = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name));
        try
        {
            using var folder = DemoFolder.Create(threads: 1);

            Assert.That(other.FullName, Does.Exist);
        }
        finally
        {
            other.Delete();
        }
    }

    [Test]
    public void Create_BesideALinkWithALeftoversName_LeavesItsTargetAlone()
    {
        var target = Directory.CreateTempSubdirectory("target-");
        var link = Path.Combine(Path.GetTempPath(), "packuilon-monitor-demo-99999999-5-link");
        Directory.CreateSymbolicLink(link, target.FullName);
        try
        {
            using var folder = DemoFolder.Create(threads: 1);

            Assert.That(target.FullName, Does.Exist);
        }
        finally
        {
            File.Delete(link);
            target.Delete(recursive: true);
        }
    }
}
