using System.Collections;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The last observations, oldest first; immutable, and adding one costs the same however many there are. They are in blocks that
/// neighbouring states share: each sees its own part, and only the newest state may fill the next place.
/// </summary>
public sealed class RecentObservations : IReadOnlyList<Observation>, IArchived<RecentObservations>
{
    /// <summary>Beyond this number the oldest is forgotten.</summary>
    public const int Most = 1_000;

    public static readonly RecentObservations Empty = new([], 0, 0);

    private const int BlockLength = 64;

    /// <summary>A line and its copy stand next to each other, or lines of the same moment are between them.</summary>
    private const int MostBetween = 4;

    private readonly Block[] _blocks;

    /// <summary>The index of the oldest in the first block.</summary>
    private readonly int _start;

    private RecentObservations(Block[] blocks, int start, int count) => (_blocks, _start, Count) = (blocks, start, count);

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public Observation this[int index] => (uint)index < (uint)Count
        ? _blocks[(_start + index) / BlockLength].Items[(_start + index) % BlockLength]!
        : throw new ArgumentOutOfRangeException(nameof(index));

    public RecentObservations Add(Observation seen)
    {
        var (start, count) = Count < Most ? (_start, Count + 1) : (_start + 1, Most);
        var end = _start + Count;
        var blocks = _blocks;
        if (end == blocks.Length * BlockLength)
            blocks = [.. blocks, new Block()];
        if (start == BlockLength)
            (blocks, start, end) = (blocks[1..], 0, end - BlockLength);

        var place = end % BlockLength;
        if (!blocks[^1].TryTake(place))
        {
            // Another state has continued from here before.
            blocks = [.. blocks[..^1], blocks[^1].UpTo(place)];
        }

        blocks[^1].Items[place] = seen;
        return new RecentObservations(blocks, start, count);
    }

    /// <summary>The newest that satisfies the predicate, or null.</summary>
    public Observation? FindLast(Predicate<Observation> holds) => FindLastIndex(holds) is >= 0 and var index ? this[index] : null;

    /// <summary>The index of the newest that satisfies the predicate, or -1.</summary>
    public int FindLastIndex(Predicate<Observation> holds)
    {
        var index = Count - 1;
        while (index >= 0 && !holds(this[index]))
            index--;
        return index;
    }

    /// <summary>The same line to the fraction of its second: rsyslog has two rules that write it here; the program wrote it once.</summary>
    internal bool HasCopyOf(Observation seen)
    {
        if (seen.Speaker is Speaker.Monitor || seen.Text is null || seen.HasNoTime || seen.At.Ticks % TimeSpan.TicksPerSecond == 0)
            return false;
        for (var index = Count - 1; index >= Math.Max(0, Count - MostBetween); index--)
        {
            if (
                this[index] is var known
                && known.At == seen.At
                && known.Speaker == seen.Speaker
                && known.Pid == seen.Pid
                && known.Host == seen.Host
                && known.Text == seen.Text
            )
                return true;
        }

        return false;
    }

    public IEnumerator<Observation> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Block
    {
        public readonly Observation?[] Items = new Observation?[BlockLength];

        /// <summary>Places that are taken, by any state.</summary>
        private int _used;

        public bool TryTake(int place) => Interlocked.CompareExchange(ref _used, place + 1, place) == place;

        /// <summary>A copy of the block up to that place, because the place is taken.</summary>
        public Block UpTo(int place)
        {
            var copy = new Block { _used = place + 1 };
            Array.Copy(Items, copy.Items, place);
            return copy;
        }
    }

    /// <summary>The same observations, in blocks of its own.</summary>
    RecentObservations IArchived<RecentObservations>.Through(Archive archive)
    {
        Observation[] all = _blocks is null ? [] : [.. this];
        return archive
            .Array(all, static (archive, seen) => archive.Foreign(seen))
            .Aggregate(Empty, static (recent, seen) => recent.Add(seen));
    }
}
