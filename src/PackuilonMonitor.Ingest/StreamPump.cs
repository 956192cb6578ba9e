using System.Collections.Concurrent;

namespace PackuilonMonitor.Ingest;

/// <summary>A part of a stream; empty at its end.</summary>
/// <param name="Fault">Why the stream could not be read on; null for an end in good order.</param>
internal sealed record StreamBlock(ReadOnlyMemory<byte> Bytes, string? Fault = null)
{
    public bool IsEnd => Bytes.IsEmpty;
}

/// <summary>Reads a stream on a thread of its own, which blocks in the read; a little ahead of whoever takes.</summary>
internal sealed class StreamPump : IDisposable
{
    private const int BlockLength = 64 * 1024;
    private const int MostAhead = 16;

    private readonly BlockingCollection<StreamBlock> _blocks = new(MostAhead);
    private volatile Action _arrived = () => { };

    public StreamPump(Func<Stream> open, string name) => new Thread(() => Run(open)) { Name = name, IsBackground = true }.Start();

    /// <summary>Called on the pump's thread after each block; what came before must be taken by the caller itself.</summary>
    public void Tell(Action arrived) => _arrived = arrived;

    /// <summary>The next block, waited for at most so long; null waits for ever.</summary>
    public StreamBlock? Take(TimeSpan? patience) =>
        _blocks.TryTake(out var block, patience is { } limit ? (int)limit.TotalMilliseconds : Timeout.Infinite) ? block : null;

    /// <summary>What comes from now on is dropped. A read cannot be broken off: the thread ends when the read does.</summary>
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
