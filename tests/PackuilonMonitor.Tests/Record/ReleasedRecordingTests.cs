using System.Reactive.Concurrency;
using System.Runtime.CompilerServices;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Record;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Segments;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Record;

/// <summary>A recorder runs for weeks: what it only needed to go on behind its recording must not stay in memory.</summary>
public sealed class ReleasedRecordingTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Recording_OnceItIsCaughtUp_IsNotKept()
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 3 });
        watch.Start();
        for (var minute = 0; minute < 120; minute++)
            watch.Step(TimeSpan.FromMinutes(1));
        watch.Quit();
        var clock = new HistoricalScheduler(watch.Now);
        using var rows = new HistoryRecorder(_folder["history.db"], Retention.Usual, new LogDirectory(_folder.Path), clock, _ => { });
        var states = new StateKeeper(new RecordingReader(_folder.Path), GivenFrames.Mode, StoredStates.Distance, clock);
        using var lines = new LineRecorder(() => _folder.Writer(), states, clock, _ => { });

        var (running, feed, recording, logs) = Begin(watch, rows, lines, clock);

        using (feed)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.That(recording.IsAlive, Is.False, "the recording");
            Assert.That(logs.IsAlive, Is.False, "the table of its logs");
            GC.KeepAlive(running);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (RecordedFactory Running, MonitorFeed Feed, WeakReference Recording, WeakReference Logs) Begin(
        RecorderWatch watch,
        HistoryRecorder rows,
        LineRecorder lines,
        HistoricalScheduler clock
    )
    {
        var recorded = watch.Reader.Factories()[""];
        Assert.That(recorded.Fold.Logs, Is.Not.Empty);
        WeakReference? logs = null;
        var running = new RecordedFactory("", new FactoryFacts(null, 4, "UTC", "/log"), recorded, lines, rows, _ => { });
        var feed = running.Open(
            (start, known, grown) =>
            {
                logs = new WeakReference(known);
                return new MonitorFeed(
                    MonitorFeed.Files([watch.Messages], start!),
                    new SyslogClock(TimeZoneInfo.Utc, clock.Now),
                    [new BuildLogs(new LogDirectory(_folder.Path), known, grown)],
                    clock
                );
            }
        );
        Assert.That(running.CatchUp(feed, clock).Count(), Is.Not.Negative);
        return (running, feed, new WeakReference(recorded), logs!);
    }
}
