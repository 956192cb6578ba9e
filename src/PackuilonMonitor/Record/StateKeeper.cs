using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Record;

/// <summary>
/// Keeps the factories as they are after the last recorded frame, and stores them beside the recording each time that enough was recorded,
/// for those who look at the past. For one thread.
/// </summary>
/// <param name="folder">The folder of the recording.</param>
/// <param name="mode">The permissions of its files.</param>
/// <param name="distance">How many parts of the recording are between two states.</param>
public sealed class StateKeeper(string folder, UnixFileMode mode, int distance)
{
    private readonly RecordingReader _recording = new(folder);

    private ImmutableSortedDictionary<string, FactoryFold> _factories =
        ImmutableSortedDictionary.Create<string, FactoryFold>(StringComparer.Ordinal);

    private bool _isInterrupted;

    /// <summary>A factory at the end of its existing recording.</summary>
    /// <param name="factory">Its name; empty for the only one.</param>
    public void Begin(string factory, FactoryFold fold) => _factories = _factories.SetItem(factory, fold);

    /// <summary>A frame was recorded.</summary>
    /// <param name="state">The state of its factory after it; null if nothing in it changes that.</param>
    /// <param name="beginsPart">Whether the part before it is complete.</param>
    public void Take(Frame frame, MonitorState? state, bool beginsPart)
    {
        if (beginsPart && !_isInterrupted)
            Store(frame.Number);
        var fold = _factories.GetValueOrDefault(frame.Factory) ?? FactoryFold.Of(frame.Factory);
        _factories = _factories.SetItem(frame.Factory, fold.After(frame, state));
    }

    /// <summary>Entries were folded and are not recorded: no fold of the recording leads to these states any more.</summary>
    public void Interrupt() => _isInterrupted = true;

    private void Store(long next)
    {
        try
        {
            var stored = _recording.States.Places() is [.., var last] ? last : 0;
            var parts = _recording.Parts();
            if (parts.Count(part => part.IsClosed && part.First >= stored) >= distance)
                _recording.States.Write(next, _factories, parts[0].First, mode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The recording reports what is wrong with the disk; without a state more is folded.
        }
    }
}
