using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class LogDirectoryScanTests
{
    /// <summary>A look at a directory costs no read of a log and a bounded amount for each name.</summary>
    [Test]
    public void Scan_TenThousandLogs_IsCheap()
    {
        using var folder = new Support.TempFolder();
        for (var i = 0; i < 10_000; i++)
            File.Create(folder[$"image-{i}.managed.json.log"]).Dispose();
        var directory = new LogDirectory(folder.Path);
        directory.Scan();
        folder.Append("image-77.managed.json.log", "1");
        var listing = default(LogListing);
        var work = Support.Work.Of(() => listing = directory.Scan());

        Assert.That(listing!.Changed.Single().Name, Is.EqualTo("image-77.managed.json.log"));
        Assert.That(work.ReadCalls, Is.Zero);
        Assert.That(work.Allocated / 10_000, Is.LessThan(350));
    }
}
