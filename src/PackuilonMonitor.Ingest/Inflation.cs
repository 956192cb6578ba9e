using System.IO.Compression;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>A compressed file being read once; ends early at a limit, so that a small file cannot become an endless one.</summary>
internal sealed class Inflation(OpenFile file, string name, LineSplitter splitter, TailOptions options) : IDisposable
{
    // Logs shrink to a tenth or a fiftieth; what shrank more, and is large, was made to.
    private const int LargestRatio = 250;
    private const long RatioFrom = 4 * 1024 * 1024;

    private readonly GZipStream _stream = new(new OffsetStream(file, options.Read), CompressionMode.Decompress);
    private readonly long _size = file.Look().Status.Size;
    private long _offset;

    public bool Ended { get; private set; }

    /// <summary>Inflates the next part; false when the turn's share is used up before the end.</summary>
    public bool Read(byte[] buffer, ref int budget, List<TailEvent> into, Action<long, string> missing)
    {
        try
        {
            if (_offset == 0 && Declared() > options.InflateLimit)
                return Refuse(missing, $"{name} inflates to more than {options.InflateLimit} bytes");

            while (!Ended)
            {
                if (budget <= 0)
                    return false;
                var got = _stream.Read(buffer, 0, Math.Min(buffer.Length, budget));
                if (got == 0)
                    return End(into);
                splitter.Take(buffer.AsSpan(0, got), _offset, into);
                (_offset, budget) = (_offset + got, budget - got);
                if (_offset > options.InflateLimit)
                    return Refuse(missing, $"{name} inflates to more than {options.InflateLimit} bytes");
                if (_offset > RatioFrom && _offset / LargestRatio > _size)
                    return Refuse(missing, $"{name} inflates to more than {LargestRatio} times its size");
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return Refuse(missing, $"{name} is damaged: {error.Message}");
        }

        return true;
    }

    public void Dispose() => _stream.Dispose();

    // The last four bytes say the length; they may lie, which the limit above is for.
    private long Declared()
    {
        Span<byte> length = stackalloc byte[4];
        if (options.Read(file.Handle, length, 0) < 4 || length is not [0x1f, 0x8b, ..])
            return 0;
        return _size > 18 && options.Read(file.Handle, length, _size - 4) == 4 ? BitConverter.ToUInt32(length) : 0;
    }

    private bool End(List<TailEvent> into)
    {
        splitter.Close(into);
        return Ended = true;
    }

    private bool Refuse(Action<long, string> missing, string why)
    {
        missing(splitter.Drop(), why);
        return Ended = true;
    }
}
