using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Record;

/// <summary>
/// A recorder that is killed at any moment, while the system log is rotated in any way, has every line once and the state that they fold
/// to.
/// </summary>
public sealed class RecordedFactoryTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    private static IEnumerable<TestCaseData> Runs() =>
        from name in (string[])["e7ec5f0", "head", "72f6d0d"]
        from seed in (int[])[1, 2]
        select new TestCaseData(Dialect.All.First(dialect => dialect.Name == name), seed).SetArgDisplayNames(name, $"{seed}");

    [TestCaseSource(nameof(Runs))]
    public void Recording_ThroughKillsAndRotations_HasEveryLineOnce_AndFoldsToTheSameState(Dialect dialect, int seed)
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = (ulong)seed, Dialect = dialect });
        Live(watch, TimeSpan.FromHours(3), new Random(seed));

        var recorded = watch
            .Reader.Frames()
            .SelectMany(frame => frame.Batches)
            .SelectMany(batch => batch.Entries)
            .Select(entry => entry.Seen)
            .Where(seen => seen.Text is not null)
            .Select(Describe)
            .ToList();
        Assert.That(recorded, Is.EqualTo(watch.AllLines.Select(Describe).ToList()));
        Assert.That(recorded, Has.Count.GreaterThan(300));

        var state = watch.Recorder!.State;
        watch.Quit();
        var again = watch.Reader.Factories()[""].Fold.State;
        Assert.That(DescribeState(again), Is.EqualTo(DescribeState(state)));
        Assert.That(watch.Troubles, Is.Empty);
    }

    [TestCaseSource(nameof(Runs))]
    public void State_OfARecorderThatWasKilled_IsThatOfOneThatNeverWas(Dialect dialect, int seed)
    {
        using var killed = new RecorderWatch(new FactoryPlan { Seed = (ulong)seed, Dialect = dialect });
        using var whole = new RecorderWatch(new FactoryPlan { Seed = (ulong)seed, Dialect = dialect });
        whole.Start();
        killed.Start();
        var random = new Random(seed);
        for (var look = 0; look < 300; look++)
        {
            whole.Step(Pace);
            killed.Step(Pace);
            if (random.Next(40) != 0)
                continue;
            killed.Kill();
            killed.Start();
        }

        // What the last second brought is read from the logs again, and nobody saw when that came.
        Assert.That(
            string.Join(
                '\n',
                Builds(killed.Recorder!.State)
                    .Except(Builds(whole.Recorder!.State))
                    .Concat(Builds(whole.Recorder!.State).Except(Builds(killed.Recorder!.State)))
            ),
            Is.Empty
        );
    }

    [Test]
    public void Recorder_OfALogThatWasWrittenAgain_KnowsTheNewOne()
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = 4, Dialect = Dialect.All.First(dialect => dialect.Name == "head") });
        watch.Start();
        for (var look = 0; look < 100; look++)
            watch.Step(Pace);
        watch.Quit();
        // Hours of building by the same names.
        for (var look = 0; look < 1_000; look++)
            watch.Step(Pace);
        watch.Start();
        watch.Poll();

        using var whole = new RecorderWatch(new FactoryPlan { Seed = 4, Dialect = Dialect.All.First(dialect => dialect.Name == "head") });
        for (var look = 0; look < 1_100; look++)
            whole.Step(Pace);
        whole.Start();
        whole.Poll();
        Assert.That(
            watch.Recorder!.State.Logs.All.Select(read => (read.File, read.Log.LineCount, Reason(read.Log))),
            Is.EqualTo(whole.Recorder!.State.Logs.All.Select(read => (read.File, read.Log.LineCount, Reason(read.Log)))));
    }

    private static string Reason(BuildLog log) => string.Join("|", log.Problems.Problems.Select(problem => problem.Text));

    private static string Describe(Observation seen) =>
        $"{seen.At:O} {seen.Host} {seen.Speaker} {seen.Pid} {seen.Text} {seen.Event} {seen.Count}";

    private static IEnumerable<string> DescribeState(MonitorState state) =>
        [
            .. Builds(state, withTimes: true),
            .. state.Workers.Values.Select(worker => worker.ToString()),
            .. state.Triggers.Triggers.Select(trigger =>
                $"{trigger.Id} {trigger.Result} {trigger.TakenAt} {string.Join(',', trigger.Builds ?? [])}"
            ),
            .. state.Rejections.Select(rejection => rejection.ToString()),
            .. state.Sources.Readings.Select(reading => $"{reading.Source} {reading.Lines} {reading.LastLineAt} {reading.Health}"),
            .. state.Recent.Select(Describe),
            $"{state.Observed} {state.UnrecognisedLines} {state.Waiting} {state.Logs.Complete} {state.ServiceStartedAt}",
        ];

    private static IEnumerable<string> Builds(MonitorState state, bool withTimes = false) =>
        BuildView
            .All(state)
            .Select(build =>
                $"{build.Id} {build.State} {build.Worker} {build.StartedAt:O} {build.EndedAt:O} {build.ExitCode} {build.Reason} "
                + $"{(build.LogShared ? null : $"{build.ImageId} {build.Log?.LineCount}")}"
                + (withTimes ? $" {build.Log?.LastLineAt:O} {build.Log?.ModifiedAt:O} {Starts(build.Log)}" : "")
            );

    private static string Starts(BuildLog? log) =>
        string.Join(',', log is null ? [] : StepTimes.Of(log).Select(step => $"{step.Key.Name}={step.Step.StartedAt:O}"));

    private static void Live(RecorderWatch watch, TimeSpan time, Random random)
    {
        watch.Start();
        for (var end = watch.Now + time; watch.Now < end;)
        {
            watch.Step(Pace);
            switch (random.Next(60))
            {
                case 0:
                    watch.Kill();
                    Absent(watch, random);
                    watch.Start();
                    break;
                case 1:
                    watch.Quit();
                    Absent(watch, random);
                    watch.Start();
                    break;
                case 2:
                    watch.Rotate(copies: random.Next(2) == 0, compresses: random.Next(2) == 0);
                    break;
            }
        }

        watch.Poll();
    }

    private static void Absent(RecorderWatch watch, Random random)
    {
        for (var looks = random.Next(40); looks > 0; looks--)
        {
            watch.Step(Pace);
            if (random.Next(15) == 0)
                watch.Rotate(copies: random.Next(2) == 0, compresses: random.Next(2) == 0);
        }
    }
}
