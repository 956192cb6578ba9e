using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>Anybody may write a line of any length, under any name: it must not cost more than a line may.</summary>
public sealed class LongLineCostTests
{
    private const int Most = 64 * 1024;
    private const int Long = 2 * Most;

    private static IEnumerable<Header> Headers => Header.All;

    private static readonly string[] Fillings =
    [
        new('x', Long),
        new('.', Long),
        new('/', Long),
        string.Concat(Enumerable.Repeat("a.json.", Long / 7)),
        string.Concat(Enumerable.Repeat("Thread-1: ", Long / 10)),
        new('(', Long),
        new('\u20ac', Long / 3),
    ];

    [Test]
    public void Read_SentenceWithAVeryLongWord_CostsNoMoreThanALineMay()
    {
        foreach (var filling in Fillings)
        {
            foreach (var sentence in Sentence.All)
            {
                foreach (var text in Lengthened(sentence, filling))
                    AssertCosts(Header.All[0].Write(sentence.Speaker, text), $"{sentence.Text} {filling[..8]}");
            }
        }
    }

    /// <summary>What stands before a sentence does not change how it is read: behind each header each sentence is tried once.</summary>
    [TestCaseSource(nameof(Headers))]
    public void Read_SentenceWithAVeryLongWordBehindAnyHeader_CostsNoMoreThanALineMay(Header header)
    {
        foreach (var (number, sentence) in Sentence.All.Index())
        {
            var filling = Fillings[number % Fillings.Length];
            AssertCosts(
                header.Write(sentence.Speaker, Lengthened(sentence, filling)[number / Fillings.Length % 3]),
                $"{sentence.Text} {filling[..8]}"
            );
        }
    }

    /// <summary>The filling behind the sentence, in its midst and before it.</summary>
    private static string[] Lengthened(Sentence sentence, string filling) =>
        [sentence.Text + filling, sentence.Text.Insert(sentence.Text.Length / 2, filling), filling + sentence.Text];

    [Test]
    public void Read_VeryLongLineOfAnother_CostsNoMoreThanALineMay()
    {
        foreach (var filling in Fillings)
        {
            AssertCosts($"Nov 22 12:00:00 vm sshd[1]: {filling}", "sshd");
            AssertCosts($"Nov 22 12:00:00 vm rsyslogd: {filling} messages lost due to rate-limiting", "rsyslogd");
            AssertCosts(
                $"Nov 22 12:00:00 vm rsyslogd: imuxsock[pid: 1, name: {filling}]: begin to drop messages due to rate-limiting",
                "rsyslogd, process"
            );
            AssertCosts($"<14>1 2026-11-22T12:00:00Z vm - - - - {filling}", "unnamed");
            AssertCosts($"<14>1 2026-11-22T12:00:00Z vm - - - [{filling}] Starting", "data");
            AssertCosts($"{filling} vm /rabbit2packer.py: Starting", "stamp");
            AssertCosts($"Nov 22 12:00:00 {filling} /rabbit2packer.py: Starting", "host");
            AssertCosts($"Nov 22 12:00:00 vm /{filling}/rabbit2packer.py: Starting", "path");
            AssertCosts(filling, "nothing");
        }
    }

    private static void AssertCosts(string line, string what)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        Cost(bytes);
        Assert.That(Cost(bytes), Is.LessThan(Most), what);
    }

    private static long Cost(byte[] line)
    {
        var splitter = new LineSplitter(
            Given.Messages,
            PackuilonMonitor.Core.Parsing.LineFilter.Concerns,
            MonitorFeed.LongestLine,
            LineSieve.Next,
            PackuilonMonitor.Core.Parsing.LineFilter.HasStamp
        );
        var (interpreter, events) = (
            new SystemLogInterpreter(new SyslogClock(TimeZoneInfo.Utc, Given.Noon.AddDays(1))),
            new List<TailEvent>()
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        splitter.Take(line, 0, events);
        MonitorState.Empty.Apply(interpreter.Interpret(events, Given.Noon));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
