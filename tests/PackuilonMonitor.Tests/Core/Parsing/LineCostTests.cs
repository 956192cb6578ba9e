using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>Bytes allocated do not depend on the machine, so they guard what a line costs where times cannot.</summary>
public sealed class LineCostTests
{
    private const int MostToParse = 4000;
    private const int MostToFold = 2400;

    [Test]
    public void Parse_EverySample_StaysWithinItsMemory()
    {
        var parser = Given.Parser();
        LogLine[] lines =
        [
            .. from header in Header.All from sentence in Sentence.All select Given.Line(header.Write(sentence.Speaker, sentence.Text)),
        ];
        var costs = lines
            .Select(line => (line.Text, Bytes: Cost(parser, line) is var first && first > MostToParse ? Cost(parser, line) : first))
            .ToArray();

        Assert.That(costs.Where(cost => cost.Bytes > 2 * MostToParse), Is.Empty);
        Assert.That(costs.Average(cost => cost.Bytes), Is.LessThan(MostToParse));
    }

    [Test]
    public void Apply_LinesOfALongRunningFactory_StaysWithinItsMemory()
    {
        var parser = Given.Parser();
        var job = Enumerable
            .Range(0, 400)
            .SelectMany(number =>
                (string[])
                    [
                        $"/cdb2rabbit.py: Downloading profile host-{number % 50}.example.org.json",
                        $"/cdb2rabbit.py: Profile has updated: host-{number % 50}.example.org.json",
                        "/cdb2rabbit.py: Pushing message to queue for build",
                        $"/rabbit2packer.py: Thread-{number % 4 + 1} processing host-{number % 50}",
                        "/rabbit2packer.py: OS_STRING = sl7x-x86_64",
                        $"/rabbit2packer.py: packer build starting, see: /log//host-{number % 50}.managed.json.{number}.log for details",
                        $"/rabbit2packer.py: Thread-{number % 4 + 1}: image built successfully: host-{number % 50}.managed.json",
                    ]
            );
        var seen = job.Select(line => parser.Parse(Given.Line($"Nov 22 12:00:00 vm {line}"))!).ToArray();
        var state = MonitorState.Empty.Apply(seen);

        var before = GC.GetAllocatedBytesForCurrentThread();
        state.Apply(seen);

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / seen.Length, Is.LessThan(MostToFold));
    }

    private static long Cost(LineReading parser, LogLine line)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        parser.Parse(line);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
