using System.Collections;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The last observations, oldest first; immutable, and as cheap to add to as a list. Neighbouring states share one array:
/// each sees its own part, and only the newest may fill the place behind it.
/// </summary>
public sealed class RecentObservations : IReadOnlyList<Observation>
{
    /// <summary>Of more than these the oldest is forgotten.</summary>
    public const int Most = 1_000;

    public static readonly RecentObservations Empty = new(new Shared(0), 0, 0);

    private readonly Shared _shared;
    private readonly int _start;

    private RecentObservations(Shared shared, int start, int count) => (_shared, _start, Count) = (shared, start, count);

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public Observation this[int index] =>
        (uint)index < (uint)Count ? _shared.Items[_start + index]! : throw new ArgumentOutOfRangeException(nameof(index));

    public RecentObservations Add(Observation seen)
    {
        var (start, count) = Count < Most ? (_start, Count + 1) : (_start + 1, Most);
        var end = _start + Count;
        if (end < _shared.Items.Length && Interlocked.CompareExchange(ref _shared.Used, end + 1, end) == end)
        {
            _shared.Items[end] = seen;
            return new RecentObservations(_shared, start, count);
        }

        // Full, or another state went on from here before us.
        var room = new Shared(Math.Min(Math.Max(16, 2 * count), 2 * Most)) { Used = count };
        Array.Copy(_shared.Items, start, room.Items, 0, count - 1);
        room.Items[count - 1] = seen;
        return new RecentObservations(room, 0, count);
    }

    /// <summary>The newest that holds, or null.</summary>
    public Observation? FindLast(Predicate<Observation> holds) => FindLastIndex(holds) is >= 0 and var index ? this[index] : null;

    /// <summary>The place of the newest that holds, or -1.</summary>
    public int FindLastIndex(Predicate<Observation> holds)
    {
        var index = Count - 1;
        while (index >= 0 && !holds(this[index]))
            index--;
        return index;
    }

    public IEnumerator<Observation> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Shared(int room)
    {
        public readonly Observation?[] Items = new Observation?[room];

        /// <summary>Places that are taken, by whichever state.</summary>
        public int Used;
    }
}
