using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>What rsyslogd and journald say of messages that they threw away.</summary>
public sealed class DroppedTests
{
    private static readonly (string Tag, string Text, long? Messages)[] Ours =
    [
        ("rsyslogd-2177", "imuxsock[pid 22830]: begin to drop messages due to rate-limiting", null),
        ("rsyslogd-2177", "imuxsock[pid 22830]: 255 messages lost due to rate-limiting", 255),
        ("rsyslogd-2177", "imuxsock begins to drop messages from pid 22830 due to rate-limiting", null),
        ("rsyslogd-2177", "imuxsock lost 255 messages from pid 22830 due to rate-limiting", 255),
        ("rsyslogd", "imuxsock: begin to drop messages due to rate-limiting", null),
        ("rsyslogd", "imuxsock from <vm:chatty>: begin to drop messages due to rate-limiting", null),
        ("rsyslogd", "imuxsock[pid: 57, name: /usr/bin/python3.6] from <vm:>: begin to drop messages due to rate-limiting", null),
        (
            "rsyslogd",
            "imuxsock[pid: 57, name: /usr/libexec/platform-python3.6] from <vm:rabbit2packer.py>: begin to drop messages due to rate-limiting [v8.2102.0 try https://www.rsyslog.com/e/2177 ]",
            null
        ),
        ("rsyslogd", "imuxsock[pid: 58, name: /usr/bin/perl] from <vm:cdp-listend>: begin to drop messages due to rate-limiting", null),
        (
            "rsyslogd",
            "imuxsock[pid: 57, name: /usr/bin/python3.6]: 31 messages lost due to rate-limiting (200 allowed within 5 seconds)",
            31
        ),
        ("rsyslogd", "imjournal: begin to drop messages due to rate-limiting", null),
        ("rsyslogd[1167]", "imjournal from <vm:chatty>: begin to drop messages due to rate-limiting", null),
        ("rsyslogd", "imjournal: 47006 messages lost due to rate-limiting", 47006),
        (
            "rsyslogd[1167]",
            "imjournal: 236 messages lost due to rate-limiting (20000 allowed within 600 seconds) [v8.2102.0 try https://www.rsyslog.com/e/2177 ]",
            236
        ),
        ("systemd-journal[1864]", "Suppressed 917 messages from /", 917),
        ("journal", "Suppressed 12 messages from /system.slice/rabbit2packer.service", 12),
        ("systemd-journald[444]", "Suppressed 3 messages from cdp-listend.service", 3),
        ("systemd-journald[637]", "Forwarding to syslog missed 8 messages.", 8),
    ];

    private static readonly (string Tag, string Text)[] Nobodys =
    [
        (
            "rsyslogd",
            "[origin software=\"rsyslogd\" swVersion=\"8.24.0\" x-pid=\"999\" x-info=\"http://www.rsyslog.com\"] rsyslogd was HUPed"
        ),
        ("rsyslogd", "imuxsock[pid: 57, name: /usr/sbin/sshd] from <vm:sshd>: begin to drop messages due to rate-limiting"),
        ("rsyslogd", "imuxsock[pid: 57, name: /usr/bin/python3.6] from <vm:other.py>: begin to drop messages due to rate-limiting"),
        ("rsyslogd", "imuxsock[pid: 57, name: /usr/sbin/sshd]: 4 messages lost due to rate-limiting"),
        ("rsyslogd", "imtcp: 47006 messages lost due to rate-limiting"),
        ("rsyslogd", "imjournal:  messages lost due to rate-limiting"),
        ("rsyslogd", "imjournal: many messages lost due to rate-limiting"),
        ("rsyslogd", " messages lost due to rate-limiting"),
        ("rsyslogd", "imuxsocket: 4 messages lost due to rate-limiting"),
        ("systemd-journald[444]", "Suppressed 917 messages from /user.slice/user-1000.slice"),
        ("systemd-journald[444]", "Suppressed 917 messages from sshd.service"),
        ("systemd-journald[444]", "Missed 23 kernel messages"),
        ("systemd-journald[444]", "Suppressed some messages from /"),
        ("sshd[7]", "imjournal: begin to drop messages due to rate-limiting"),
        ("my-rsyslogd", "imjournal: begin to drop messages due to rate-limiting"),
        ("root", "Suppressed 917 messages from /"),
    ];

    private static readonly (string Name, Func<string, string, string> Write)[] Headers =
    [
        ("traditional", (tag, text) => $"Nov 22 09:05:07 vm {tag}: {text}"),
        ("priority", (tag, text) => $"<46>Nov 22 09:05:07 vm {tag}: {text}"),
        ("iso", (tag, text) => $"2026-11-22T09:05:07.123456+00:00 vm {tag}: {text}"),
        ("rfc 5424", (tag, text) => $"<46>1 2026-11-22T09:05:07.123456+00:00 vm {tag.Split('[')[0]} 12 - -  {text}"),
    ];

    private static IEnumerable<TestCaseData> OurLines =>
        from header in Headers
        from line in Ours
        select new TestCaseData(header.Write(line.Tag, line.Text), line.Text, line.Messages).SetArgDisplayNames(header.Name, line.Text);

    private static IEnumerable<TestCaseData> OtherLines =>
        from header in Headers
        from line in Nobodys
        select new TestCaseData(header.Write(line.Tag, line.Text)).SetArgDisplayNames(header.Name, line.Tag, line.Text);

    [TestCaseSource(nameof(OurLines))]
    public void Line_ThatMayConcernUs_IsReadAndFound(string line, string text, long? messages)
    {
        var seen = Given.Read(line).Single();
        var bytes = Encoding.UTF8.GetBytes($"Nov 22 09:05:06 vm sshd[7]: a line before\n{line}\n");

        Assert.Multiple(() =>
        {
            Assert.That(
                (seen.Speaker, seen.Text, seen.Event),
                Is.EqualTo((Speaker.SystemLog, text, (MonitorEvent)new MessagesDropped(messages)))
            );
            Assert.That(LineFilter.Concerns(Encoding.UTF8.GetBytes(line)));
            Assert.That(LineFilter.NamesUs(Encoding.UTF8.GetBytes(line)), Is.False);
            Assert.That((LineSieve.Next(bytes, out var ends) >= 0, ends), Is.EqualTo((true, 1)));
        });
    }

    [TestCaseSource(nameof(OtherLines))]
    public void Line_ThatDoesNot_IsNobodys(string line) => Assert.That(Given.Read(line), Is.Empty);

    [Test]
    public void RepeatedLine_IsCounted()
    {
        var seen = Given
            .Read("Nov 22 09:05:07 vm rsyslogd: message repeated 3 times: [ imjournal: begin to drop messages due to rate-limiting]")
            .Single();

        Assert.That((seen.Event, seen.Count), Is.EqualTo(((MonitorEvent)new MessagesDropped(null), 3)));
    }
}
