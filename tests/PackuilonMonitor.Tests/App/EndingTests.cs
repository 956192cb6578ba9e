using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.App;

public sealed class EndingTests
{
    [TestCase(900, "")]
    [TestCase(272, "")]
    public void Of_AGoodBuildWhoseStepsHaveNoTimes_SaysNothingOfThem(int seconds, string slower)
    {
        var build = GivenLogs.Build(BuildState.Succeeded, GivenLogs.Folded(GivenLogs.Good, live: false), seconds);

        Assert.That(Ending.Of(build, GivenLogs.Past).Slower, Is.EqualTo(slower));
    }

    [TestCase(BuildState.Failed, true, "log written by two builds")]
    [TestCase(BuildState.Failed, false, "Timeout waiting for SSH.  step 7  ! server left: 0a1b2c3d-0a1b-4c2d-8e3f-001122334455")]
    [TestCase(BuildState.Succeeded, true, "")]
    public void Of_ABuildWhoseLogTwoBuildsWrote_NamesThatForACause(BuildState state, bool shared, string why)
    {
        var build = GivenLogs.Build(state, GivenLogs.Folded(GivenLogs.Failed), 346, shared: shared);

        Assert.That(Ending.Of(build, GivenLogs.Past).Why, Is.EqualTo(why));
    }
}
