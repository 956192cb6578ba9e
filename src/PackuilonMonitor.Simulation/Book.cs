namespace PackuilonMonitor.Simulation;

/// <summary>What happened, by its number from 0. Of more than twice as many as it keeps, the oldest are forgotten.</summary>
/// <param name="most">How many of the newest it keeps.</param>
internal sealed class Book<T>(int most)
{
    private readonly List<T> _pages = [];
    private int _first;

    /// <summary>The number that the next one gets.</summary>
    public int Next => _first + _pages.Count;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<T> All => _pages;

    public void Add(T page)
    {
        _pages.Add(page);
        if (_pages.Count / 2 <= most)
            return;
        _first += _pages.Count - most;
        _pages.RemoveRange(0, _pages.Count - most);
    }

    /// <summary>Changes the one with this number; does nothing if it was forgotten.</summary>
    public void Change(int number, Func<T, T> change)
    {
        if (number >= _first)
            _pages[number - _first] = change(_pages[number - _first]);
    }
}
