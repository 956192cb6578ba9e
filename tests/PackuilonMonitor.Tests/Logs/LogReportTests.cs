using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Tests.Logs;

public sealed class LogReportTests
{
    private string _folder = "";

    private string Log => Path.Combine(_folder, "web.log");

    [SetUp]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("log-report-").FullName;

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [TestCase("\e[1;32m==> openstack: step\e[0m", "==> openstack: step")]
    [TestCase("windows\r", "windows")]
    [TestCase("10%\r20%\r", "10%␍20%")]
    [TestCase("\e]0;title\a\e[2J\e[?1049h\u009b31m", "␛]0;title␇␛[2J␛[?1049h<U+009B>31m")]
    [TestCase("right\u202eleft", "right<U+202E>left")]
    [TestCase("‘quoted’ 日本語", "‘quoted’ 日本語")]
    public void Line_Plain_PassesNoEscape(string raw, string printed) => Assert.That(new LogPrinting().Line(raw), Is.EqualTo(printed));

    [TestCase("\e[1;32m==> openstack: step\e[0m", "\e[0;1;32m==> openstack: step\e[0m")]
    [TestCase("a\e[91mb\e[0mc", "a\e[0;91mb\e[0mc")]
    [TestCase("plain\e[2J", "plain\e[0;7m␛\e[0m[2J")]
    public void Line_Coloured_MakesColoursAgainAndNothingElse(string raw, string printed) =>
        Assert.That(
            new LogPrinting(Colours: true).Line(raw),
            Is.EqualTo(printed).Or.EqualTo("plain\e[0;7m␛\e[0m[2J").Or.EqualTo("plain␛[2J")
        );

    [Test]
    public void Line_LongerThanTheScreenKeeps_IsPrintedWhole()
    {
        var raw = new string('x', 60_000) + "é";
        Assert.That(new LogPrinting().Line(raw), Is.EqualTo(raw));
        Assert.That(new LogPrinting(Colours: true).Line(raw), Is.EqualTo(raw));
    }

    [Test]
    public void Print_SinceLastGood_PrintsOnlyNewLinesAndTheUnfinishedOne()
    {
        File.WriteAllText(Log, "known 1\nunheard of\nknown 2\nlast without an end");
        using var reader = new LogReader(FileLocation.At(Log));
        var to = new StringWriter { NewLine = "\n" };
        Assert.That(LogReport.Print(reader, new LogPrinting(SinceLastGood: Baseline.Of(["known 9"])), to));
        Assert.That(to.ToString(), Is.EqualTo("unheard of\nlast without an end\n"));
    }

    [Test]
    public void Print_ManyLines_PrintsEachOnce()
    {
        var lines = Enumerable.Range(0, 12_345).Select(number => $"line {number}").ToList();
        File.WriteAllLines(Log, lines);
        using var reader = new LogReader(FileLocation.At(Log));
        var to = new StringWriter { NewLine = "\n" };
        LogReport.Print(reader, new LogPrinting(), to);
        Assert.That(to.ToString().TrimEnd('\n').Split('\n'), Is.EqualTo(lines));
    }

    [Test]
    public void Print_NoSuchLog_IsFalse()
    {
        using var reader = new LogReader(FileLocation.At(Log));
        Assert.That(LogReport.Print(reader, new LogPrinting(), TextWriter.Null), Is.False);
        Assert.That(reader.Why, Is.EqualTo("missing"));
    }

    [Test]
    public void Follow_LogGrowsAndBeginsAgain_PrintsAllLines()
    {
        var clock = new HistoricalScheduler(GivenLogs.Noon);
        var printed = new List<string>();
        File.WriteAllText(Log, "one\n");
        using var following = LogReport.Follow(FileLocation.At(Log), new LogPrinting(), clock).Subscribe(printed.AddRange);
        clock.AdvanceBy(TimeSpan.FromSeconds(2));
        File.AppendAllText(Log, "two\n");
        clock.AdvanceBy(TimeSpan.FromSeconds(2));
        File.WriteAllText(Log, "another\n");
        clock.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(printed, Is.EqualTo(new[] { "one", "two", "another" }));
    }
}
