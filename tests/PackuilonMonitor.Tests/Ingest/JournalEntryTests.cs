using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>Each field of an entry of the journal on both sides of what is accepted.</summary>
public sealed class JournalEntryTests
{
    private const string Fields =
        """
        "__REALTIME_TIMESTAMP":"1795338307123456","_HOSTNAME":"vm","SYSLOG_IDENTIFIER":"rabbit2packer.py",
        "MESSAGE":"Starting","__CURSOR":"c1"
        """;

    private const string Line = "2026-11-22T09:05:07.123456+00:00 vm rabbit2packer.py: Starting";

    [TestCase("", null, Description = "nothing contradicts it")]
    [TestCase("""
              "_UID":"999"
              """, null)]
    [TestCase("""
              "_UID":"1000"
              """, "not trusted: written by user 1000")]
    [TestCase("""
              "_UID":"-1000"
              """, null, Description = "no user")]
    [TestCase("""
              "_EXE":"/usr/bin/python3.9"
              """, null)]
    [TestCase("""
              "_EXE":"/usr/libexec/platform-python3.6"
              """, null)]
    [TestCase("""
              "_EXE":"/usr/bin/perl"
              """, null)]
    [TestCase("""
              "_EXE":"/usr/bin/logger"
              """, "not trusted: written by /usr/bin/logger")]
    [TestCase("""
              "_EXE":""
              """, null, Description = "it ended before journald examined it")]
    [TestCase("""
              "_EXE":"/usr/lib/systemd/systemd","SYSLOG_IDENTIFIER":"systemd"
              """, null)]
    [TestCase("""
              "_EXE":"/usr/bin/python3","SYSLOG_IDENTIFIER":"systemd"
              """, "not trusted: written by /usr/bin/python3")]
    [TestCase("""
              "_EXE":"/usr/lib/systemd/systemd-journald","SYSLOG_IDENTIFIER":"systemd-journald"
              """, null)]
    [TestCase("""
              "_EXE":"/usr/lib/systemd/systemd","SYSLOG_IDENTIFIER":"systemd-journald"
              """, "not trusted: written by /usr/lib/systemd/systemd")]
    public void Distrust_ByUserAndProgram(string fields, string? why) => Assert.That(Of(fields)!.Distrust, Is.EqualTo(why));

    [TestCase("""
              "MESSAGE":"a\nb\u0001"
              """, "a#012b#001")]
    [TestCase("""
              "MESSAGE":[104,105,300]
              """, "hi?", Description = "no UTF-8: bytes")]
    [TestCase("""
              "MESSAGE":["first","second"]
              """, "first", Description = "a repeated field")]
    [TestCase("""
              "MESSAGE":[]
              """, null)]
    [TestCase("""
              "MESSAGE":null
              """, null)]
    [TestCase("""
              "__REALTIME_TIMESTAMP":"-1"
              """, null)]
    [TestCase("""
              "__REALTIME_TIMESTAMP":"32472144000000001"
              """, null)]
    public void Text_OfEachForm(string fields, string? said) =>
        Assert.That(Of(fields)?.Line, said is null ? Is.Null : Is.EqualTo(Line.Replace("Starting", said, StringComparison.Ordinal)));

    [TestCase("""
              "__REALTIME_TIMESTAMP":"32472144000000000"
              """, "2999-01-01T00:00:00.000000+00:00 vm rabbit2packer.py: Starting")]
    [TestCase("""
              "_HOSTNAME":"","SYSLOG_IDENTIFIER":null,"_COMM":"a b"
              """, "2026-11-22T09:05:07.123456+00:00 - a_b: Starting")]
    public void Header_OfEachForm(string fields, string line) => Assert.That(Of(fields)!.Line, Is.EqualTo(line));

    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("5")]
    public void Of_WhatIsNoEntry_IsNone(string json) => Assert.That(JournalEntry.Of(json, TimeZoneInfo.Utc), Is.Null);

    [Test]
    public void Translate_KeepsOurs_MarksOthers_AndRemembersThePlace()
    {
        var lines = new JournalLines(TimeZoneInfo.Utc);
        string[] entries =
        [
            $$"""{{{Fields}}}""",
            $$"""{{{Fields}},"SYSLOG_IDENTIFIER":"sshd","__CURSOR":"c2"}""",
            $$"""{{{Fields}},"_UID":"1000","__CURSOR":null}""",
            $$"""{{{Fields}},"_UID":"1000","SYSLOG_IDENTIFIER":"sshd"}""",
            $$"""{{{Fields}},"SYSLOG_IDENTIFIER":"systemd","MESSAGE":"Stopped rabbit2packer.service."}""",
            $$"""{{{Fields}},"SYSLOG_IDENTIFIER":"systemd","MESSAGE":"Stopped rabbit2packer.service.","_UID":"1000"}""",
            "no entry",
        ];

        var seen = lines.Translate([.. entries.Select(entry => new LineRead(new LogLine(new("journal"), 0, entry)))]);

        Assert.That(
            seen.Select(one => one.GetType().Name),
            Is.EqualTo(new[]
            {
                nameof(LineRead), nameof(MarkRead), nameof(LineDistrusted), nameof(MarkRead), nameof(LineRead), nameof(MarkRead),
                nameof(LinesMissing),
            })
        );
        Assert.That((((LineRead)seen[0]).Line.Text, ((LinesMissing)seen[6]).Bytes, lines.Cursor), Is.EqualTo((Line, 8L, "c1")));
    }

    [TestCase("a.json", true)]
    [TestCase("A-b_c.1.json", true)]
    [TestCase(".json", false)]
    [TestCase("-a.json", false)]
    [TestCase("a.jso", false)]
    [TestCase("a/b.json", false)]
    [TestCase("ä.json", false)]
    public void ProfileName_IsOfPlainLetters(string name, bool isName) => Assert.That(ProfileCache.IsProfileName(name), Is.EqualTo(isName));

    [TestCase(250, true)]
    [TestCase(251, false)]
    public void ProfileName_IsNoLongerThanAFileName(int length, bool isName) =>
        Assert.That(ProfileCache.IsProfileName(new string('a', length) + ".json"), Is.EqualTo(isName));

    /// <summary>A later field of the same name counts.</summary>
    private static JournalEntry? Of(string fields) =>
        JournalEntry.Of($$"""{{{Fields}}{{(fields.Length > 0 ? "," : "")}}{{fields}}}""", TimeZoneInfo.Utc);
}
