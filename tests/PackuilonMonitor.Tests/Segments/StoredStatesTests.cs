using System.Collections.Immutable;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Core.Events;
using PackuilonMonitor.Tests.Record;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>A stored state is the state that a fold of everything before it gives, in every part, and is used if it is whole.</summary>
public sealed class StoredStatesTests
{
    private TempFolder _folder = null!;
    private StoredStates _stored = null!;
    private IReadOnlyList<RecordingPart> _parts = [];

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        _stored = new StoredStates(_folder.Path);
        // A day begins a part, so each frame is one.
        using (var writer = _folder.Writer(RecordingLimits.Usual with { Days = 100 }))
        {
            for (var day = 1; day <= 12; day++)
                writer.Append(GivenFrames.Frame(At(day), "line"));
        }

        _parts = new RecordingReader(_folder.Path).Parts();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Read_AfterAnyEvents_IsWhatWasWritten(int seed)
    {
        var dice = new Random(seed);
        MonitorEvent[] all = [.. OneOfEach.Folded, .. OneOfEach.Others];
        var state = MonitorState.Of(seed % 2 == 0 ? "east" : null, "example");
        for (var second = 0; second < 2_000; second++)
            state = state.Apply(Given.Seen(all[dice.Next(all.Length)], second / 3));
        // The lines of these events were not parsed from their texts.
        state = state with { Recent = RecentObservations.Empty, NotUnderstood = [] };

        Assert.That(Difference.Of(Again(Of(state)), Of(state)), Is.Null);
    }

    private static IEnumerable<Dialect> Dialects => Dialect.All;

