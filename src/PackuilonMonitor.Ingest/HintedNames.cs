namespace PackuilonMonitor.Ingest;

/// <summary>The names that a watcher reported since the last take. Any thread may add.</summary>
internal sealed class HintedNames
{
    /// <summary>Beyond this number the names are not polled one by one.</summary>
    private const int Most = 64;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _anything;

    /// <param name="name">Null if anything may have changed.</param>
    /// <returns>Whether it is the first since the last take.</returns>
    public bool Add(string? name)
    {
        lock (_gate)
        {
            var first = _names.Count == 0 && !_anything;
            if (name is null || _names.Count == Most && !_names.Contains(name))
                _anything = true;
            else
                _names.Add(name);
            return first;
        }
    }

    /// <returns>The names, perhaps none; null if anything may have changed.</returns>
    public IReadOnlyCollection<string>? Take()
    {
        lock (_gate)
        {
            var names = _anything ? null : _names.ToList();
            _names.Clear();
            _anything = false;
            return names;
        }
    }
}
