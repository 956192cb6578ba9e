using System.Security.Cryptography;
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

    /// <summary>How much of a log the reader has when all is there that is known to be.</summary>
    public static long FetchedSize(Sources sources, string file)
    {
        sources.ReadAll();
        sources.Shipped!.Whole("", file);
        var fetched = new FileInfo(sources.PlaceOf("", file).Source.Path);
        return fetched.Exists ? fetched.Length : 0;
    }

    /// <summary>The checksums of files, by name.</summary>
    public static Dictionary<string, string> Sums(IEnumerable<string> files) =>
        files.ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
}
