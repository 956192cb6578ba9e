using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Splits bytes into lines: carries an unfinished line from chunk to chunk, removes one trailing CR, drops NULs, truncates long lines. A
/// rejected line costs no string, and with a search no check of its own.
/// </summary>
public sealed class LineSplitter(
    SourceId source,
    LineFilter? keep = null,
    int longest = 64 * 1024,
    LineSearch? search = null,
    LineFilter? stamped = null,
    LineSilence? silence = null,
    LineRun? runs = null
)
{
    private const int SmallCarry = 4096;

    /// <summary>How many lines without a time are skipped in search of one with a time.</summary>
    private const int MostUnstamped = 64;

    private byte[] _carry = [];
    private int _kept;
    private long _cut;
    private long _start;
    private long _nuls;
    private readonly ZeroRun _zeros = new();
    private bool _hasHole;

    /// <summary>The length of the unfinished line in bytes, without NULs.</summary>
    public long UnfinishedBytes => _kept + _cut;

    /// <summary>The unfinished line; empty if there is none.</summary>
    public string Unfinished => UnfinishedBytes == 0 ? "" : Text(_carry.AsSpan(0, _kept), _cut);

    /// <summary>Takes the bytes that follow the earlier ones; the offset is that of their first byte in the file.</summary>
    public void Take(ReadOnlySpan<byte> chunk, long offset, List<TailEvent> into)
    {
        var (lines, at, end, seen) = (0L, 0, 0, 0);
        while (true)
        {
            if (Run(chunk[at..], ref lines, into) is > 0 and var run)
                seen = at += run;
            if ((end = chunk[at..].IndexOf((byte)'\n')) < 0)
                break;
            var kept = Line(chunk.Slice(at, end), offset + at, into, mark: lines == 0);
            (lines, at) = (lines + 1, at + end + 1);
            // The first line has an event of its own, and so has the last one if it was kept.
            seen = kept || lines == 1 ? at : seen;
            at += Skip(chunk[at..], ref lines);
        }

        if (at != seen || (lines > 1 && !IsTimed(Last(chunk[..(at - 1)]))))
            Mark(Timed(chunk[..(at - 1)]), offset, into);
        Carry(chunk[at..], offset + at);
        if (_nuls > 0)
            _hasHole |= _zeros.Take(chunk);
        else if (!chunk.IsEmpty)
            _zeros.End();
        Count(lines, into, silence is null || lines < 2 ? TimeSpan.Zero : silence(chunk[..at]));
    }

    // Hands on lines that need not become text. Returns their length in bytes.
    private int Run(ReadOnlySpan<byte> lines, ref long count, List<TailEvent> into)
    {
        if (runs is null || UnfinishedBytes > 0 || runs(lines, out var found) is not (> 0 and var length))
            return 0;
        into.Add(new RunRead(source, lines[..length], found));
        count += found;
        return length;
    }

    // Skips whole lines that are certainly rejected. Returns their length in bytes.
    private int Skip(ReadOnlySpan<byte> lines, ref long count)
    {
        if (search is null || lines.IsEmpty)
            return 0;
        var place = search(lines, out var ends);
        count += ends;
        return ends == 0 ? 0 : (place < 0 ? lines : lines[..place]).LastIndexOf((byte)'\n') + 1;
    }

    /// <summary>Skips NULs that were not read, as in a hole.</summary>
    public void SkipNuls(long bytes)
    {
        _nuls += bytes;
        _hasHole |= _zeros.Skip(bytes);
    }

    /// <summary>Ends the unfinished line here: nobody will write to it any more.</summary>
    public void Close(List<TailEvent> into)
    {
        if (UnfinishedBytes > 0)
        {
            Line([], _start, into, mark: false);
            Count(1, into);
        }
    }

    /// <summary>Drops the unfinished line. Returns its length in bytes.</summary>
    public long Drop()
    {
        var dropped = UnfinishedBytes;
        Forget();
        return dropped;
    }

    // Returns whether the line was kept. Its own bytes follow the carried ones, if any.
    private bool Line(ReadOnlySpan<byte> bytes, long offset, List<TailEvent> into, bool mark)
    {
        var carried = UnfinishedBytes > 0 || bytes.Length > longest;
        if (carried)
            Carry(bytes, offset);

        ReadOnlySpan<byte> line = carried ? _carry.AsSpan(0, _kept) : bytes;
        var (at, cut) = carried ? (_start, _cut) : (offset, 0);
        if (line is [0, ..])
        {
            var run = line.IndexOfAnyExcept((byte)0) is var first && first < 0 ? line.Length : first;
            line = line[run..];
            at += run;
            _nuls += run;
        }

        if (line is [.., 0])
        {
            var whole = line.LastIndexOfAnyExcept((byte)0) + 1;
            _nuls += line.Length - whole;
            line = line[..whole];
        }

        if (cut == 0 && line is [.., (byte)'\r'])
            line = line[..^1];

        var kept = keep is null || keep(line);
        if (kept)
            into.Add(new LineRead(Whole(line, at, cut)));
        else if (mark)
            into.Add(new MarkRead(Whole(line, at, cut)));

        if (carried)
            Forget();
        return kept;
    }

    // These lines up to the last one with a time; all of them if none is near.
    private ReadOnlySpan<byte> Timed(ReadOnlySpan<byte> lines)
    {
        var rest = lines;
        for (var passed = 0; passed < MostUnstamped && !rest.IsEmpty; passed++)
        {
            var line = Last(rest);
            if (IsTimed(line))
                return rest;
            rest = rest[..Math.Max(rest.Length - line.Length - 1, 0)];
        }

        return lines;
    }

    private bool IsTimed(ReadOnlySpan<byte> line) => stamped is null || stamped(line.TrimStart((byte)0));

    private static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> lines) => lines[(lines.LastIndexOf((byte)'\n') + 1)..];

    // The last of these lines.
    private void Mark(ReadOnlySpan<byte> lines, long offset, List<TailEvent> into)
    {
        var line = Last(lines);
        offset += lines.Length - line.Length;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        var first = Math.Max(line.IndexOfAnyExcept((byte)0), 0);
        var cut = Math.Max(0, line.Length - first - longest);
        into.Add(new MarkRead(Whole(line[first..^cut], offset + first, cut)));
    }

    private LogLine Whole(ReadOnlySpan<byte> line, long offset, long cut)
    {
        if (line.Contains((byte)0))
        {
            var clean = new byte[line.Length];
            var length = WithoutNuls(line, clean);
            _nuls += line.Length - length;
            line = clean.AsSpan(0, length);
        }

        return new LogLine(source, offset, Text(line, cut));
    }

    private void Carry(ReadOnlySpan<byte> bytes, long offset)
    {
        if (UnfinishedBytes == 0)
        {
            // A hole before a line is not part of it.
            var first = bytes.IndexOfAnyExcept((byte)0);
            _nuls += first < 0 ? bytes.Length : first;
            bytes = first < 0 ? [] : bytes[first..];
            _start = offset + Math.Max(first, 0);
        }

        if (bytes.IsEmpty)
            return;

        var room = longest - _kept;
        Reserve(_kept + Math.Min(room, bytes.Length));
        while (!bytes.IsEmpty && room > 0)
        {
            var part = bytes[..Math.Min(room, bytes.Length)];
            var length = WithoutNuls(part, _carry.AsSpan(_kept));
            _nuls += part.Length - length;
            _kept += length;
            room -= length;
            bytes = bytes[part.Length..];
        }

        _cut += bytes.Length;
    }

    private void Reserve(int length)
    {
        if (_carry.Length < length)
            Array.Resize(ref _carry, Math.Min(longest, Math.Max(length, Math.Max(256, _carry.Length * 2))));
    }

    private void Forget()
    {
        (_kept, _cut) = (0, 0);
        if (_carry.Length > SmallCarry)
            _carry = [];
    }

    private void Count(long lines, List<TailEvent> into, TimeSpan longest = default)
    {
        if (lines > 0 || _nuls > 0)
            into.Add(new ChunkRead(source, lines) { Nuls = _nuls, HasHole = _hasHole, Silence = longest });
        (_nuls, _hasHole) = (0, false);
    }

    private static int WithoutNuls(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var length = 0;
        while (!from.IsEmpty)
        {
            var run = from.IndexOf((byte)0) is var nul && nul < 0 ? from.Length : nul;
            from[..run].CopyTo(to[length..]);
            length += run;
            from = from[run..];
            from = from[(from.IndexOfAnyExcept((byte)0) is var next && next < 0 ? from.Length : next)..];
        }

        return length;
    }

    private static string Text(ReadOnlySpan<byte> line, long cut)
    {
        if (cut == 0)
            return Encoding.UTF8.GetString(line);

        // The cut must not split a character: its bytes belong to the removed part.
        var whole = line.Length;
        while (whole > 0 && line.Length - whole < 4 && (line[whole - 1] & 0xC0) == 0x80)
            whole--;
        if (whole > 0 && line[whole - 1] >= 0xC0)
            whole--;
        var more = string.Create(CultureInfo.InvariantCulture, $" … [{cut + line.Length - whole} more bytes]");
        var kept = new Kept(line[..whole], more);
        return string.Create(Encoding.UTF8.GetCharCount(kept.Line) + more.Length, kept, static (text, from) =>
            from.More.CopyTo(text[Encoding.UTF8.GetChars(from.Line, text)..])
        );
    }

    // The kept part of a line, and the note about the rest.
    private readonly ref struct Kept(ReadOnlySpan<byte> line, string more)
    {
        public readonly ReadOnlySpan<byte> Line = line;
        public readonly string More = more;
    }
}
