using System.Text;
using BenchmarkDotNet.Attributes;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Benchmarks;

/// <summary>One line of ours: by hand, by the grammar, and folded. Times are for a line.</summary>
[MemoryDiagnoser]
public class LineBenchmarks
{
    private const int Jobs = 300;
    private const int Lines = Jobs * 7;

    private readonly LogLine[] _lines = Samples.Ours(Jobs);
    private readonly byte[][] _bytes = [.. Samples.Ours(Jobs).Select(line => Encoding.UTF8.GetBytes(line.Text))];
    private SyslogClock _clock = new(TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch.AddYears(56));
    private Observation[] _seen = [];

    [GlobalSetup]
    public void Read() => _seen = [.. _lines.Select(line => LineParser.Parse(line, ref _clock)!)];

    [Benchmark(Baseline = true, OperationsPerInvoke = Lines)]
    public int ByHand()
    {
        var months = 0;
        foreach (var line in _bytes)
            months += HandWritten.Parse(line)?.Month ?? 0;
        return months;
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int ByTheGrammar()
    {
        var length = 0;
        foreach (var line in _lines)
            length += LineParser.Parse(line, ref _clock)?.Text?.Length ?? 0;
        return length;
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public MonitorState Folded() => MonitorState.Empty.Apply(_seen);
}
