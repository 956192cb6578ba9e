using System.Buffers;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Whole lines of a build log, as the bytes of UTF-8: most of them are never shown, and never become text.</summary>
[CollectionBuilder(typeof(LogLines), nameof(Of))]
public sealed class LogLines : IEnumerable<string>
{
    public static readonly LogLines None = new([], 0);

    private readonly byte[] _bytes;

    private LogLines(byte[] bytes, int count) => (_bytes, Count) = (bytes, count);

    /// <summary>The number of lines.</summary>
    public int Count { get; }

    /// <summary>The lines, each with its line end.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public static LogLines Of(ReadOnlySpan<string> lines)
    {
        var builder = new Builder();
        foreach (var line in lines)
            builder.Add(line);
        return builder.ToLines();
    }

    /// <summary>Takes the first of these lines off.</summary>
    /// <param name="lines">Whole lines, at least one; then those behind it.</param>
    /// <returns>The first line, without its line end.</returns>
    public static ReadOnlySpan<byte> TakeFirst(ref ReadOnlySpan<byte> lines)
    {
        var end = lines.IndexOf((byte)'\n');
        var first = lines[..end];
        lines = lines[(end + 1)..];
        return first;
    }

    /// <summary>The lines as text, without their line ends.</summary>
    public IEnumerator<string> GetEnumerator()
    {
        for (var at = 0; at < _bytes.Length;)
        {
            var length = _bytes.AsSpan(at).IndexOf((byte)'\n');
            yield return Encoding.UTF8.GetString(_bytes, at, length);
            at += length + 1;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Collects lines.</summary>
    public sealed class Builder
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private int _count;

        /// <param name="line">Without a line end; a line cannot contain one.</param>
        public void Add(string line)
        {
            Encoding.UTF8.GetBytes(line, _bytes);
            End();
        }

        /// <param name="line">Without a line end; a line cannot contain one.</param>
        public void Add(ReadOnlySpan<byte> line)
        {
            _bytes.Write(line);
            End();
        }

        /// <summary>Many lines, each with its line end.</summary>
        public void Add(ReadOnlySpan<byte> lines, int count)
        {
            _bytes.Write(lines);
            _count += count;
        }

        public void Clear()
        {
            _bytes.Clear();
            _count = 0;
        }

        public LogLines ToLines() => _count == 0 ? None : new LogLines(_bytes.WrittenSpan.ToArray(), _count);

        private void End()
        {
            _bytes.Write("\n"u8);
            _count++;
        }
    }
}
