using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>
/// Recordings drawn by chance: two factories, batches at the same and at other times, days that begin parts, lines, bookkeeping and logs
/// that grow, begin again and go. Each moment, step and log is what a plain walk over all entries finds.
/// </summary>
public sealed class PlaybackMomentsTests
{
    private const int Recordings = 8;

    private static readonly string[] Factories = ["", "oxford"];

    private static readonly string[] Logs = ["a.log", "b.log"];

    [Test]
    public void Moments_StepsAndLogs_AreThoseOfAPlainWalk([Range(1, Recordings)] int seed)
    {
        using var folder = new TempFolder();
        // Not for secrets: the same recordings each time.
        var random = new Random(seed);
        using (var writer = folder.Writer(RecordingLimits.Usual with { Days = 1_000 }))
        {
            var (at, line, there) = (Given.Noon, 0, new HashSet<(string, string)>());
            for (var left = random.Next(1, 25); left > 0; left--)
            {
                var (batches, factory) = (new List<Batch>(), Factories[random.Next(2)]);
                for (var more = random.Next(1, 4); more > 0; more--)
                {
                    at += random.Next(12) switch { 0 => TimeSpan.FromDays(1), < 4 => TimeSpan.Zero, _ => TimeSpan.FromSeconds(1) };
                    var entries = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Entry(random, at, ++line, factory, there));
                    batches.Add(new Batch(at, [.. entries]));
                }

                writer.Append(new Frame(0, factory, [.. batches]));
            }
        }

        var frames = folder.Frames();
        var walk = new Walk(frames);
        var reader = new RecordingReader(folder.Path);
        var playback = new Playback(reader);
        Assert.That(
            (playback.From, playback.Until, playback.At(Given.Noon)),
            Is.EqualTo(default((DateTimeOffset?, DateTimeOffset?, PastMoment?))),
            "nothing was read yet"
        );
        playback.Refresh();
        Assert.That((playback.From, playback.Until), Is.EqualTo((frames[0].At, frames[^1].LastAt)));
        var times = frames.SelectMany(frame => frame.Batches).SelectMany(batch => new[] { batch.At.AddTicks(-1), batch.At }).ToArray();
        random.Shuffle(times);
        foreach (var time in times)
            Assert.That(Describe(playback.At(time)), Is.EqualTo(walk.At(time)), $"at {time:O}");

        Predicate<Observation>[] wanted = [_ => true, seen => seen.Text?.EndsWith('7') == true, _ => false];
        foreach (var (place, one) in walk.Places().SelectMany(place => wanted.Select((_, index) => (place, index))))
        {
            Assert.That(Describe(playback.Before(place, wanted[one])), Is.EqualTo(walk.Before(place, wanted[one])), $"before {place}");
            Assert.That(Describe(playback.After(place, wanted[one])), Is.EqualTo(walk.After(place, wanted[one])), $"after {place}");
        }

