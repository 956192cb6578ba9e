using System.Reactive.Concurrency;
using System.Text.Json;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>The depth of the queue, asked of a real RabbitMQ.</summary>
public sealed class BrokerQueueTests
{
    private static readonly Moment Now = new(TimeSpan.Zero, Given.Noon);

    private RabbitServer _server = null!;

    [OneTimeSetUp]
    public void StartServer() => _server = new RabbitServer();

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [Test]
    public void Depth_OfAQueue_IsItsMessages_AndNothingIsTaken()
    {
        Publish("depth", 3);

        Assert.That(Once(_server.Address("depth")), Is.EqualTo((3L, SourceState.Following, "following")));
        Assert.That(Once(_server.Address("depth")), Is.EqualTo((3L, SourceState.Following, "following")), "asked twice");
    }

    [Test]
    public void Depth_OfAQueueThatIsNone_IsUnknownAndMakesNone()
    {
        Assert.That(Once(_server.Address("none")), Is.EqualTo(((long?)null, SourceState.Unreadable, "no queue none")));
        Assert.That(Once(_server.Address("none")), Is.EqualTo(((long?)null, SourceState.Unreadable, "no queue none")), "asked twice");
    }

    [Test]
    public void Depth_WithAWrongPassword_SaysSoAndDoesNotShowIt()
    {
        var (waiting, _, text) = Once(_server.Address("depth") with { Password = "secret" });

        Assert.That((waiting, text), Is.EqualTo(((long?)null, "the user or password is not accepted")));
        Assert.That((_server.Address("depth") with { Password = "secret" }).ToString(), Does.Not.Contain("secret"));
    }

    [Test]
    public void Depth_WhenTheBrokerGoesAndReturns_IsUnknownAndKnownAgain()
    {
        Publish("returning", 2);
        using var tail = new EventLoopScheduler();
        using var hints = new DirectoryHints(tail);
        using var queue = new BrokerQueue(_server.Address("returning"));
        var state = MonitorState.Empty;
        using var following = queue.Follow(tail, hints).Subscribe(batch => state = state.Apply(batch));

        Assert.That(() => state.Measured, Is.EqualTo(2).After(TestPatience.Milliseconds, 20));
        _server.Stop();
        Assert.That(
            () => (state.Measured, state.Sources.Readings[0].Health!.State),
            Is.EqualTo(((long?)null, SourceState.Unreadable)).After(TestPatience.Milliseconds, 20)
        );
        _server.Start();
        Publish("returning", 1);
        Assert.That(
            () => (state.Measured, state.Sources.Readings[0].Health!.State),
            Is.EqualTo(((long?)3, SourceState.Following)).After(TestPatience.Milliseconds, 20)
        );
    }

    [Test]
    public void Status_AskedForTheBroker_ReportsItsDepthAndWhoSaysSo()
    {
        Publish("status", 4);
        using var folder = new TempFolder();
        var config = folder.Write(
            "config.ini",
            $"[global]\nQUEUE = status\nRABBIT_HOST = 127.0.0.1\nRABBIT_PORT = {_server.Port}\n"
            + $"RABBIT_USER = guest\nRABBIT_PW = guest\n[rabbit2packer]\nLOG_DIR = {folder.Path}/\n"
        );
        var messages = folder.Write("messages", "");

        var with = Shell.Tell("", RunningProgram.Monitor, "status", "--json", "--broker", "--config", config, "--messages", messages);
        var without = Shell.Tell("", RunningProgram.Monitor, "status", "--json", "--config", config, "--messages", messages);
        Assert.Multiple(() =>
        {
            Assert.That((with.Code, without.Code), Is.EqualTo((0, 0)), with.Printed);
            Assert.That(Queue(with.Printed), Is.EqualTo("{\"waiting\":4,\"source\":\"broker\"}"));
            Assert.That(Queue(without.Printed), Is.EqualTo("{\"waiting\":0,\"source\":\"inferred\"}"));
        });
    }

    private static string Queue(string printed) => JsonDocument.Parse(printed).RootElement.GetProperty("queue").GetRawText();

    private static (long? Waiting, SourceState State, string Text) Once(QueueAddress address)
    {
        using var queue = new BrokerQueue(address);
        var state = queue.ReadAll(Now).Aggregate(MonitorState.Empty, (known, batch) => known.Apply(batch));
        var health = state.Sources.Readings[0].Health!;
        return (state.Measured, health.State, health.Text);
    }

    private void Publish(string queue, int count)
    {
        using var connection = _server.Connect();
        using var channel = connection.CreateChannelAsync(new CreateChannelOptions(true, true)).GetAwaiter().GetResult();
        channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false).GetAwaiter().GetResult();
        for (var message = 0; message < count; message++)
            channel
                .BasicPublishAsync("", queue, true, new BasicProperties { Persistent = true }, new byte[] { 1 })
                .AsTask()
                .GetAwaiter()
                .GetResult();
    }
}
