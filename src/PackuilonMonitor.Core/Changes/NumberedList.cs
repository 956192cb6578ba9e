using System.Collections;
using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Things with consecutive numbers, of which the oldest are forgotten. Immutable. Mostly the newest change, so these lie apart in a short
/// list: a change there costs the logarithm of that one, not of all.
/// </summary>
/// <typeparam name="T">What is numbered.</typeparam>
public sealed class NumberedList<T> : IReadOnlyList<T>
{
    private const int Block = 8;

    /// <summary>Nothing yet; the first has the number 0.</summary>
    public static readonly NumberedList<T> Empty = new([], [], 0);

    private readonly ImmutableList<T> _old;
    private readonly ImmutableList<T> _new;

    private NumberedList(ImmutableList<T> old, ImmutableList<T> @new, int first) => (_old, _new, First) = (old, @new, first);

    /// <summary>The number of the oldest that is remembered.</summary>
    public int First { get; }

    /// <summary>The number that the next one gets.</summary>
    public int Next => First + Count;

    public int Count => _old.Count + _new.Count;

    /// <summary>By its place, the oldest being at 0; not by its number.</summary>
    public T this[int index] => index < _old.Count ? _old[index] : _new[index - _old.Count];

    /// <summary>The thing with this number, which must be remembered.</summary>
    public T At(int number) => this[number - First];

    /// <summary>Whether the thing with this number is remembered.</summary>
    public bool Has(int number) => number >= First && number < Next;

    /// <summary>With one more, whose number is <see cref="Next"/>.</summary>
    public NumberedList<T> Add(T item) => _new.Count < 2 * Block
        ? new NumberedList<T>(_old, _new.Add(item), First)
        : new NumberedList<T>(_old.AddRange(_new.GetRange(0, Block)), _new.RemoveRange(0, Block).Add(item), First);

    /// <summary>With another thing of this number, which must be remembered.</summary>
    public NumberedList<T> Set(int number, T item)
    {
        var index = number - First;
        return index < _old.Count
            ? new NumberedList<T>(_old.SetItem(index, item), _new, First)
            : new NumberedList<T>(_old, _new.SetItem(index - _old.Count, item), First);
    }

    /// <summary>Without the oldest; the others keep their numbers.</summary>
    public NumberedList<T> WithoutFirst() => _old.IsEmpty
        ? new NumberedList<T>(_old, _new.RemoveAt(0), First + 1)
        : new NumberedList<T>(_old.RemoveAt(0), _new, First + 1);

    public IEnumerator<T> GetEnumerator() => _old.Concat(_new).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
