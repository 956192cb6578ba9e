using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>Every sentence and every header with each of its letters changed. ACCEPT=1 rewrites the tables.</summary>
public sealed class LetterTableTests
{
    private const string Header = "Nov 22 09:05:07 vm ";

    private static readonly string[] Units =
    [
        "systemd[1]: Started rabbit2packer.service.",
        "systemd[1]: Started rabbit2packer.service - Builds images.",
        "systemd[1]: Stopped rabbit2packer.service - Builds images.",
        "systemd[1]: rabbit2packer.service: Main process exited, code=killed, status=9/KILL",
        "systemd[1]: rabbit2packer.service: Failed with result 'exit-code'.",
        "systemd[1]: rabbit2packer.service: A process of this unit has been killed by the OOM killer.",
        "systemd[1]: Failed to start cdp-listend.service - Listens.",
        "rsyslogd: imuxsock lost 42 messages from pid 321 due to rate-limiting",
        "rsyslogd-2177: imuxsock begins to drop messages from pid 321 due to rate-limiting",
        "systemd-journald[312]: Suppressed 1234 messages from rabbit2packer.service",
        "/rabbit2packer.py: message repeated 3 times: [ Starting Thread-2]",
        "last message repeated 12 times",
    ];

    [Test]
    public void Sentences_WithALetterChanged_AreReadAsListed() =>
        Golden.Matches(
            "Letters.Sentences.txt",
            string.Concat(Sentence.All.Select(sentence => $"{Program(sentence.Speaker)}: {sentence.Text}").Concat(Units).Select(text =>
                LetterTable.Of($"{Header}{text}", Header.Length, Event)
            ))
        );

    [Test]
    public void Headers_WithALetterChanged_AreReadAsListed() =>
        Golden.Matches(
            "Letters.Headers.txt",
            string.Concat(
                Parsing.Header.All.Select(header => LetterTable.Of(header.Write(Speaker.Rabbit2Packer, "Starting Thread-2"), 0, Whole))
            )
        );

    private static string Program(Speaker speaker) => speaker switch
    {
        Speaker.CdpListend => "/usr/sbin/cdp-listend",
        Speaker.Cdb2Rabbit => "/cdb2rabbit.py",
        _ => "/rabbit2packer.py",
    };

    private static (string, string)? Event(string line) =>
        Given.Parser().Parse(Given.Line(line)) is { } seen
            ? ($"{seen.Speaker} {seen.Event.GetType().Name}", $"{seen.Event} {seen.Count}")
            : null;

    private static (string, string)? Whole(string line) =>
        Given.Parser().Parse(Given.Line(line)) is { } seen
            ? (seen.Event.GetType().Name, $"{seen.At.UtcTicks} {seen.Host} {seen.Speaker} {seen.Pid} {seen.Event} {seen.HasNoTime}")
            : null;
}
