using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Builds;

/// <summary>What anybody may forge with logger must not cost memory, time or the real builds.</summary>
public sealed class BoundsTests
{
    /// <summary>What a forged line may cost on average, in things looked at and in bytes, however many came before.</summary>
    private const int MostSteps = 3 * MonitorState.MostWorkers;
    private const int MostBytes = 16 * 1024;

    private static MonitorState Factory { get; } = Given.After(
        from thread in Enumerable.Range(1, 3)
        from line in (string[])[History.Takes("12:00:00", thread, $"real{thread}"), History.Starts("12:00:01", $"real{thread}.a.json.log")]
        select line);

    [Test]
    public void Starts_ForgedByTheThousand_AreBoundedAndSpareTheRealOnes() =>
        AssertSurvives(number => new BuildStarted($"/log/forged{number}.a.json.log"));

    [Test]
    public void Starts_ForgedWithOneLogInOneSecond_AreBoundedAndSpareTheRealOnes() =>
        AssertSurvives(_ => new BuildStarted("/log/forged.a.json.log"));

    [Test]
    public void StartsAndEnds_Forged_AreBoundedAndSpareTheRealOnes() =>
        AssertSurvives(number => (number % 3) switch
        {
            0 => new JobTaken(Given.Worker(9), new ImageName($"forged{number / 3 % 7}")),
            1 => new BuildStarted($"/log/forged{number / 3 % 7}.a.json.log"),
            _ => new BuildSucceeded(Given.Worker(9), new BuildName($"forged{number / 3 % 7}.a.json")),
        });

    [Test]
    public void Threads_Forged_AreBoundedAndSpareTheRealOnes()
    {
        var state = AssertSurvives(number => new JobTaken(Given.Worker(number + 10), new ImageName($"forged{number}")));

        Assert.That(state.Workers, Has.Count.LessThanOrEqualTo(MonitorState.MostWorkers));
    }

    [Test]
    public void Rejections_Forged_AreBounded()
    {
        var state = AssertSurvives(_ => new JobRefused(Given.Worker(9), Refusal.MalformedProfile));

        Assert.That((state.Rejections.Count, state.Recent.Count), Is.EqualTo((MonitorState.MostRejections, MonitorState.MostRecent)));
    }

    [Test]
    public void Triggers_Forged_AreBounded()
    {
        var state = AssertSurvives(number => new ProfileRebuilt($"forged{number % 11}.json"), 20_000);

        Assert.That(state.Triggers.Triggers, Has.Count.EqualTo(ChangeLedger.Most));
        Assert.That(state.Triggers.Triggers.Select(trigger => trigger.Id), Is.Unique);
    }

    [Test]
    public void Repeats_OfAForgedStart_AreBounded()
    {
        var state = Factory.Apply(Given.Seen(new BuildStarted("/log/forged.log"), count: 10_000));

        Assert.That(state.Builds.Count, Is.LessThanOrEqualTo(BuildTable.Most));
        Assert.That(state.Builds.All.Select(build => build.Id), Is.Unique);
    }

    [Test]
    public void EndedBuilds_BeyondTheMost_AreForgottenOldestFirst()
    {
        var state = MonitorState.Empty;
        for (var number = 0; number < BuildTable.Most + 10; number++)
        {
            state = state
                .Apply(Given.Seen(new JobTaken(Given.Worker(), new ImageName($"i{number}")), number))
                .Apply(Given.Seen(new BuildStarted($"/log/i{number}.a.json.log"), number))
                .Apply(Given.Seen(new BuildSucceeded(Given.Worker(), new BuildName($"i{number}.a.json")), number));
        }

        Assert.That((state.Builds.Count, state.Builds.All.First().Image.Text), Is.EqualTo((BuildTable.Most, "i10")));
        Assert.That((state.Builds.LastOf("i9.a.json.log"), state.Builds.LastOf("i10.a.json.log")), Is.EqualTo(((int?)null, (int?)11)));
    }

    /// <summary>It is the oldest, and it still runs.</summary>
    [Test]
    public void EndedBuilds_BeyondTheMost_SpareTheOneThatRunsWithoutAThread()
    {
        var state = MonitorState.Empty.Apply(Given.Seen(new BuildStarted("/log/lone.a.json.log")));
        for (var number = 0; number < BuildTable.Most + 10; number++)
        {
            state = state
                .Apply(Given.Seen(new JobTaken(Given.Worker(), new ImageName($"i{number}")), number))
                .Apply(Given.Seen(new BuildStarted($"/log/i{number}.a.json.log"), number))
                .Apply(Given.Seen(new BuildSucceeded(Given.Worker(), new BuildName($"i{number}.a.json")), number));
        }

        Assert.That(
            (state.Builds.Count, state.Builds.Running.Single().Image.Text, state.Builds.All.Skip(1).First().Image.Text),
            Is.EqualTo((BuildTable.Most, "lone", "i11"))
        );
    }

