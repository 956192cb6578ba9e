using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>A shipper that is asked to stop while it has no connection.</summary>
public sealed class EventShipperTests
{
    [Test]
    public void Shipper_ThatIsToStopBeforeItIsConnected_PublishesNothingAndEnds()
    {
        var said = new List<string>();
        using var shipper = new EventShipper(EventStream.Of("--to", "amqp://127.0.0.1", "harwell"), said.Add);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.That(shipper.Begin(stop.Token), Is.Null);
        shipper.Publish([Given.Seen(new PackuilonMonitor.Core.Events.LogDirectoryRead()) with { Text = "a line" }], stop.Token);
        shipper.Publish(new LogDigest("norm.log", "norm", 1, BuildLog.Empty), stop.Token);
        shipper.Publish(new Heartbeat(Given.Noon, []), stop.Token);

        Assert.That(said, Is.Empty);
    }
}
