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
}
