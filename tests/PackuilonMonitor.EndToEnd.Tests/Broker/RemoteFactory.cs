using PackuilonMonitor.Broker;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>A factory as a reader elsewhere opens it.</summary>
internal static class RemoteFactory
{
    public static Sources At(int port, string name, DateTimeOffset now) =>
        Sources.Of(new SourceSettings(), FactoryConfiguration.Default, null, now) with
        {
            HasLogs = false,
            From = EventStream.Of("--from", $"amqp://guest:guest@127.0.0.1:{port}", name),
        };
}
