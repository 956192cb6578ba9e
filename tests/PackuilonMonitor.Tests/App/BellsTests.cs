using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Tests.App;

public sealed class BellsTests
{
    [TestCase(AlertKind.Failed, "a build failed")]
    [TestCase(AlertKind.Lost, "a build was lost")]
    [TestCase(AlertKind.Stuck, "a build seems stuck")]
    [TestCase(AlertKind.WorkerLost, "a worker was lost")]
    [TestCase(AlertKind.Succeeded, null)]
    [TestCase(AlertKind.Cancelled, null)]
    public void For_ABellForAnyFailure_RingsForWhatIsWrong(AlertKind kind, string? why)
    {
        Alert[] alerts = [new Alert(kind, InventedDay.Now, "a.log@1", null)];

        Assert.That(Bells.For(alerts, UserState.Start).Select(bell => bell.Why), Is.EqualTo(why is null ? [] : new[] { why }));
        Assert.That(Bells.For(alerts, UserState.Start with { BellForAll = false }), Is.Empty);
    }

    [Test]
    public void For_AMarkedBuildEndsWell_RingsOnlyForIt()
    {
        var day = InventedDay.Factory().Snapshot;
        var marked = Screens.Of(day).Do(BuildAct.BellForBuild).User;
        Alert[] alerts = [.. day.Builds.Select(build => new Alert(AlertKind.Succeeded, InventedDay.Now, build.Id, build.Worker))];

        Assert.That(Bells.For(alerts, marked).Select(bell => bell.Build), Is.EqualTo(marked.BellFor));
        Assert.That(marked.BellFor, Has.Count.EqualTo(1));
    }
}
