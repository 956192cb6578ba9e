using System.Globalization;

namespace PackuilonMonitor.Simulation;

/// <summary>The sentences of cdp-listend, word for word.</summary>
internal sealed class ListenerSentences(Dialect dialect)
{
    public const string Script = "/usr/local/bin/cdb2rabbit.py";
    public const string Fetch = "/usr/sbin/ccm-fetch";
    private const string Listener = "/usr/sbin/cdp-listend";

    public static WordedSentence Starting { get; } =
        new(Sentence.ListenerStarting, $"Starting {Listener} with configuration file /etc/cdp-listend.conf");

    public static WordedSentence Started { get; } = new(Sentence.ListenerStarted, $"{Listener} daemon successfully started on port 7777");

    public static WordedSentence StartupInvocation { get; } = new(Sentence.StartupInvocation, $"Startup invocation of {Script}");

    public static WordedSentence PacketReceived(string kind, long epoch, string address) =>
        new(Sentence.PacketReceived, string.Create(CultureInfo.InvariantCulture, $"Received UDP packet ({kind}|{epoch}) from {address}"));

    public static WordedSentence CallPlanned(int seconds) => new(Sentence.CallPlanned, $"{Script} will be called in {seconds} seconds");

    public static WordedSentence FetchPlanned(int offset, int smear) =>
        new(Sentence.CallPlanned, $"{Fetch} will be called in {offset} seconds (offset={offset}, smear={smear})");

    public WordedSentence Calling(string program, long epoch, int seconds) => new(
        Sentence.Calling,
        dialect.CallingNow ? $"Calling {program} now" : $"Calling {program} with unix time {epoch} (after {seconds} seconds)");

    // The reason is often empty, so a space ends the line.
    public WordedSentence CallFailed(string program, string reason) => new(
        Sentence.CallFailed,
        dialect.CallingNow
            ? $"[ERROR] call of {program} failed: {reason}"
            : $"[ERROR] call of {(program == Script ? "cdbsync-nch" : "ccm-fetch")} ({program}) failed: {reason}",
        true);
}
