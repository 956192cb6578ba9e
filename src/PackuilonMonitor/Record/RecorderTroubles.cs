using System.Collections.Concurrent;

namespace PackuilonMonitor.Record;

/// <summary>The recorder's present troubles: each is reported when it begins and when it is over. For any thread.</summary>
/// <param name="say">Receives a line.</param>
public sealed class RecorderTroubles(Action<string> say)
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    public bool Any => !_known.IsEmpty;

    /// <param name="what">What is in trouble.</param>
    /// <param name="why">Why; null if it works.</param>
    public void Report(string what, string? why)
    {
        if (why is null)
        {
            if (_known.TryRemove(what, out _))
                say($"{what}: works again");
            return;
        }

        if (_known.TryGetValue(what, out var before) && before == why)
            return;
        _known[what] = why;
        say($"{what}: {why}");
    }
}
