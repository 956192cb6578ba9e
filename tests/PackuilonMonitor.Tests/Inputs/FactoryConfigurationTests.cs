using PackuilonMonitor.Inputs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Inputs;

/// <summary>What the file of the daemon says of it. A value that cannot be used is reported, and the rest of the file counts.</summary>
public sealed class FactoryConfigurationTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("1", 1)]
    [TestCase("999", 999)]
    [TestCase(" +4 ", 4)]
    [TestCase("0", null)]
    [TestCase("1000", null)]
    [TestCase("-1", null)]
    [TestCase("four", null)]
    [TestCase("4.0", null)]
    [TestCase("", null)]
    public void Threads_AreAWholeNumberInItsRange_OrReported(string value, int? threads)
    {
        var path = _folder.Write("config.ini", $"[rabbit2packer]\nTHREAD_COUNT = {value}\nLOG_DIR = /logs/\n");

        var read = FactoryConfiguration.Read(path);

        Assert.That((read.ThreadCount, read.LogDirectory), Is.EqualTo((threads, "/logs")));
        Assert.That(
            read.Complaints,
            threads is null
                ? Is.EqualTo(new[]
                {
                    $"{path}: [rabbit2packer] THREAD_COUNT: not a whole number from 1 to 999; give one like THREAD_COUNT = 4",
                })
                : Is.Empty
        );
    }

    [Test]
    public void Threads_ThatAreNotNamed_AreUnknownWithoutAComplaint()
    {
        var read = FactoryConfiguration.Read(_folder.Write("config.ini", "[rabbit2packer]\nLOG_DIR = /logs\n"));

        Assert.That((read.ThreadCount, read.Complaints.Count), Is.EqualTo(((int?)null, 0)));
    }
}
