using System.Diagnostics;
using System.Globalization;
using System.Reactive.Concurrency;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Captures;
using PackuilonMonitor.Tests.Support;
using Size = PackuilonMonitor.Cells.Size;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>
/// Days of a factory with every trouble, lived by hand-moved time: files, fold, snapshot and picture; what is used does not grow, what is
/// known is true.
/// </summary>
[NonParallelizable]
public sealed class SoakTests
{
    /// <summary>PACKUILON_SOAK_DAYS asks for more; 28 take an hour of CPU.</summary>
    private static readonly double Days = double.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_SOAK_DAYS") ?? "0.4",
        CultureInfo.InvariantCulture
    );

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    private const int LooksAPicture = 20;

    [Test]
    public void Monitor_ForManyDays_KnowsTheTruthAndGrowsByNothing()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        var plan = new FactoryPlan { Seed = 28, Dialect = Dialect.All.First(dialect => dialect.Name == "e7ec5f0") };
        var factory = new SimulatedFactory(plan);
        var writer = new FactoryWriter(folder["messages"], folder["log"]);
        var clock = new HistoricalScheduler(plan.Start);
        using var feed = new MonitorFeed(
            MonitorFeed.Files([folder["messages"]], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, plan.Start),
            [new BuildLogs(new LogDirectory(folder["log"]))],
            clock
        );
        var (state, snapshot) = (MonitorState.Empty, Snapshot.Of(MonitorState.Empty, new Facts(ThreadCount: 4)));
        var (used, rotations) = (new List<Use>(), 0);
        var paint = new Paint(Palette.Mono, Glyphs.Unicode, TimeZoneInfo.Utc, plan.Start);
        for (var (look, end) = (1, plan.Start + TimeSpan.FromDays(Days)); clock.Now < end; look++)
        {
            clock.AdvanceTo(clock.Now + Pace);
            writer.Write(factory.StepsUntil(clock.Now).Select(step =>
            {
                rotations += step.Operation is MessagesRotated ? 1 : 0;
                return step;
            }));
            state = feed.ReadAll().Aggregate(state, static (known, batch) => known.Apply(batch));
            snapshot = snapshot.Next(state);
            if (look % LooksAPicture == 0)
                Picture.Render(Screens.Of(snapshot, new Size(140, 40), paint with { Now = clock.Now }), []).ToLines();
            if (look % (int)(TimeSpan.FromDays(Math.Min(1, Days / 4)) / Pace) == 0)
            {
                used.Add(Use.Of(clock.Now - plan.Start, state));
                TestContext.Progress.WriteLine(used[^1]);
            }
        }

        var truth = SimulatedTruthTests.Truth(factory.Truth);
        var known = truth with { Builds = [.. truth.Builds.TakeLast(BuildTable.Most)] };
        var faults = SimulatedTruthTests.Describe(known, plan.Dialect.Rally, known.BuildFaults(BuildView.All(state))).ToList();
        TestContext.Out.WriteLine(
            $"{truth.Builds.Count} builds, {state.Sources.Readings.Sum(reading => reading.Lines)} lines, {rotations} rotations"
        );
        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(20)));
            Assert.That(used[^1].Files, Is.LessThanOrEqualTo(used[0].Files + 10).And.LessThanOrEqualTo(300));
            Assert.That(used[^1].Threads, Is.LessThanOrEqualTo(used[0].Threads + 6));
            Assert.That(
                used[^1].Heap - used[used.Count / 2].Heap,
                Is.LessThan(Math.Max(8, Days * 2)),
                "megabytes in the second half, the factory's own book of the truth among them"
            );
            Assert.That(state.Sources.Readings.Sum(reading => reading.Health?.Gaps ?? 0), Is.Zero);
        });
    }

    private sealed record Use(TimeSpan At, double Heap, double Resident, int Files, int Threads, int Builds)
    {
        public static Use Of(TimeSpan at, MonitorState state)
        {
            var heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
            using var self = Process.GetCurrentProcess();
            return new Use(
                at,
                heap,
                self.WorkingSet64 / 1e6,
                Directory.GetFiles("/proc/self/fd").Length,
                self.Threads.Count,
                state.Builds.Count
            );
        }

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"day {At.TotalDays:0.0}: heap {Heap:0.0} MB, resident {Resident:0} MB, "
                + $"{Files} descriptors, {Threads} threads, {Builds} builds known"
            );
    }
}
