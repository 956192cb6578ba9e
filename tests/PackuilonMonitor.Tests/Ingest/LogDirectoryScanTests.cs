using System.Diagnostics;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

public sealed class LogDirectoryScanTests
{
    [Test]
    public void Scan_TenThousandLogs_IsCheap()
    {
        using var folder = new Support.TempFolder();
        for (var i = 0; i < 10_000; i++)
            File.Create(folder[$"image-{i}.managed.json.log"]).Dispose();
        var directory = new LogDirectory(folder.Path);
        directory.Scan();
        folder.Append("image-77.managed.json.log", "1");
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var listing = directory.Scan();
        process.Refresh();

        Assert.That(listing.Changed.Single().Name, Is.EqualTo("image-77.managed.json.log"));
        Assert.That(process.TotalProcessorTime - before, Is.LessThan(TimeSpan.FromMilliseconds(400)), "measured 20 to 60 ms");
    }
}
