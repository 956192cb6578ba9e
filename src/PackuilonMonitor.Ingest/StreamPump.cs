using System.Collections.Concurrent;
using System.Reactive.Disposables;

namespace PackuilonMonitor.Ingest;

/// <summary>A part of a stream; empty at its end.</summary>
/// <param name="Fault">Why reading the stream failed; null for a regular end.</param>
internal sealed record StreamBlock(ReadOnlyMemory<byte> Bytes, string? Fault = null)
{
    public bool IsEnd => Bytes.IsEmpty;
}

/// <summary>Reads a stream on a thread of its own, which blocks in the read, a little ahead of the consumer.</summary>
internal sealed class StreamPump : IDisposable
{
    private const int BlockLength = 64 * 1024;
    private const int MostAhead = 16;

    private readonly BlockingCollection<StreamBlock> _blocks = new(MostAhead);
    private volatile Action _arrived = () => { };

    public StreamPump(Func<Stream> open, string name) => new Thread(() => Run(open)) { Name = name, IsBackground = true }.Start();

    /// <summary>Calls back on the pump's thread after each block, until the result is disposed of.</summary>
    public IDisposable Listen(Action arrived)
    {
        _arrived = arrived;
        return Disposable.Create(() => _arrived = () => { });
    }

    /// <summary>The next block; waits at most this long, for ever if null.</summary>
    public StreamBlock? Take(TimeSpan? patience) =>
        _blocks.TryTake(out var block, patience is { } limit ? (int)limit.TotalMilliseconds : Timeout.Infinite) ? block : null;

    /// <summary>Drops everything from now on. A read cannot be cancelled: the thread ends when the read returns.</summary>
    public void Dispose() => _blocks.CompleteAdding();

    private void Run(Func<Stream> open)
    {
        string? fault = null;
        try
        {
            using var stream = open();
            var buffer = new byte[BlockLength];
            while (!_blocks.IsAddingCompleted && stream.Read(buffer) is > 0 and var got)
                Add(new StreamBlock(buffer.AsSpan(0, got).ToArray()));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            fault = error.Message.ReplaceLineEndings(" ");
        }

        Add(new StreamBlock(default, fault));
    }

    private void Add(StreamBlock block)
    {
        try
        {
            _blocks.Add(block);
        }
        catch (InvalidOperationException)
        {
            return;
        }

        _arrived();
    }
}
