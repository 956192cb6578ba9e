using System.Collections.Immutable;

namespace PackuilonMonitor.Segments;

/// <summary>
/// The factories as they were before some parts of a recording: before each so many of them, so that no part is far behind one, and before
/// the neighbours of the part that was reached last, because steps mostly lead there.
/// </summary>
internal sealed class Checkpoints
{
    /// <summary>Each has the changes since the one before it.</summary>
    public const int Most = 256;

    /// <summary>By the number of the first frame of the part.</summary>
    private readonly SortedList<long, (int Part, ImmutableSortedDictionary<string, FactoryFold> Factories)> _lasting = [];

    /// <summary>Those between two lasting ones, in their order.</summary>
    private readonly List<(int Part, long First, ImmutableSortedDictionary<string, FactoryFold> Factories)> _near = [];

    private int _distance = 1;

    public ImmutableSortedDictionary<string, FactoryFold>? Find(long first) =>
        _lasting.TryGetValue(first, out var lasting) ? lasting.Factories : _near.Find(near => near.First == first).Factories;

    /// <param name="part">The place of the part in the recording.</param>
    /// <param name="first">The number of its first frame.</param>
    public void Add(int part, long first, ImmutableSortedDictionary<string, FactoryFold> factories)
    {
        if (part % _distance != 0)
        {
            if (_near is [(var other, _, _), ..] && other / _distance != part / _distance)
                _near.Clear();
            _near.Add((part, first, factories));
            return;
        }

        _lasting[first] = (part, factories);
        if (_lasting.Count <= Most)
            return;
        _distance *= 2;
        for (var place = _lasting.Count - 1; place >= 0; place--)
        {
            if (_lasting.Values[place].Part % _distance != 0)
                _lasting.RemoveAt(place);
        }
    }
}
