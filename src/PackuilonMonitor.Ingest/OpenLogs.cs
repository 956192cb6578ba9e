namespace PackuilonMonitor.Ingest;

/// <summary>
/// Limits the number of open build logs: the readers that were used longest ago close their file and reopen it when it grows.
/// </summary>
public sealed class OpenLogs(int most = 256)
{
    private readonly LinkedList<TailReader> _recent = new();
    private readonly Dictionary<TailReader, LinkedListNode<TailReader>> _places = [];

    /// <summary>Polls a reader as <see cref="TailReader.Poll"/> does, and closes others if too many are open.</summary>
    public IReadOnlyList<TailEvent> Poll(TailReader reader, Moment now)
    {
        var events = reader.Poll(now);
        if (events.Count > 0 || (!_places.ContainsKey(reader) && reader.OpenFiles > 0))
            Use(reader);
        while (_recent.Count > most)
            Rest(_recent.Last!.Value);
        return events;
    }

    /// <summary>Forgets a reader that its owner disposes.</summary>
    public void Leave(TailReader reader)
    {
        if (_places.Remove(reader, out var place))
            _recent.Remove(place);
    }

    private void Use(TailReader reader)
    {
        Leave(reader);
        if (reader.OpenFiles > 0)
            _places[reader] = _recent.AddFirst(reader);
    }

    private void Rest(TailReader reader)
    {
        reader.Rest();
        Leave(reader);
    }
}
