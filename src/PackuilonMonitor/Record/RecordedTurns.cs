using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Record;

/// <summary>The turns of health that a recording holds of one factory, in the order of their times, as it grows.</summary>
/// <param name="folder">The folder of the recording.</param>
/// <param name="factory">The factory's name; empty for the only one.</param>
public sealed class RecordedTurns(string folder, string factory)
{
    private readonly RecordingReader _reader = new(folder);
    private readonly Queue<Observation> _waiting = new();
    private long _next;

    /// <summary>Those up to a time that were not given yet.</summary>
    /// <param name="until">Null for all that are there.</param>
    /// <exception cref="IOException">The recording cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Neither.</exception>
    public IReadOnlyList<Observation> Until(DateTimeOffset? until)
    {
        var given = new List<Observation>();
        while (_waiting.TryPeek(out var first) && !(first.At > until))
            given.Add(_waiting.Dequeue());
        return given;
    }

    /// <summary>Reads what was recorded since the last time.</summary>
    /// <exception cref="IOException">The recording cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Neither.</exception>
    public void Read()
    {
        var turns = new List<Observation>();
        foreach (var frame in _reader.Frames(_next))
        {
            _next = frame.Number + 1;
            if (frame.Factory == factory)
                turns.AddRange(
                    frame.Batches.SelectMany(batch => batch.Entries).Select(entry => entry.Seen).Where(seen => seen.Event is HealthTurned)
                );
        }

        foreach (var turn in turns.OrderBy(turn => turn.At))
            _waiting.Enqueue(turn);
    }
}
