using System.Collections.Immutable;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Store;

/// <summary>When the lines of a log arrived, to the second. A line has the time of the last entry at or before it.</summary>
/// <param name="Lines">The number of lines that are covered.</param>
public sealed record LineTimes(long Lines, ImmutableList<(long From, long? Second)> Entries)
{
    /// <summary>More than a build of an hour needs; beyond it, lines have the time of those before.</summary>
    private const int Most = 5_000;

    public static readonly LineTimes None = new(0, []);

    /// <summary>The times with this many more lines, which arrived together; null if their time is unknown.</summary>
    public LineTimes Grown(long lines, DateTimeOffset? at)
    {
        if (lines <= Lines)
            return this;
        var second = at?.ToUnixTimeSeconds();
        var known = Entries.Count > 0 && Entries[^1].Second == second || Entries.Count >= Most;
        return new LineTimes(lines, known ? Entries : Entries.Add((Lines + 1, second)));
    }

    /// <summary>Joins the times of two readings of one log; this one wins.</summary>
    public LineTimes With(LineTimes other)
    {
        var lines = Math.Max(Lines, other.Lines);
        var merged = ImmutableList.CreateBuilder<(long From, long? Second)>();
        var (mine, theirs) = (new Cursor(Entries, Lines), new Cursor(other.Entries, other.Lines));
        foreach (
            var from in Entries
                .Concat(other.Entries)
                .Select(entry => entry.From)
                .Append(Lines + 1)
                .Append(other.Lines + 1)
                .Distinct()
                .Order()
        )
        {
            if (from > lines)
                break;
            var second = mine.At(from) ?? theirs.At(from);
            if (merged.Count == 0 || merged[^1].Second != second)
                merged.Add((from, second));
        }

        return new LineTimes(lines, merged.ToImmutable());
    }

    /// <summary>Somebody saw one of its lines arrive.</summary>
    public bool AnyKnown => Entries.Exists(entry => entry.Second is not null);

    /// <summary>The arrival time of each part of the log, by its first byte.</summary>
    /// <param name="log">Its bytes, part by part; read as far as needed.</param>
    public IReadOnlyList<(long From, DateTimeOffset? At)> ByByte(IEnumerable<ReadOnlyMemory<byte>> log)
    {
        var arrivals = new List<(long From, DateTimeOffset? At)>(Entries.Count);
        var (line, offset, next) = (1L, 0L, 0);
        foreach (var part in log)
        {
            var at = 0;
            for (; next < Entries.Count; next++)
            {
                while (line < Entries[next].From && part.Span[at..].IndexOf((byte)'\n') is >= 0 and var end)
                    (line, at) = (line + 1, at + end + 1);
                if (line < Entries[next].From || at == part.Length)
                    break;
                arrivals.Add((offset + at, Entries[next].Second is { } known ? LogJson.TimeOf(known * 1000) : null));
            }

            if (next == Entries.Count)
                break;
            offset += part.Length;
        }

        return arrivals;
    }

    /// <summary>The time of each line, requested in order.</summary>
    private struct Cursor(ImmutableList<(long From, long? Second)> entries, long lines)
    {
        private readonly (long From, long? Second)[] _entries = [.. entries];
        private int _next;

        public long? At(long line)
        {
            while (_next < _entries.Length && _entries[_next].From <= line)
                _next++;
            return _next == 0 || line > lines ? null : _entries[_next - 1].Second;
        }
    }

    /// <summary>A compact form: lines and seconds as differences, seven bits per byte.</summary>
    public byte[] Packed()
    {
        var bytes = new List<byte>();
        Add(Lines);
        var (line, second) = (0L, 0L);
        foreach (var entry in Entries)
        {
            Add(entry.From - line);
            // Zero means an unknown time.
            var step = entry.Second is { } known ? known - second : 0;
            Add(entry.Second is null ? 0 : step >= 0 ? 2 * step + 1 : -2 * step);
            (line, second) = (entry.From, entry.Second ?? second);
        }

        return [.. bytes];

        void Add(long number)
        {
            var rest = (ulong)number;
            for (; rest >= 0x80; rest >>= 7)
                bytes.Add((byte)(rest | 0x80));
            bytes.Add((byte)rest);
        }
    }

    /// <summary>Unpacks the compact form; other bytes give what can be decoded.</summary>
    public static LineTimes Unpacked(ReadOnlySpan<byte> bytes)
    {
        var numbers = new List<long>();
        var (number, shift) = (0UL, 0);
        foreach (var part in bytes)
        {
            number |= (ulong)(part & 0x7F) << shift;
            shift += 7;
            if (part >= 0x80 && shift < 63)
                continue;
            numbers.Add((long)(number & long.MaxValue));
            (number, shift) = (0, 0);
        }

        var entries = ImmutableList.CreateBuilder<(long, long?)>();
        var (line, second) = (0L, 0L);
        for (var at = 1; at + 1 < numbers.Count; at += 2)
        {
            line += numbers[at];
            var step = numbers[at + 1];
            second += step == 0 ? 0 : step % 2 == 1 ? step / 2 : -(step / 2);
            entries.Add((line, step == 0 ? null : second));
        }

        return new LineTimes(numbers.Count > 0 ? numbers[0] : 0, entries.ToImmutable());
    }
}
