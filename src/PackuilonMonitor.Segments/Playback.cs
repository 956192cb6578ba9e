using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Segments;

/// <summary>A place in a recording: after this many entries of a batch.</summary>
public readonly record struct RecordingPosition(long Frame, int Batch, int Entries)
{
    /// <summary>Negative if this place precedes the other, positive if it follows.</summary>
    public int CompareTo(RecordingPosition other) => (Frame, Batch, Entries).CompareTo((other.Frame, other.Batch, other.Entries));
}

/// <summary>The factories as they were at a moment.</summary>
/// <param name="Place">The place in the recording.</param>
/// <param name="At">The moment.</param>
/// <param name="Factories">By name; empty for the only one.</param>
public sealed record PastMoment(RecordingPosition Place, DateTimeOffset At, ImmutableSortedDictionary<string, FactoryFold> Factories)
{
    /// <summary>The event that ends it; null if a time was requested.</summary>
    public Observation? Last { get; init; }
}

/// <summary>
/// Any moment of a recording, folded from the nearest state before it: one that the recorder has stored, or one that was kept on the way to
/// another moment. Any call may throw an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>. For one thread.
/// </summary>
public sealed class Playback(RecordingReader reader)
{
    /// <summary>Of a recording with more parts, not each has a state of its own.</summary>
    public const int MostCheckpoints = Checkpoints.Most;

    /// <summary>A step within a part that was reached before folds fewer entries.</summary>
    public const int MostFoldedInAStep = 2 * PartTrail.Distance;

    private static readonly ImmutableSortedDictionary<string, FactoryFold> Nothing = ImmutableSortedDictionary.Create<string, FactoryFold>(
        StringComparer.Ordinal
    );

    private readonly Checkpoints _checkpoints = new();
    private readonly StoredStates _stored = reader.States;
    private PartTrail? _trail;
    private IReadOnlyList<RecordingPart> _parts = [];
    private (long First, IReadOnlyList<Frame> Frames) _read = (-1, []);

    /// <summary>The earliest arrival; null if nothing is recorded.</summary>
    public DateTimeOffset? From => _parts.Count == 0 ? null : _parts.Min(part => part.At);

    /// <summary>When the last entry arrived.</summary>
    public DateTimeOffset? Until => _parts.Count == 0 ? null : _parts[^1].LastAt;

    /// <summary>How many parts were read and decompressed so far.</summary>
    public int PartsRead { get; private set; }

    /// <summary>How many entries were folded so far.</summary>
    public long EntriesFolded { get; private set; }

    /// <summary>Reads what was recorded since.</summary>
    public void Refresh()
    {
        _parts = reader.Parts();
        if (_parts is [.., { IsClosed: false, First: var open }] && _read.First == open)
            _read = (-1, []);
    }

    /// <summary>
    /// The last moment not after that time, the later one of a time that a clock set back showed twice; null if nothing had been recorded.
    /// </summary>
    public PastMoment? At(DateTimeOffset time)
    {
        var part = LastNotAfter(time);
        if (part < 0)
            return null;
        var place = default(RecordingPosition?);
        foreach (var frame in FramesOf(part))
        {
            for (var batch = 0; batch < frame.Batches.Length; batch++)
            {
                if (frame.Batches[batch].At <= time)
                    place = new RecordingPosition(frame.Number, batch, frame.Batches[batch].Entries.Length);
            }
        }

        return place is { } found ? Folded(part, found, time) : part > 0 ? Folded(part - 1, End(part - 1), time) : null;
    }

    /// <summary>The moment at the last event before a place, or at the last of all; null if there is none.</summary>
    public PastMoment? Before(RecordingPosition? place, Predicate<Observation> wanted)
    {
        for (var part = place is { } from ? PartOf(from) : _parts.Count - 1; part >= 0; part--)
        {
            var found = default((RecordingPosition, Batch, Observation)?);
            foreach (var one in Events(part, wanted))
            {
                if (place is { } end && one.Place.CompareTo(end) >= 0)
                    break;
                found = one;
            }

            if (found is var (last, batch, seen))
                return Folded(part, last, batch.At) is { } moment ? moment with { Last = seen } : null;
        }

        return null;
    }

    /// <summary>The moment at the first event after a place; null if there is none.</summary>
    public PastMoment? After(RecordingPosition place, Predicate<Observation> wanted)
    {
        for (var part = Math.Max(0, PartOf(place)); part < _parts.Count; part++)
        {
            foreach (var (found, batch, seen) in Events(part, wanted))
            {
                if (found.CompareTo(place) > 0)
                    return Folded(part, found, batch.At) is { } moment ? moment with { Last = seen } : null;
            }
        }

        return null;
    }

