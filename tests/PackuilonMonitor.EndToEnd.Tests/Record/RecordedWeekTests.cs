using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Captures;

namespace PackuilonMonitor.Tests.Record;

/// <summary>
/// Days of building with a recorder alone that is killed and begun again, looked at by two users who come and go: the store agrees with
/// what really happened row by row, copies to the byte, each alert is given once, and whoever looks sees what the recorder knows.
/// </summary>
public sealed class RecordedWeekTests
{
    /// <summary>PACKUILON_RECORD_DAYS asks for more; a week takes more than four minutes.</summary>
    private static readonly double Days = double.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_RECORD_DAYS") ?? "0.2",
        CultureInfo.InvariantCulture
    );

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    private static IEnumerable<TestCaseData> Dialects() =>
        new[] { "e7ec5f0", "head" }.Select(name =>
            new TestCaseData(Dialect.All.First(dialect => dialect.Name == name)).SetArgDisplayNames(name)
        );

    [TestCaseSource(nameof(Dialects))]
    public void Store_OfARecorderThatIsKilledAtRandom_AgreesWithTheTruth(Dialect dialect)
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 5, Dialect = dialect });
        var random = new Random(5);
        Playback[] users = [new(watch.Reader), new(watch.Reader)];
        var looks = 0;
        watch.Start();
        for (var end = watch.Now + TimeSpan.FromDays(Days); watch.Now < end;)
        {
            watch.Step(Look);
            if (random.Next(200) == 0)
                AssertSeen(watch, users[looks++ % 2]);
            if (random.Next(250) != 0)
                continue;
            if (random.Next(2) == 0)
                watch.Kill();
            else
                watch.Quit();
            for (var absent = random.Next(40); absent > 0; absent--)
                watch.Step(Look);
            watch.Start();
        }

        watch.Step(Look);
        watch.Quit();

        var truth = SimulatedTruthTests.Truth(watch.Truth);
        var stored = watch.Rows(store => store.Builds(int.MaxValue));
        var faults = SimulatedTruthTests.Told(truth, dialect.Rally, truth.BuildFaults(stored)).ToList();
        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(stored.Select(build => build.Id), Is.Unique);
        Assert.That(watch.Sent.Select(one => one.Key), Is.Unique);
        var ended = watch
            .Truth.Builds.Where(build => build is { SharesLog: false, Outcome: TrueOutcome.Succeeded or TrueOutcome.Failed })
            .ToList();
        var kept = ended.Count(build => HasLog(watch, build, stored));
        TestContext.Out.WriteLine(
            $"{watch.Truth.Builds.Length} builds, {stored.Count} rows; {ended.Count} ended alone in their log, {kept} logs kept and equal; {looks} looks, {watch.Sent.Count} alerts"
        );
        Assert.That(kept, Is.GreaterThan(ended.Count * 9 / 10), "a log is only missed if it is erased while no recorder runs");
        Assert.That(looks, Is.GreaterThan(0));
    }

    /// <summary>Who looks sees just what the recorder has written, and that is at most a step behind what it knows.</summary>
    private static void AssertSeen(RecorderWatch watch, Playback user)
    {
        user.Refresh();
        var seen = user.At(watch.Now)!.Factories[""].State;
        Assert.That(BuildView.All(seen).Select(Row), Is.EqualTo(BuildView.All(watch.Recorder!.State).Select(Row)));
    }

    private static string Row(BuildView build) =>
        $"{build.Id} {build.State} {build.Worker} {build.EndedAt:O} {build.Reason} {build.Log?.LineCount}";

    /// <summary>Whether the build's log was kept; then it must be what the build wrote, to the byte.</summary>
    private static bool HasLog(RecorderWatch watch, TrueBuild build, IReadOnlyList<BuildView> stored)
    {
        var row = stored.First(row =>
            row.Name.File == build.LogFile && (row.StartedAt!.Value - build.StartedAt).Duration() < TimeSpan.FromSeconds(1)
        );
        if (watch.Rows(store => store.Log(row.Id)) is not { } log)
            return false;
        Assert.That(log.Bytes.ToArray(), Is.EqualTo(watch.WrittenBy(build)), row.Id);
        return true;
    }
}
