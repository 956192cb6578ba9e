using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Recording;

public sealed class RecorderSignTests
{
    [TestCase(-1, "")]
    [TestCase(0, " 0 seconds ago")]
    [TestCase(119, " 119 seconds ago")]
    [TestCase(120, " 2 minutes ago")]
    [TestCase(7_199, " 119 minutes ago")]
    [TestCase(7_200, " 2 hours ago")]
    [TestCase(172_799, " 47 hours ago")]
    [TestCase(172_800, " 2 days ago")]
    public void Ago_IsInOneUnit(int seconds, string expected) =>
        Assert.That(Sign(RecorderState.Died).Ago(Given.Noon.AddSeconds(seconds)), Is.EqualTo(expected));

    [Test]
    public void Ago_WithoutATime_IsNotTold() => Assert.That(RecorderSign.Nobody.Ago(Given.Noon), Is.Empty);

    [TestCase(RecorderState.None, false, null)]
    [TestCase(RecorderState.Runs, true, null)]
    [TestCase(RecorderState.Hangs, true, "the recorder (process 7) runs but cannot write 5 seconds ago")]
    [TestCase(RecorderState.Died, false, "the recorder died 5 seconds ago: systemctl restart packuilon-monitor-record")]
    public void Trouble_IsOfARecorderThatDoesNotWrite(RecorderState state, bool isThere, string? trouble) =>
        Assert.That((Sign(state).IsThere, Sign(state).Trouble(Given.Noon.AddSeconds(5))), Is.EqualTo((isThere, trouble)));

    private static RecorderSign Sign(RecorderState state) => new(state, 7, Given.Noon);
}