    /// <summary>The lines of a build log up to a place, with their times of arrival.</summary>
    /// <param name="file">The log's file name.</param>
    public IReadOnlyList<(string Line, DateTimeOffset? At)> LinesOf(RecordedLog log, string file, RecordingPosition place)
    {
        var lines = new List<(string, DateTimeOffset?)>();
        foreach (var number in log.Frames)
        {
            if (FrameOf(number) is not { } frame)
                continue;
            for (var batch = 0; batch < frame.Batches.Length; batch++)
            {
                for (var entry = 0; entry < frame.Batches[batch].Entries.Length; entry++)
                {
                    if (new RecordingPosition(number, batch, entry + 1).CompareTo(place) > 0)
                        break;
                    if (frame.Batches[batch].Entries[entry].Growth is not { } growth || growth.File != file)
                        continue;
                    if (growth.Began || growth.Generation != log.Known.Generation)
                        lines.Clear();
                    if (growth.Generation == log.Known.Generation)
                        lines.AddRange(growth.Lines.Select(line => (line, growth.ArrivedAt)));
                }
            }
        }

        return lines;
    }

    private PastMoment? Folded(int part, RecordingPosition place, DateTimeOffset at)
    {
        // Read before the parts on the way to it, so that it is read once.
        var frames = FramesOf(part);
        if (_trail?.First != _parts[part].First)
            _trail = new PartTrail(_parts[part].First, Checkpoint(part));
        _read = (_parts[part].First, frames);
        var folded = _trail.EntriesFolded;
        var factories = _trail.To(place, frames);
        EntriesFolded += _trail.EntriesFolded - folded;
        return new PastMoment(place, at, factories);
    }

    /// <summary>The factories before a part, folded from the nearest earlier part with a state.</summary>
    private ImmutableSortedDictionary<string, FactoryFold> Checkpoint(int part)
    {
        var from = part;
        while (from > 0 && _checkpoints.Find(_parts[from].First) is null)
            from--;
        var factories = _checkpoints.Find(_parts[from].First) ?? Nothing;
        if (Stored(from, part) is var (later, stored))
        {
            (from, factories) = (later, stored);
            _checkpoints.Add(from, _parts[from].First, factories);
        }

        for (; from < part; from++)
        {
            foreach (var frame in FramesOf(from))
                factories = Fold(factories, frame);
            _checkpoints.Add(from + 1, _parts[from + 1].First, factories);
        }

        return factories;
    }

    /// <summary>
    /// The last part after one of them and not after the other before which a state is stored, and that state; null for none.
    /// </summary>
    private (int Part, ImmutableSortedDictionary<string, FactoryFold> Factories)? Stored(int after, int part)
    {
        foreach (var place in _stored.Places().Where(place => place <= _parts[part].First).Reverse())
        {
            var found = PartOf(new RecordingPosition(place, 0, 0));
            if (found <= after)
                return null;
            if (_parts[found].First == place && _stored.Read(_parts[found]) is { } factories)
                return (found, factories);
        }

        return null;
    }

    private ImmutableSortedDictionary<string, FactoryFold> Fold(ImmutableSortedDictionary<string, FactoryFold> factories, Frame frame)
    {
        foreach (var batch in frame.Batches)
        {
            factories = PartTrail.After(factories, frame, batch.Entries);
            EntriesFolded += batch.Entries.Length;
        }

        return factories;
    }

    private IEnumerable<(RecordingPosition Place, Batch Batch, Observation Seen)> Events(int part, Predicate<Observation> wanted)
    {
        foreach (var frame in FramesOf(part))
        {
            for (var batch = 0; batch < frame.Batches.Length; batch++)
            {
                var entries = frame.Batches[batch].Entries;
                for (var entry = 0; entry < entries.Length; entry++)
                {
                    if (entries[entry].Growth is null && !entries[entry].Seen.IsBookkeeping && wanted(entries[entry].Seen))
                        yield return (new RecordingPosition(frame.Number, batch, entry + 1), frame.Batches[batch], entries[entry].Seen);
                }
            }
        }
    }

    private RecordingPosition End(int part) =>
        FramesOf(part) is [.., var last]
            ? new RecordingPosition(last.Number, last.Batches.Length - 1, last.Batches[^1].Entries.Length)
            : new RecordingPosition(_parts[part].Last, 0, 0);

    private IReadOnlyList<Frame> FramesOf(int part)
    {
        if (_read.First != _parts[part].First)
        {
            _read = (_parts[part].First, _parts[part].Frames());
            PartsRead++;
        }

        return _read.Frames;
    }

    private Frame? FrameOf(long number) =>
        PartOf(new RecordingPosition(number, 0, 0)) is >= 0 and var part
            ? FramesOf(part).FirstOrDefault(frame => frame.Number == number)
            : null;

    /// <summary>The part with a frame, or the one before if no part has it.</summary>
    private int PartOf(RecordingPosition place) => Last(part => part.First <= place.Frame);

    /// <summary>Clocks may be set back: their times are not in order as the numbers of frames are.</summary>
    private int LastNotAfter(DateTimeOffset time)
    {
        var part = _parts.Count - 1;
        while (part >= 0 && _parts[part].At > time)
            part--;
        return part;
    }

    /// <summary>The last part that satisfies the predicate, as all parts before it do.</summary>
    private int Last(Predicate<RecordingPart> holds)
    {
        var (low, high) = (0, _parts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(_parts[middle]))
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
