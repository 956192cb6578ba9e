using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The readers of the logs that changed last. A log that is silent while many others change loses its reader, and only a summary is kept.
/// If it changes later, it is read from its beginning.
/// </summary>
internal sealed class LogFollowers(
    LogDirectory directory,
    IReadOnlyDictionary<string, KnownLog>? known = null,
    Action<LogGrowth>? grown = null
) : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<BuildLogFollower>> _places = new(StringComparer.Ordinal);
    private readonly LinkedList<BuildLogFollower> _newestFirst = new();
    private readonly Dictionary<string, KnownLog> _known = known is null ? [] : new(known, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _generations = new(StringComparer.Ordinal);

    public IEnumerable<BuildLogFollower> All => _newestFirst;

    /// <summary>The reader of a log that changed.</summary>
    /// <param name="appeared">The file was absent at an earlier poll.</param>
    public BuildLogFollower Of(string name, bool appeared)
    {
        if (_places.Remove(name, out var place))
            _newestFirst.Remove(place);
        else
            place = new LinkedListNode<BuildLogFollower>(Made(name, appeared));
        _newestFirst.AddFirst(place);
        _places[name] = place;
        return place.Value;
    }

    public void Forget(string name)
    {
        _known.Remove(name);
        _generations.Remove(name);
        if (!_places.Remove(name, out var place))
            return;
        _newestFirst.Remove(place);
        place.Value.Dispose();
    }

    /// <summary>Disposes the readers beyond the limit. Returns what is kept of their logs.</summary>
    public IEnumerable<BuildLogRead> Retire()
    {
        while (_newestFirst.Last is { Value: { HasMore: false } oldest } && _newestFirst.Count > BuildTable.MostInFull)
        {
            _newestFirst.RemoveLast();
            _places.Remove(oldest.Name);
            var ended = oldest.Ended();
            var last = ended ?? oldest.Known;
            grown?.Invoke(
                new LogGrowth(oldest.Name, last.Generation)
                {
                    ModifiedAt = oldest.ModifiedAt,
                    Unfinished = ended is null ? "" : oldest.Unfinished,
                    IsBrief = true,
                }
            );
            _generations[oldest.Name] = last.Generation;
            oldest.Dispose();
            yield return last with { Log = last.Log.Brief() };
        }
    }

    public void Dispose()
    {
        foreach (var follower in _newestFirst)
            follower.Dispose();
    }

    // A name that contains a second is never written twice; any other becomes the next build's log when it changes again.
    private BuildLogFollower Made(string name, bool appeared) =>
        !_generations.Remove(name, out var generation)
            ? new BuildLogFollower(
                name,
                directory.Place(name),
                appeared,
                known: _known.Remove(name, out var before) ? before : null,
                grown: grown
            )
        : LogName.Of(name).Epoch is null ? new BuildLogFollower(name, directory.Place(name), appeared: true, generation + 1, grown: grown)
        : new BuildLogFollower(name, directory.Place(name), appeared: false, generation, grown: grown);
}
