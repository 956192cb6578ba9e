using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.App;

namespace PackuilonMonitor.Tests.Record;

/// <summary>
/// The picture of a past moment is the picture that was drawn then, cell by cell, but for the line that says that it is the past.
/// </summary>
public sealed class ReplayedPictureTests
{
    private static readonly Facts Facts = new(4) { Zone = TimeZoneInfo.Utc };

    private static readonly Size[] Sizes = [new(80, 24), new(140, 40), new(40, 10), new(200, 50)];

    private static readonly ScreenKind[] Shown =
        [ScreenKind.Overview, ScreenKind.Events, ScreenKind.Sources, ScreenKind.Health, ScreenKind.Unrecognised];

    private static IEnumerable<TestCaseData> Runs() =>
        from name in (string[])["e7ec5f0", "head"]
        from seed in (int[])[11, 12]
        select new TestCaseData(Dialect.All.First(dialect => dialect.Name == name), seed).SetArgDisplayNames(name, $"{seed}");

    [TestCaseSource(nameof(Runs))]
    public void Picture_OfAPastMoment_IsThatWhichWasDrawnThen(Dialect dialect, int seed)
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = (ulong)seed, Dialect = dialect });
        var random = new Random(seed);
        var drawn = new List<(DateTimeOffset At, MonitorState State)>();
        watch.Start();
        for (var look = 0; look < 500; look++)
        {
            watch.Step(TimeSpan.FromSeconds(15));
            if (random.Next(60) == 0)
            {
                watch.Kill();
                watch.Start();
            }

            if (random.Next(25) == 0)
                drawn.Add((watch.Now, watch.Recorder!.State));
        }

        watch.Quit();
        var playback = new Playback(watch.Reader);
        playback.Refresh();
        // In any order: a jump must not depend on the jumps before it.
        foreach (var (at, state) in drawn.OrderBy(_ => random.Next()))
        {
            var past = playback.At(at)!;
            foreach (var size in Sizes)
            {
                foreach (ScreenKind screen in Shown)
                {
                    var replayed = Replayed(past, size, screen, at.AddHours(3));
                    Assert.That(Rows(replayed), Is.EqualTo(Rows(Live(state, size, screen, at))), $"{at:T} {size} {screen}");
                    Assert.That(Lines(replayed)[^1].ToText(), Does.StartWith(" , . event  "));
                }
            }
        }

        Assert.That(drawn, Has.Count.GreaterThan(10));
        Assert.That(
            drawn.Select(one => string.Concat(Rows(Live(one.State, Sizes[1], ScreenKind.Overview, one.At)).Select(line => line.ToText()))),
            Is.Unique
        );
    }

    [Test]
    public void Steps_ForwardThroughTheRecording_AreItsEvents_AndBackAreTheSame()
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 13 });
        watch.Start();
        for (var look = 0; look < 60; look++)
            watch.Step(TimeSpan.FromSeconds(15));
        watch.Quit();
        var playback = new Playback(watch.Reader);
        playback.Refresh();

        var forward = new List<PastMoment>();
        for (
            var moment = playback.After(default, PastEvents.IsAny);
            moment is not null;
            moment = playback.After(moment.Place, PastEvents.IsAny)
        )
            forward.Add(moment);
        var back = new List<PastMoment>();
        for (
            var moment = playback.Before(null, PastEvents.IsAny);
            moment is not null;
            moment = playback.Before(moment.Place, PastEvents.IsAny)
        )
            back.Add(moment);

        Assert.That(forward.Select(moment => moment.Last), Is.EqualTo(Events(watch)));
        Assert.That(forward, Has.Count.GreaterThan(30));
        Assert.That(back.Select(moment => moment.Place).Reverse(), Is.EqualTo(forward.Select(moment => moment.Place)));
        Assert.That(
            back.AsEnumerable().Reverse().Select(moment => moment.Factories[""].State.Observed),
            Is.EqualTo(forward.Select(moment => moment.Factories[""].State.Observed)).And.Ordered);
        Assert.That(forward.Select(moment => moment.Factories[""].State.Recent[^1]), Is.EqualTo(forward.Select(moment => moment.Last)));
    }

    [Test]
    public void Log_OfAPastMoment_IsWhatHadBeenWrittenThen()
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 14 });
        var written = new List<(DateTimeOffset At, string File, long Lines, int Generation)>();
        watch.Start();
        for (var look = 0; look < 300; look++)
        {
            watch.Step(TimeSpan.FromSeconds(15));
            if (look % 10 == 0)
                written.AddRange(
                    watch.Recorder!.State.Logs.All.Select(read => (watch.Now, read.File, read.Log.LineCount, read.Generation))
                );
        }

        watch.Quit();
        var playback = new Playback(watch.Reader);
        playback.Refresh();
        foreach (var (at, file, lines, generation) in written)
        {
            var moment = playback.At(at)!;
            var log = moment.Factories[""].Logs[file];
            Assert.That(
                (log.Known.Generation, (long)playback.LinesOf(log, file, moment.Place).Count),
                Is.EqualTo((generation, lines)),
                $"{at:T} {file}"
            );
        }

        Assert.That(written, Has.Count.GreaterThan(50));
    }

    private static IEnumerable<PackuilonMonitor.Core.Events.Observation> Events(RecorderWatch watch) =>
        watch
            .Reader.Frames()
            .SelectMany(frame => frame.Batches)
            .SelectMany(batch => batch.Entries)
            .Select(entry => entry.Seen)
            .Where(seen => !seen.IsBookkeeping && seen.Event is not PackuilonMonitor.Core.Events.BuildLogRead);

    /// <summary>All but the two lines that say that the past is shown: the second one, and the keys.</summary>
    private static List<CellLine> Rows(ScreenState state) => [.. Lines(state).Where((_, row) => row != 1).SkipLast(1)];

    private static IReadOnlyList<CellLine> Lines(ScreenState state) => [.. Picture.Of(state).ToLines()];

    private static ScreenState Live(MonitorState state, Size size, ScreenKind screen, DateTimeOffset at) =>
        Start(Snapshot.Of(state, Facts), size, at).With(new Place(screen));

    private static ScreenState Replayed(PastMoment past, Size size, ScreenKind screen, DateTimeOffset now)
    {
        var asking = Start(Snapshot.Of(MonitorState.Empty with { Logs = past.Factories[""].State.Logs }, Facts), size, now)
            .With(new Place(screen)) with
        {
            Waiting = ImmutableDictionary<int, Request>.Empty.Add(1, new LookAtPast(1, past.At)),
        };
        return Update.Apply(asking, now, new PastFound(1, past, past.At, past.At)).State;
    }

    private static ScreenState Start(Snapshot factories, Size size, DateTimeOffset now) =>
        Screens.Of(factories, size, InventedDay.Paint()) with
        {
            Now = now,
        };
}