        Assert.That(Describe(playback.Before(null, wanted[0])), Is.EqualTo(walk.Before(null, wanted[0])));
        foreach (var place in walk.Places())
        {
            foreach (var (factory, log) in Factories.SelectMany(factory => Logs.Select(log => (factory, log))))
                Assert.That(walk.Lines(playback, factory, log, place), Is.True, $"{log} of {factory} at {place}");
        }
    }

    private static Entry Entry(Random random, DateTimeOffset at, int number, string factory, HashSet<(string, string)> there)
    {
        var (log, kind) = (Logs[random.Next(2)], random.Next(8));
        // A log that was gone begins.
        var began = kind is 2 or 3 && there.Add((factory, log));
        if (kind == 1)
            there.Remove((factory, log));
        return kind switch
        {
            0 => new Entry(Given.Seen(new SourceRead(1, null)) with { At = at, Text = null, Host = "", Speaker = Speaker.Monitor }, null),
            1 => new Entry(Own(at, new BuildLogGone(log)), null),
            2 or 3 => new Entry(
                Own(at, new BuildLogRead("", BuildLog.Empty, 0)),
                new LogGrowth(log, random.Next(3))
                {
                    Began = began || random.Next(6) == 0,
                    ArrivedAt = at,
                    Lines = [.. Enumerable.Range(0, random.Next(3)).Select(part => $"{number}.{part}")],
                }
            ),
            _ => GivenFrames.Line(at, $"line {number}"),
        };
    }

    private static Observation Own(DateTimeOffset at, MonitorEvent said) => new(at, Given.Messages, "", Speaker.Monitor, null, said);

    private static string Describe(PastMoment? moment) =>
        moment is null ? "none" : Describe(moment.Place, moment.At, moment.Last, moment.Factories);

    private static string Describe(
        RecordingPosition place,
        DateTimeOffset at,
        Observation? last,
        IReadOnlyDictionary<string, FactoryFold> factories
    ) => $"{place} at {at:O} after {last?.Text ?? last?.Event.ToString()}: {Describe(factories)}";

    private static string Describe(IReadOnlyDictionary<string, FactoryFold> factories) =>
        string.Join(
            "; ",
            factories.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one =>
                $"'{one.Key}' {one.Value.State.Observed} {string.Join(',', one.Value.State.NotUnderstood.Select(seen => seen.Text))} "
                + string.Join(',', one.Value.Logs.Select(log => $"{log.Key}:{log.Value.Known.Log.LineCount}").Order(StringComparer.Ordinal))
            )
        );

    /// <summary>All entries in their order, each with its place.</summary>
    private sealed class Walk
    {
        private readonly List<(RecordingPosition Place, Frame Frame, Batch Batch, Entry Entry)> _entries = [];
        private readonly Dictionary<RecordingPosition, Dictionary<string, FactoryFold>> _folds = [];

        public Walk(IReadOnlyList<Frame> frames)
        {
            var before = new Dictionary<string, FactoryFold>();
            foreach (var (frame, (index, batch)) in frames.SelectMany(frame => frame.Batches.Index().Select(batch => (frame, batch))))
            {
                var fold = before.GetValueOrDefault(frame.Factory) ?? FactoryFold.Of(frame.Factory);
                for (var count = 1; count <= batch.Entries.Length; count++)
                {
                    var place = new RecordingPosition(frame.Number, index, count);
                    _entries.Add((place, frame, batch, batch.Entries[count - 1]));
                    _folds[place] = new(before) { [frame.Factory] = fold.Apply(batch.Entries[..count], frame.Number) };
                }

                before = _folds[_entries[^1].Place];
            }
        }

        public IEnumerable<RecordingPosition> Places() => _entries.Select(one => one.Place);

        public string At(DateTimeOffset time) =>
            _entries.FindLast(one => one.Batch.At <= time) is { Frame: not null } last ? Moment(last.Place, time, null) : "none";

        public string Before(RecordingPosition? place, Predicate<Observation> wanted) =>
            Step(_entries.FindLast(one => (place is not { } end || one.Place.CompareTo(end) < 0) && IsEvent(one.Entry, wanted)));

        public string After(RecordingPosition place, Predicate<Observation> wanted) =>
            Step(_entries.Find(one => one.Place.CompareTo(place) > 0 && IsEvent(one.Entry, wanted)));

        /// <summary>Whether the lines of a log at a place are those that the factory's fold counted there.</summary>
        public bool Lines(Playback playback, string factory, string file, RecordingPosition place)
        {
            if (_folds[place].GetValueOrDefault(factory)?.Logs.GetValueOrDefault(file) is not { } log)
                return true;
            var lines = new List<(string, DateTimeOffset?)>();
            var generation = 0;
            foreach (var (_, frame, _, entry) in _entries.Where(one => one.Place.CompareTo(place) <= 0 && one.Frame.Factory == factory))
            {
                if (entry.Seen.Event is BuildLogGone gone && gone.File == file)
                    lines.Clear();
                if (entry.Growth is not { } growth || growth.File != file)
                    continue;
                if (growth.Began || growth.Generation != generation)
                    lines.Clear();
                generation = growth.Generation;
                lines.AddRange(growth.Lines.Select(line => (line, growth.ArrivedAt)));
            }

            return playback.LinesOf(log, file, place).SequenceEqual(lines);
        }

        private static bool IsEvent(Entry entry, Predicate<Observation> wanted) =>
            entry.Growth is null && !entry.Seen.IsBookkeeping && wanted(entry.Seen);

        private string Step((RecordingPosition Place, Frame Frame, Batch Batch, Entry Entry) one) =>
            one.Frame is null ? "none" : Moment(one.Place, one.Batch.At, one.Entry.Seen);

        private string Moment(RecordingPosition place, DateTimeOffset at, Observation? last) =>
            Describe(place, at, last, _folds[place]);
    }
}
