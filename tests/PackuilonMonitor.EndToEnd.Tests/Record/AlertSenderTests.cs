using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Record;

/// <summary>
/// Each end of a build is told once, however often the recorder is killed, and what ended while none ran is told by the next.
/// </summary>
public sealed class AlertSenderTests
{
    private static IEnumerable<TestCaseData> Runs() =>
        from name in (string[])["e7ec5f0", "head"]
        from seed in (int[])[31, 32]
        select new TestCaseData(Dialect.All.First(dialect => dialect.Name == name), seed).SetArgDisplayNames(name, $"{seed}");

    [TestCaseSource(nameof(Runs))]
    public void Alerts_ThroughKills_AreGivenOnceEach(Dialect dialect, int seed)
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = (ulong)seed, Dialect = dialect });
        var random = new Random(seed);
        watch.Start();
        watch.Step(TimeSpan.FromSeconds(15));
        for (var look = 0; look < 700; look++)
        {
            watch.Step(TimeSpan.FromSeconds(15));
            if (random.Next(30) != 0)
                continue;
            watch.Kill();
            for (var absent = random.Next(20); absent > 0; absent--)
                watch.Step(TimeSpan.FromSeconds(15));
            watch.Start();
        }

        // Those of the last moment may still wait for the last lines of their logs.
        for (var look = 0; look < 4; look++)
            watch.Step(TimeSpan.FromSeconds(15));
        Assert.That(watch.Sent.Select(one => one.Key), Is.Unique);
        var told = watch
            .Sent.Where(one => one.Key.StartsWith("end ", StringComparison.Ordinal))
            .Select(one => one.Key["end ".Length..])
            .ToHashSet();
        var ended = watch
            .Recorder!.State.Builds.All.Where(build => !build.Running && build.EndedAt < watch.Now - TimeSpan.FromMinutes(1))
            .Select(build => build.Id)
            .ToList();
        Assert.That(ended.Where(id => !told.Contains(id)), Is.Empty);
        Assert.That(ended, Has.Count.GreaterThan(20));
    }

    [Test]
    public void Alerts_OfWhatWasThereBeforeTheFirstRecorder_AreNotGiven()
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 33 });
        for (var look = 0; look < 400; look++)
            watch.Step(TimeSpan.FromSeconds(15));
        watch.Start();
        watch.Step(TimeSpan.FromSeconds(15));

        var begun = watch.Now - TimeSpan.FromSeconds(30);
        Assert.That(watch.Recorder!.State.Builds.All.Count(build => !build.Running), Is.GreaterThan(5));
        Assert.That(watch.Sent.Where(one => one.Bulletin.At < begun), Is.Empty);
    }
}
