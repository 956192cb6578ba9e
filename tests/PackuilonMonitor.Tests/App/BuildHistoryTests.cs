using System.Collections.Frozen;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.App;

public sealed class BuildHistoryTests
{
    private static readonly FrozenSet<string> NothingKept = FrozenSet<string>.Empty;

    [Test]
    public void With_ABuildThatIsSeenAndRemembered_IsThereOnceWithItsTimes()
    {
        var history = new BuildHistory([GivenBuilds.Good()], NothingKept);

        var builds = history.With([GivenBuilds.Good(live: false)], ChangeLedger.Empty);

        Assert.That(builds, Has.Count.EqualTo(1));
        Assert.That(StepTimes.Of(builds[0].Log!).Select(time => time.Duration), Is.All.Not.Null);
    }

    [Test]
    public void With_BuildsThatAreOnlyRemembered_ComeBeforeThoseThatCameAfter()
    {
        var history = new BuildHistory([GivenBuilds.Good(1), GivenBuilds.Failed(3), GivenBuilds.Running(4)], NothingKept);

        var builds = history.With([GivenBuilds.Good(2)], ChangeLedger.Empty);

        Assert.That(
            builds.Select(build => build.StartedAt!.Value.Day),
            Is.EqualTo(new[] { 22, 23, 24 }),
            "what ran when the monitor ended is nobody's any more"
        );
    }

    [Test]
    public void Filled_OfTheSame_IsTheSame()
    {
        var history = new BuildHistory([GivenBuilds.Good()], NothingKept);
        var seen = GivenBuilds.Good(live: false);

        Assert.That(history.Filled(seen, ChangeLedger.Empty).Log, Is.SameAs(history.Filled(seen with { }, ChangeLedger.Empty).Log));
    }

    [Test]
    public void Past_OfRememberedBuilds_ReportsHowLongIsLeft()
    {
        var history = new BuildHistory([GivenBuilds.Good(1), GivenBuilds.Good(2), GivenBuilds.Good(3)], NothingKept);
        var snapshot = Snapshot.Of(Running(out var log), Facts.None with { History = history });
        var build = snapshot.Builds.Single(build => build.State is BuildState.Building);

        var outlook = snapshot.OutlookOf(build, log.LastLineAt!.Value);

        Assert.That(outlook.Left!.Value.TotalSeconds, Is.EqualTo(272 - 45).Within(1));
        Assert.That(snapshot.PastOf(build).Plan.GoodBuilds, Is.EqualTo(3));
    }

    [Test]
    public void Stuck_ByWhatIsRemembered_IsFlaggedAndNotWithout()
    {
        BuildView[] past = [GivenBuilds.Good(1), GivenBuilds.Good(2), GivenBuilds.Good(3)];
        // Another monitor saw the running build's lines arrive; a report reads them afterwards.
        var state = Running(out var log);
        var id = state.Builds.Running.Single().Id;
        var remembered = BuildView.All(state).Single();
        var now = log.LastLineAt!.Value.AddMinutes(5);
        var read = Given.Folded([.. Events(GivenLogs.Folded(GivenLogs.Good[..11], live: false)), At(now)]);

        Assert.Multiple(() =>
        {
            Assert.That(StuckBuilds.Of(read, () => new BuildHistory([.. past, remembered], NothingKept)), Is.EqualTo(new[] { id }));
            Assert.That(StuckBuilds.Of(read, () => new BuildHistory([remembered], NothingKept)), Is.Empty);
            Assert.That(StuckBuilds.Of(read, () => BuildHistory.None), Is.Empty);
        });
    }

    [Test]
    public void Ending_OfASlowGoodBuild_NamesTheQuattorComponent()
    {
        var slow = GivenLogs.Good.Select((line, index) => index < 23 ? line : (line.Second + 90, line.Text));
        var build = GivenBuilds.Of(9, BuildState.Succeeded, GivenLogs.Folded(slow), 362);
        var past = Past.Of([GivenBuilds.Good(1), GivenBuilds.Good(2), GivenBuilds.Good(3)]);

        Assert.That(Ending.Of(build, past).Slower, Is.EqualTo("slower: quattor spma 2:29 (usual 0:59)"));
    }

    [Test]
    public void EndingOf_ASlowBuildOfASnapshot_IsByItsPast()
    {
        var slow = GivenBuilds.Of(
            9, BuildState.Succeeded, GivenLogs.Folded(
                GivenLogs.Good.Select((line, index) => index < 23 ? line : (line.Second + 90, line.Text))), 362);
        var history = new BuildHistory([GivenBuilds.Good(1), GivenBuilds.Good(2), GivenBuilds.Good(3), slow], NothingKept);
        var snapshot = Snapshot.Of(MonitorState.Empty, Facts.None with { History = history });

        Assert.That(snapshot.EndingOf(snapshot.Builds[^1]).Slower, Does.StartWith("slower: quattor spma"));
    }

    private static MonitorState Running(out BuildLog log)
    {
        log = GivenLogs.Folded(GivenLogs.Good[..11]);
        return Given.Folded(Events(log));
    }

    private static IEnumerable<Observation> Events(BuildLog log)
    {
        var file = GivenLogs.Name.File;
        yield return Given.Seen(new JobTaken(Given.Worker(), GivenLogs.Name.Image));
        yield return Given.Seen(new BuildStarted($"/log/{file}"), second: 1_000_000);
        yield return Given.Seen(new BuildLogRead(file, log, 0), second: 1_000_001);
    }

    private static Observation At(DateTimeOffset now) => Given.Seen(new SourceRead(1, now));
}
