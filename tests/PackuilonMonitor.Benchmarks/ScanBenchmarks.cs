using BenchmarkDotNet.Attributes;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Benchmarks;

/// <summary>A quarter of a mebibyte and more of system log: its line ends alone, and with our lines taken out.</summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private readonly byte[] _noise = Samples.Block(5000, every: 0);
    private readonly byte[] _mixed = Samples.Block(5000, every: 50);
    private readonly List<TailEvent> _events = [];

    [Benchmark(Baseline = true)]
    public int LineEnds() => _noise.AsSpan().Count((byte)'\n');

    [Benchmark]
    public int NothingOfOurs() => Taken(_noise, LineSieve.Next);

    [Benchmark]
    public int OneLineInFifty() => Taken(_mixed, LineSieve.Next);

    [Benchmark]
    public int OneLineInFiftyLineByLine() => Taken(_mixed, null);

    private int Taken(byte[] block, LineSearch? search)
    {
        _events.Clear();
        new LineSplitter(new SourceId("/messages"), Core.Parsing.LineFilter.Concerns, search: search).Take(block, 0, _events);
        return _events.Count;
    }
}
