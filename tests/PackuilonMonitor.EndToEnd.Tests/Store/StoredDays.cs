using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Captures;

namespace PackuilonMonitor.Tests.Store;

/// <summary>What a store must have of days of building, whoever wrote it: each row as it really was, and copies to the byte.</summary>
internal static class StoredDays
{
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    public static IEnumerable<TestCaseData> Dialects() =>
        new[] { "e7ec5f0", "head" }.Select(name =>
            new TestCaseData(Dialect.All.First(dialect => dialect.Name == name)).SetArgDisplayNames(name)
        );

    /// <param name="stored">All rows of builds.</param>
    /// <param name="log">The copy that was kept of a build's log, by the build's id.</param>
    /// <param name="written">What a build really wrote into its log.</param>
    public static void AssertTrue(
        FactoryTruth truth, Dialect dialect, IReadOnlyList<BuildView> stored, Func<string, KeptLog?> log, Func<TrueBuild, byte[]> written)
    {
        var known = SimulatedTruthTests.Truth(truth);
        var faults = SimulatedTruthTests.Describe(known, dialect.Rally, known.BuildFaults(stored)).ToList();
        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(stored.Select(build => build.Id), Is.Unique);
        var ended = truth
            .Builds.Where(build => build is { SharesLog: false, Outcome: TrueOutcome.Succeeded or TrueOutcome.Failed })
            .ToList();
        var kept = ended.Count(build => HasLog(build, stored, log, written));
        TestContext.Out.WriteLine(
            $"{truth.Builds.Length} builds, {stored.Count} rows; {ended.Count} ended alone in their log, {kept} logs kept and equal"
        );
        Assert.That(kept, Is.GreaterThan(ended.Count * 9 / 10), "a log is only missed if it is erased while nobody watches");
    }

    /// <summary>Whether the build's log was kept; then it must be what the build wrote, to the byte.</summary>
    private static bool HasLog(
        TrueBuild build, IReadOnlyList<BuildView> stored, Func<string, KeptLog?> log, Func<TrueBuild, byte[]> written)
    {
        var row = stored.First(row =>
            row.Name.File == build.LogFile && (row.StartedAt!.Value - build.StartedAt).Duration() < TimeSpan.FromSeconds(1)
        );
        if (log(row.Id) is not { } kept)
            return false;
        Assert.That(kept.Bytes.ToArray(), Is.EqualTo(written(build)), row.Id);
        return true;
    }
}
