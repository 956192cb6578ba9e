using BenchmarkDotNet.Attributes;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Benchmarks;

/// <summary>Packer's log of 500 MB: its line ends alone, its index, and pages of it.</summary>
[MemoryDiagnoser]
public class LargeLogBenchmarks : IDisposable
{
    private const int Size = 500_000_000;

    private readonly string _path = Path.GetTempFileName();
    private readonly Random _dice = new(1);
    private LogReader _indexed = null!;

    [GlobalSetup]
    public void Write()
    {
        var block = string.Concat(
            Enumerable
                .Range(0, 10_000)
                .Select(line => $"\e[0;32m    openstack: line number {line} of a build that installs a great many packages\e[0m\n")
        );
        using (var file = new StreamWriter(_path))
            for (var written = 0; written < Size; written += block.Length)
                file.Write(block);
        _indexed = new LogReader(FileLocation.At(_path));
        while (_indexed.Step())
        {
        }
    }

    [Benchmark(Baseline = true)]
    public long LineEnds()
    {
        using var file = File.OpenHandle(_path);
        var (buffer, ends, at) = (new byte[128 * 1024], 0L, 0L);
        for (int got; (got = RandomAccess.Read(file, buffer, at)) > 0; at += got)
            ends += buffer.AsSpan(0, got).Count((byte)'\n');
        return ends;
    }

    [Benchmark]
    public long? Index()
    {
        using var reader = new LogReader(FileLocation.At(_path));
        while (reader.Step())
        {
        }

        return reader.TotalLines;
    }

    [Benchmark]
    public FileLines OpenAtTheEnd()
    {
        using var reader = new LogReader(FileLocation.At(_path));
        return reader.PageAtEnd(40);
    }

    [Benchmark]
    public FileLines AnyPage() => _indexed.Page(_dice.NextInt64(_indexed.TotalLines!.Value - 40), 40);

    [GlobalCleanup]
    public void Dispose()
    {
        _indexed.Dispose();
        File.Delete(_path);
        GC.SuppressFinalize(this);
    }
}
