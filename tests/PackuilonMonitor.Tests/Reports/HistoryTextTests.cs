using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.Store;

namespace PackuilonMonitor.Tests.Reports;

public sealed class HistoryTextTests
{
    [Test]
    public void Build_ThatFailed_HasItsReasonBehindItsName()
    {
        var failed = GivenBuilds.Failed();

        var line = HistoryText.Of([failed]).Split('\n')[^1];

        Assert.That(line, Does.EndWith($"  {PackuilonMonitor.Core.Text.Words.Name(failed)}  {failed.Reason}"));
    }

    [Test]
    public void NoBuild_IsSaid() => Assert.That(HistoryText.Of([]), Is.EqualTo("no builds stored"));
}
