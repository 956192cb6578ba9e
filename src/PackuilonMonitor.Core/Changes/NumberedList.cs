using System.Collections;
using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Items with consecutive numbers, of which the oldest are dropped. Immutable. Mostly the newest change, so these are in a short array
/// and the others in a tree of blocks: a change costs the logarithm of their number, and that of a recent item hardly anything.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
public sealed class NumberedList<T> : IReadOnlyList<T>
{
    private const int Block = 8;

    /// <summary>Empty; the first item gets the number 0.</summary>
    public static readonly NumberedList<T> Empty = new([], [], 0, 0);

    private readonly ImmutableList<T[]> _old;
    private readonly T[] _new;

    /// <summary>How many items at the beginning of the first block were dropped.</summary>
    private readonly int _skipped;

    private NumberedList(ImmutableList<T[]> old, T[] @new, int skipped, int first) =>
        (_old, _new, _skipped, First) = (old, @new, skipped, first);

    /// <summary>The number of the oldest item.</summary>
    public int First { get; }

    /// <summary>The number of the next item.</summary>
    public int Next => First + Count;

    public int Count => Old + _new.Length;

    /// <summary>By its index, the oldest at 0; not by its number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return index < Old ? _old[(index + _skipped) / Block][(index + _skipped) % Block] : _new[index - Old];
        }
    }

    private int Old => _old.Count * Block - _skipped;

    /// <summary>The item with this number, which must exist.</summary>
    public T At(int number) => this[number - First];

    /// <summary>Whether there is an item with this number.</summary>
    public bool Has(int number) => number >= First && number < Next;

    /// <summary>Adds an item; its number is <see cref="Next"/>.</summary>
    public NumberedList<T> Add(T item) => _new.Length < 2 * Block
        ? new NumberedList<T>(_old, [.. _new, item], _skipped, First)
        : new NumberedList<T>(_old.Add(_new[..Block]), [.. _new.AsSpan(Block), item], _skipped, First);

    /// <summary>Replaces the item with this number, which must exist.</summary>
    public NumberedList<T> Set(int number, T item)
    {
        var index = number - First;
        ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(number));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count, nameof(number));
        if (index >= Old)
            return new NumberedList<T>(_old, With(_new, index - Old, item), _skipped, First);
        var (block, place) = Math.DivRem(index + _skipped, Block);
        return new NumberedList<T>(_old.SetItem(block, With(_old[block], place, item)), _new, _skipped, First);
    }

    /// <summary>Drops the oldest; the others keep their numbers.</summary>
    public NumberedList<T> WithoutFirst()
    {
        if (_old.IsEmpty)
            return new NumberedList<T>(_old, _new[1..], 0, First + 1);
        if (_skipped == Block - 1)
            return new NumberedList<T>(_old.RemoveAt(0), _new, 0, First + 1);
        return new NumberedList<T>(_old, _new, _skipped + 1, First + 1);
    }

    public IEnumerator<T> GetEnumerator() => _old.SelectMany(static block => block).Skip(_skipped).Concat(_new).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static T[] With(T[] items, int index, T item)
    {
        var changed = (T[])items.Clone();
        changed[index] = item;
        return changed;
    }

    /// <summary>Its items through an archive; an own method, because the items' type says how each passes.</summary>
    internal NumberedList<T> Through(Archive archive, Func<Archive, T, T> pass) => new(
        archive.List(_old, (archive, block) => archive.Array(block, pass)),
        archive.Array(_new, pass),
        archive.Number(_skipped),
        archive.Number(First)
    );
}
