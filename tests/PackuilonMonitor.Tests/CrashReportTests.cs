using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Tests;

/// <summary>What is left of a bug: a line, and a file.</summary>
public sealed class CrashReportTests
{
    [Test]
    public void Report_OfAScreen_HasTheLastMessagesAndItsLineSaysWhatIsInThem()
    {
        var line = CrashReport.Write(new InvalidOperationException("broken\u001b[2J"), "2026-11-22T12:00:00.0000000+00:00 key j");
        var path = line[line.IndexOf('/', StringComparison.Ordinal)..];
        var report = File.ReadAllText(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        Assert.Multiple(() =>
        {
            Assert.That(line, Does.StartWith("a bug: InvalidOperationException: broken; "));
            Assert.That(line, Does.Contain("with the last keys, typed text and names, is in /"));
            Assert.That(report, Does.EndWith("\n\n2026-11-22T12:00:00.0000000+00:00 key j\n"));
            Assert.That(report, Does.Not.Contain("\u001b"));
        });
    }

    [Test]
    public void Report_OfACommandWithoutAScreen_SaysNothingOfMessages()
    {
        var line = CrashReport.Write(new InvalidOperationException("broken"));
        Directory.Delete(Path.GetDirectoryName(line[line.IndexOf('/', StringComparison.Ordinal)..])!, recursive: true);

        Assert.That(line, Does.StartWith("a bug: InvalidOperationException: broken; the full report is in /"));
    }
}
