using PackuilonMonitor.App;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.App;

public sealed class BellsTests
{
    private static readonly DateTimeOffset Now = InventedDay.Now;

    [Test]
    public void Between_ABuildFails_RingsOnce()
    {
        var factory = InventedDay.Factory();
        var before = factory.Snapshot;
        var after = before.Next(factory.Failed("16:41:58", 1, InventedDay.Storage, "managed").State);

        Assert.That(Bells.Between(before, Now, after, Now, ViewState.Start).Select(bell => bell.Why), Is.EqualTo(new[] { "a build failed" }));
        Assert.That(Bells.Between(after, Now, after, Now, ViewState.Start), Is.Empty);
        Assert.That(Bells.Between(before, Now, after, Now, ViewState.Start with { BellForAll = false }), Is.Empty);
    }

    [Test]
    public void Between_AMarkedBuildEndsWell_RingsOnlyForIt()
    {
        var factory = InventedDay.Factory();
        var before = factory.Snapshot;
        var marked = ViewState.Start.Apply(new Command(Act.BellForBuild), before, new Size(80, 24), Now);
        var after = before.Next(factory.Good("16:41:58", 1, InventedDay.Storage, "managed").State);

        Assert.That(Bells.Between(before, Now, after, Now, marked).Select(bell => bell.Why), Is.EqualTo(new[] { "a build ended" }));
        Assert.That(Bells.Between(before, Now, after, Now, ViewState.Start), Is.Empty);
    }

    [Test]
    public void Between_AStepLastsTooLong_RingsWhenItDoes()
    {
        var day = InventedDay.Factory().Snapshot;

        Assert.That(Bells.Between(day, Now, day, Now.AddMinutes(5), ViewState.Start).Select(bell => bell.Why), Is.EqualTo(new[] { "a build seems stuck" }));
    }

    [Test]
    public void Between_AWorkerIsLost_Rings()
    {
        var factory = InventedDay.Factory();
        var before = factory.Snapshot;
        var after = before.Next(factory
            .Said("16:41:57", Speaker.Rabbit2Packer, new WorkerExited(new WorkerId(4)), "Exiting Thread-4").State);

        Assert.That(Bells.Between(before, Now, after, Now, ViewState.Start).Select(bell => bell.Why), Is.EqualTo(new[] { "a worker was lost" }));
    }
}