    [TestCase(BuildTable.MostUnclaimed, 1)]
    [TestCase(BuildTable.MostUnclaimed + 1, 2)]
    public void RunningBuilds_WithoutAThread_AreTheNewest(int count, int first)
    {
        var state = Enumerable.Range(1, count).Aggregate(MonitorState.Empty, (known, number) =>
            known.Apply(Given.Seen(new BuildStarted($"/log/i{number}.a.json.log"), number)));

        Assert.That(
            (state.Builds.Running.Count(), state.Builds.Running.First().Image.Text),
            Is.EqualTo((BuildTable.MostUnclaimed, $"i{first}"))
        );
    }

    [Test]
    public void ForgottenBuild_TakesItsLogAlong()
    {
        var state = MonitorState.Empty;
        for (var number = 0; number < BuildTable.Most + 10; number++)
        {
            state = state
                .Apply(Given.Seen(new BuildStarted($"/log/i{number}.a.json.log"), number))
                .Apply(Given.Seen(new BuildLogRead($"i{number}.a.json.log", GivenLog.Log(GivenLog.GoodBuild.Take(3)), 0), number))
                .Apply(Given.Seen(new ServiceStarted(), number));
        }

        Assert.That((state.Logs.Find("i9.a.json.log") is null, state.Logs.Find("i10.a.json.log") is null), Is.EqualTo((true, false)));
        Assert.That(BuildView.All(state), Has.Count.EqualTo(BuildTable.Most));
    }

    [Test]
    public void LogOfABuildOfLongAgo_IsKeptInBrief()
    {
        var log = GivenLog.Log(GivenLog.GoodBuild);
        var state = MonitorState.Empty
            .Apply(Given.Seen(new BuildStarted("/log/norm.a.json.log")))
            .Apply(Given.Seen(new BuildLogRead("norm.a.json.log", log, 0)))
            .Apply(Given.Seen(new ServiceStarted()));
        // The file begins again, so the build keeps what its log told.
        for (var number = 0; number < BuildTable.MostInFull; number++)
        {
            Assert.That(state.Builds.All.First().Log?.IsBrief, Is.EqualTo(number == 0 ? null : (bool?)false));
            state = state
                .Apply(Given.Seen(new BuildStarted("/log/norm.a.json.log"), number))
                .Apply(Given.Seen(new ServiceStarted(), number));
        }

        var brief = state.Builds.All.First().Log!;
        var steps = log.Trail.Steps.Length;
        Assert.That((brief.IsBrief, brief.Trail.Components.Length, brief.Trail.Steps.Length), Is.EqualTo((true, 0, steps)));
    }

    /// <summary>The log in the file is the newest build's, so it is known as long as that build.</summary>
    [Test]
    public void Log_OfTwoBuilds_IsForgottenWithTheSecond()
    {
        var state = Run(Run(MonitorState.Empty, "norm.a.json.log"), "norm.a.json.log")
            .Apply(Given.Seen(new BuildLogRead("norm.a.json.log", GivenLog.Log(GivenLog.Start), 0)));
        for (var number = 2; number < BuildTable.Most; number++)
            state = Run(state, $"other{number % 7}.a.json.log");

        var (oneLess, twoLess) = (Run(state, "other.a.json.log"), Run(Run(state, "other.a.json.log"), "other.a.json.log"));
        Assert.That(
            new[] { state, oneLess, twoLess }.Select(one => (
                one.Builds.All.Count(build => build.Image.Text == "norm"),
                one.Logs.Find("norm.a.json.log") is not null
            )),
            Is.EqualTo(new[] { (2, true), (1, true), (0, false) })
        );

        static MonitorState Run(MonitorState before, string log) =>
            before.Apply(Given.Seen(new BuildStarted($"/log/{log}"))).Apply(Given.Seen(new ServiceStarted()));
    }

    private static MonitorState AssertSurvives(Func<int, MonitorEvent> forged, int times = 20_000)
    {
        var (steps, bytes) = (Steps.Taken, GC.GetAllocatedBytesForCurrentThread());
        var state = Factory;
        for (var number = 0; number < times; number++)
            state = state.Apply(Given.Seen(forged(number)));

        (steps, bytes) = ((Steps.Taken - steps) / times, (GC.GetAllocatedBytesForCurrentThread() - bytes) / times);
        TestContext.Out.WriteLine($"{steps} steps and {bytes} bytes a line");
        Assert.That((steps <= MostSteps, bytes <= MostBytes), Is.EqualTo((true, true)), $"{steps} steps and {bytes} bytes a line");
        Assert.That(state.Builds.Count, Is.LessThanOrEqualTo(BuildTable.Most));
        Assert.That(state.Builds.All.Select(build => build.Id), Is.Unique);
        Assert.That(state.Builds.Running.Select(build => build.Image.Text), Is.SupersetOf(new[] { "real1", "real2", "real3" }));
        Assert.That(state.Workers.Keys, Is.SupersetOf(new[] { 1, 2, 3 }));
        Assert.That(state.Workers.Values.Take(3).Select(worker => worker.Activity), Is.All.TypeOf<Building>());
        return state;
    }
}