    [TestCaseSource(nameof(Dialects))]
    public void State_ThatARecorderStored_IsThatOfAFold(Dialect dialect)
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 2, Dialect = dialect });
        Record(watch, 300);

        Assert.That(watch.Reader.States.Places(), Is.Not.Empty);
        foreach (var part in watch.Reader.Parts().Where(part => watch.Reader.States.Places().Contains(part.First)))
        {
            var place = part.First;
            var folded = watch
                .Reader.Frames()
                .TakeWhile(frame => frame.Number < place)
                .Aggregate(FactoryFold.Of(""), (fold, frame) => frame.Batches.Aggregate(
                    fold.With(frame.Facts), (before, batch) => before.Apply(batch.Entries, frame.Number)));

            Assert.That(Difference.Of(watch.Reader.States.Read(part)![""], folded), Is.Null, $"before {place}");
        }
    }

    [Test]
    public void State_ThatIsDamaged_CountsAsAbsent([Values(0, 3, 20, 36, 40, 44, 47, 60, 200)] int place)
    {
        _stored.Write(7, At(7), Of(MonitorState.Empty), GivenFrames.Mode);
        var bytes = File.ReadAllBytes(Path);
        bytes[Math.Min(place, bytes.Length - 1)] ^= 0x10;
        File.WriteAllBytes(Path, bytes);

        Assert.That((_stored.Read(Part(7)), _stored.ReadFacts(Part(7))), Is.EqualTo(((object?)null, (object?)null)));
    }

    [Test]
    public void State_ThatIsCutOff_CountsAsAbsent()
    {
        _stored.Write(7, At(7), Of(MonitorState.Empty), GivenFrames.Mode);
        var bytes = File.ReadAllBytes(Path);
        for (var length = 0; length < bytes.Length; length += 3)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.That((_stored.Read(Part(7)), _stored.ReadFacts(Part(7))), Is.EqualTo(((object?)null, (object?)null)), $"{length} bytes");
        }
    }

    /// <summary>An older version may have folded the same lines to another state.</summary>
    [Test]
    public void State_OfAnotherProgram_IsNeitherReadNorCounted()
    {
        _stored.Write(7, At(7), Of(MonitorState.Empty), GivenFrames.Mode);
        Assert.That(_stored.Has(First(7)), Is.True);
        var bytes = File.ReadAllBytes(Path);
        bytes[4] ^= 1;
        File.WriteAllBytes(Path, bytes);

        Assert.That((_stored.Has(First(7)), _stored.Read(Part(7)), _stored.Places().Count), Is.EqualTo((false, (object?)null, 1)));
    }

    /// <summary>After an upgrade nobody can read them.</summary>
    [Test]
    public void Thin_DeletesWhatAnotherProgramWrote()
    {
        _stored.Write(7, At(7), Of(MonitorState.Empty), GivenFrames.Mode);
        var bytes = File.ReadAllBytes(Path);
        bytes[4] ^= 1;
        File.WriteAllBytes(Path, bytes);
        _stored.Write(9, At(9), Of(MonitorState.Empty), GivenFrames.Mode);

        _stored.Thin(oldest: 1, Given.Noon);

        Assert.That(_stored.Places(), Is.EqualTo(new[] { 9L }));
    }

    [Test]
    public void Read_WithoutSuchAState_IsNothing() =>
        Assert.That(
            (_stored.Has(First(7)), _stored.Read(Part(7)), _stored.ReadFacts(Part(7)), _stored.Places().Count),
            Is.EqualTo((false, (object?)null, (object?)null, 0))
        );

    [Test]
    public void Facts_AreReadWithoutTheRest()
    {
        var facts = new FactoryFacts("x", 4, "Europe/London", "/log");
        var frame = GivenFrames.Frame(At(6), "line") with { Facts = facts };
        _stored.Write(7, At(7), Named("", FactoryFold.Of("").After(frame, null)), GivenFrames.Mode);

        Assert.That(_stored.ReadFacts(Part(7)), Is.EqualTo(new Dictionary<string, FactoryFacts?> { [""] = facts }));
    }

    /// <summary>The lines were removed, the states were not, and the numbers began again.</summary>
    [TestCase(-1)]
    [TestCase(+1)]
    public void State_OfAnotherRecording_IsNotRead(int days)
    {
        _stored.Write(7, At(7 + days), Of(MonitorState.Empty), GivenFrames.Mode);

        Assert.That(
            (_stored.Read(Part(7)), _stored.ReadFacts(Part(7)), _stored.Has(First(7))),
            Is.EqualTo(((object?)null, (object?)null, false))
        );
    }

    [Test]
    public void Thin_KeepsWhatIsRecorded_AllOfEightDaysAndTheFirstOfEachDayBefore()
    {
        var place = 0L;
        for (var at = Given.Noon.AddDays(-11); at < Given.Noon; at = at.AddHours(8))
            _stored.Write(++place, at, Of(MonitorState.Empty), GivenFrames.Mode);

        _stored.Thin(oldest: 3, Given.Noon);

        // Noon, eight in the evening, four at night; the second day begins with the third.
        Assert.That(_stored.Places(), Is.EqualTo(new[] { 3L, 6, 9 }.Concat(Enumerable.Range(10, 24).Select(number => (long)number))));
    }

    /// <summary>Not more than the parts between two states, wherever in the recording.</summary>
    [Test]
    public void FirstJump_FromAStoredState_FoldsLittle()
    {
        const int distance = 5;
        using var folder = new TempFolder();
        using (var writer = folder.Writer(RecordingLimits.Usual with { Days = 100 }))
        {
            var clock = new HistoricalScheduler(Given.Noon);
            var keeper = new StateKeeper(new RecordingReader(folder.Path), GivenFrames.Mode, distance, clock);
            for (var day = 0; day < 60; day++)
            {
                var frame = GivenFrames.Frame(Given.Noon.AddDays(day), $"line {day}");
                writer.Append(frame);
                keeper.Take(frame with { Number = writer.LastNumber }, Folded(day), writer.BeginsPart);
            }
        }

        var places = new StoredStates(folder.Path).Places();
        Assert.That(places, Is.EqualTo(Enumerable.Range(1, 11).Select(time => 1L + time * distance)));
        for (var day = 0; day < 60; day += 7)
        {
            var playback = new Playback(new RecordingReader(folder.Path));
            playback.Refresh();
            var moment = playback.At(Given.Noon.AddDays(day))!;
            Assert.That(moment.Factories[""].State.Observed, Is.EqualTo(day + 1), $"day {day}");
            Assert.That((playback.EntriesFolded, playback.PartsRead), Is.LessThanOrEqualTo((distance + 1L, distance + 1)), $"day {day}");
        }
    }

    private static MonitorState Folded(int day) =>
        Enumerable.Range(0, day + 1).Aggregate(
            MonitorState.Empty,
            (state, before) => state.Apply(GivenFrames.Line(Given.Noon.AddDays(before), $"line {before}").Seen)
        );

    private static DateTimeOffset At(int day) => Given.Noon.AddDays(day);

    private RecordingPart Part(long first) => _parts.Single(part => part.First == first);

    private Frame First(long first) => Part(first).Frames()[0];

    private string Path => _folder["before-000000000007.state"];

    private static ImmutableSortedDictionary<string, FactoryFold> Named(string name, FactoryFold fold) =>
        ImmutableSortedDictionary.Create<string, FactoryFold>(StringComparer.Ordinal).Add(name, fold);

    private static void Record(RecorderWatch watch, int minutes)
    {
        watch.Start();
        for (var minute = 0; minute < minutes; minute++)
        {
            watch.Step(TimeSpan.FromMinutes(1));
            if (minute != minutes / 2)
                continue;
            watch.Quit();
            watch.Start();
        }

        watch.Quit();
    }

    private static ImmutableSortedDictionary<string, FactoryFold> Of(MonitorState state) =>
        Named("", FactoryFold.Of("").After(new Frame(1, "", [new Batch(Given.Noon, [])]), state));

    private ImmutableSortedDictionary<string, FactoryFold> Again(ImmutableSortedDictionary<string, FactoryFold> factories)
    {
        _stored.Write(7, At(7), factories, GivenFrames.Mode);
        return _stored.Read(Part(7))!;
    }
}
