using System.Globalization;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Reads a compressed file once. Ends early at a limit, so that a small file cannot become an endless one.</summary>
internal sealed class Inflation(OpenFile file, string name, LineSplitter splitter, TailOptions options) : IDisposable
{
    // Logs shrink to a tenth or a fiftieth; a large file that shrank more was made to.
    private const int LargestRatio = 250;
    private const long RatioFrom = 4 * 1024 * 1024;
    private const int Part = 4096;

    // Otherwise a file that was cut short would end like a complete one.
    static Inflation() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private readonly string _packing = RotatedName.PackingOf(name);
    private readonly Stream _stream = PackedFile.Open(file, options.Read, RotatedName.PackingOf(name));
    private readonly long _size = file.Stat().Status.Size;
    private long _offset;

    public bool Ended { get; private set; }

    /// <summary>
    /// Inflates the next part; false when the turn's share is used up before the end. Reads a damaged file as far as possible.
    /// </summary>
    public bool Read(byte[] buffer, ref int budget, List<TailEvent> into, Action<long, string> missing)
    {
        while (!Ended)
        {
            if (budget <= 0)
                return false;
            var got = Fill(buffer.AsSpan(0, Math.Min(buffer.Length, budget)), out var damage);
            splitter.Take(buffer.AsSpan(0, got), _offset, into);
            (_offset, budget) = (_offset + got, budget - got);
            if (damage is not null)
                return Stop(missing, $"{name} is damaged: {damage}");
            if (_offset > options.InflateLimit)
                return Stop(missing, $"{name} inflates to more than {options.InflateLimit} bytes");
            if (_offset > RatioFrom && _offset / LargestRatio > _size)
                return Stop(missing, $"{name} inflates to more than {LargestRatio} times its size");
            if (got == 0)
                return End(into);
        }

        return true;
    }

    public void Dispose() => _stream.Dispose();

    // In small parts, because a part that reaches the damage is lost as a whole.
    private int Fill(Span<byte> into, out string? damage)
    {
        var filled = 0;
        damage = null;
        try
        {
            while (filled < into.Length && _stream.Read(into.Slice(filled, Math.Min(Part, into.Length - filled))) is > 0 and var got)
                filled += got;
        }
        catch (InvalidDataException error)
        {
            damage =
                PackedFile.ToolOf(_packing) is not null ? error.Message
                : _offset + filled == 0 ? "it does not begin as gzip does"
                : string.Create(CultureInfo.InvariantCulture, $"it ends, or makes no sense, after {_offset + filled} bytes of text");
        }
        catch (IOException error)
        {
            damage = OpenFile.WhyNot(error.HResult);
        }

        return filled;
    }

    private bool End(List<TailEvent> into)
    {
        splitter.Close(into);
        return Ended = true;
    }

    private bool Stop(Action<long, string> missing, string why)
    {
        missing(splitter.Drop(), why);
        return Ended = true;
    }
}
