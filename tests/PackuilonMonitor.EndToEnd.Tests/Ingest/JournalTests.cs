using System.Reactive.Concurrency;
using System.Text.Json;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>systemd's journal as a source: entries, whom they are believed of, and children that end.</summary>
public sealed class JournalTests
{
    private const string Daemon = "\"_UID\":\"0\",\"_EXE\":\"/usr/bin/python3.6\",\"SYSLOG_IDENTIFIER\":\"/rabbit2packer.py\"";

    private static readonly Moment Now = new(TimeSpan.Zero, DateTimeOffset.UnixEpoch);

    [Test]
    public void Entry_OfText_IsTheLineThatRsyslogWouldWrite()
    {
        var entry = JournalEntry.Of(Entry(1, "Starting Thread-1"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.That(
            entry,
            Is.EqualTo(new JournalEntry("2026-11-22T13:00:01.250000+01:00 factory /rabbit2packer.py: Starting Thread-1", "c1", null))
        );
    }

    [TestCase("[83,116,228,114]", "St\uFFFDr")]
    [TestCase("[83,116,195,164,114]", "Stär")]
    [TestCase("\"two\\nlines\\tand \\u001b[31m\"", "two#012lines#011and #033[31m")]
    [TestCase("[\"first\",\"second\"]", "first")]
    [TestCase("\"\"", "")]
    public void Entry_OfAnyMessage_IsOneLine(string message, string text) =>
        Assert.That(
            JournalEntry
                .Of($"{{{Daemon},\"_HOSTNAME\":\"h\",\"__REALTIME_TIMESTAMP\":\"0\",\"MESSAGE\":{message}}}", TimeZoneInfo.Utc)!
                .Line,
            Is.EqualTo($"1970-01-01T00:00:00.000000+00:00 h /rabbit2packer.py: {text}")
        );

    [TestCase("")]
    [TestCase("-- No entries --")]
    [TestCase("[]")]
    [TestCase("{\"MESSAGE\":\"no time\"}")]
    [TestCase("{\"__REALTIME_TIMESTAMP\":\"99999999999999999\",\"MESSAGE\":\"a time that is none\"}")]
    [TestCase("{\"__REALTIME_TIMESTAMP\":\"0\",\"MESSAGE\":null}")]
    public void Entry_ThatIsNone_IsNull(string json) => Assert.That(JournalEntry.Of(json, TimeZoneInfo.Utc), Is.Null);

    [TestCase("\"_UID\":\"0\",\"_EXE\":\"/usr/bin/python3.6\"", null)]
    [TestCase("\"_UID\":\"0\",\"_EXE\":\"/usr/libexec/platform-python3.6\"", null)]
    [TestCase("\"_UID\":\"0\",\"_EXE\":\"/usr/bin/perl\"", null)]
    [TestCase("\"_UID\":\"994\"", null)]
    [TestCase("\"_TRANSPORT\":\"syslog\"", null)]
    [TestCase("\"_UID\":\"1000\",\"_EXE\":\"/usr/bin/python3.6\"", "not trusted: written by user 1000")]
    [TestCase("\"_UID\":\"0\",\"_EXE\":\"/usr/bin/logger\"", "not trusted: written by /usr/bin/logger")]
    public void Entry_IsBelievedOfWhoCanBeTheProgram(string fields, string? distrust) =>
        Assert.That(
            JournalEntry.Of($"{{{fields},\"__REALTIME_TIMESTAMP\":\"0\",\"MESSAGE\":\"m\"}}", TimeZoneInfo.Utc)!.Distrust,
            Is.EqualTo(distrust)
        );

    [TestCase("systemd-journald", "/usr/lib/systemd/systemd-journald", true)]
    [TestCase("systemd-journal", "/usr/lib/systemd/systemd-journald", true)]
    [TestCase("systemd-journald", "/usr/bin/logger", false)]
    [TestCase("systemd-journald", "/usr/bin/python3.6", false)]
    public void Line_OfJournaldAboutDroppedMessages_IsReadIfItIsJournalds(string name, string path, bool read)
    {
        var seen = Observed([Entry(1, "Suppressed 12 messages from /system.slice/rabbit2packer.service")
            .Replace("/rabbit2packer.py", name, StringComparison.Ordinal).Replace("/usr/bin/python3.6", path, StringComparison.Ordinal)]);

        Assert.That(
            seen.Select(said => said.Event).Where(said => said is MessagesDropped or Unrecognised),
            Is.EqualTo(read ? [new MessagesDropped(12)] : Array.Empty<MonitorEvent>())
        );
    }

    [Test]
    public void Line_ThatIsForged_ChangesNothingAndIsShown()
    {
        var seen = Observed([
            Entry(1, "Thread-1 processing true"),
            Entry(2, "Thread-1 processing forged").Replace("\"_UID\":\"0\"", "\"_UID\":\"1000\"", StringComparison.Ordinal),
            Entry(3, "Accepted publickey").Replace("/rabbit2packer.py", "sshd", StringComparison.Ordinal),
        ]);

        Assert.Multiple(() =>
        {
            Assert.That(
                seen.Select(one => one.Event),
                Is.EqualTo(new MonitorEvent[] { new JobTaken(new(1), new("true")), new Unrecognised("not trusted: written by user 1000") })
            );
            Assert.That(seen[1].Text, Is.EqualTo("Thread-1 processing forged"));
        });
    }

    [Test]
    public void Journal_WhoseChildDiesTwice_GoesOnBehindTheLastEntry()
    {
        using var folder = new TempFolder();
        // It prints one entry more at each run, an unfinished one behind it, and dies; the third run stays.
        var program = Script(
            folder,
            $$"""
            echo "$@" >> '{{folder["calls"]}}'
            n=$(wc -l < '{{folder["calls"]}}')
            sed -n "${n}p" '{{folder.Write(
                "entries",
                string.Join('\n', Enumerable.Range(1, 4).Select(number => Entry(number, $"Starting Thread-{number}"))) + "\n"
            )}}'
            [ $n = 1 ] && exit 0
            printf '{"MESSAGE":"half'
            [ $n -lt 4 ] && { echo 'Journal file is damaged' >&2; exit 1; }
            sleep 60
            """
        );
        using var source = new JournalSource(program, TimeZoneInfo.Utc);
        var events = source.ReadAll(() => Now).SelectMany(batch => batch).ToList();

        using var tail = new EventLoopScheduler();
        using var hints = new DirectoryHints(tail);
        using var whole = new ManualResetEventSlim();
        using (source.Follow(tail, hints).Subscribe(batch =>
        {
            events.AddRange(batch);
            if (batch.OfType<LineRead>().Any(read => read.Line.Text.EndsWith("Thread-4", StringComparison.Ordinal)))
                whole.Set();
        }))
        {
            Assert.That(whole.Wait(20_000), Is.True);
        }

        Assert.Multiple(() =>
        {
            Assert.That(
                events.OfType<LineRead>().Select(read => read.Line.Text[^8..]),
                Is.EqualTo(new[] { "Thread-1", "Thread-2", "Thread-3", "Thread-4" })
            );
            Assert.That(
                events.OfType<SourceChanged>().Select(changed => changed.Health.Text),
                Does.Contain("journalctl ended with 1: Journal file is damaged")
            );
            Assert.That(events.OfType<SourceChanged>().Last().Health.Text, Is.EqualTo("following"));
            var calls = File.ReadAllLines(folder["calls"]);
            Assert.That(calls[0], Does.Not.Contain("--follow").And.Not.Contain("cursor"));
            Assert.That(
                calls.Skip(1).Select(call => call[call.IndexOf("--follow", StringComparison.Ordinal)..]),
                Is.EqualTo(new[] { "--follow --after-cursor=c1", "--follow --after-cursor=c2", "--follow --after-cursor=c3" })
            );
        });
    }

    [Test]
    public void Journal_WhoseNextChildStaysSilent_IsFollowedAgain()
    {
        using var folder = new TempFolder();
        // The first run prints everything, the second dies, and the third has nothing to print.
        var program = Script(
            folder,
            $$"""
            echo run >> '{{folder["calls"]}}'
            n=$(wc -l < '{{folder["calls"]}}')
            [ $n = 1 ] && exit 0
            [ $n = 2 ] && { echo 'Journal file is damaged' >&2; exit 1; }
            exec sleep 60
            """
        );
        using var source = new JournalSource(program, TimeZoneInfo.Utc);
        Assert.That(source.ReadAll(() => Now).SelectMany(batch => batch).OfType<SourceChanged>(), Has.Exactly(1).Items);

        using var tail = new EventLoopScheduler();
        using var hints = new DirectoryHints(tail);
        using var works = new ManualResetEventSlim();
        var states = new List<string>();
        using (source.Follow(tail, hints).Subscribe(batch =>
        {
            states.AddRange(batch.OfType<SourceChanged>().Select(changed => changed.Health.Text));
            if (states.Count == 3)
                works.Set();
        }))
        {
            Assert.That(works.Wait(20_000), Is.True);
        }

        Assert.That(states, Is.EqualTo(new[] { "following", "journalctl ended with 1: Journal file is damaged", "following" }));
    }

    [Test]
    public void Journal_WithoutJournalctl_IsUnreadableAndSaysSo()
    {
        using var source = new JournalSource("/nonexistent/journalctl", TimeZoneInfo.Utc);

        Assert.That(
            source.ReadAll(() => Now).SelectMany(batch => batch).OfType<SourceChanged>().Last().Health.Text,
            Does.StartWith("cannot run /nonexistent/journalctl: ")
        );
    }

    [Test]
    public void Journal_OfARealFile_GivesItsEntries()
    {
        const string Maker = "/lib/systemd/systemd-journal-remote";
        Shell.Needs("journalctl");
        if (!File.Exists(Maker))
            Assert.Ignore("needs systemd-journal-remote, which is not installed here");
        using var folder = new TempFolder();
        var journal = folder["factory.journal"];
        var (code, printed) = Shell.Tell(
            """
            __REALTIME_TIMESTAMP=1795348801250000
            _HOSTNAME=factory
            _UID=0
            _EXE=/usr/bin/python3.6
            SYSLOG_IDENTIFIER=/rabbit2packer.py
            MESSAGE=Starting Thread-1

            __REALTIME_TIMESTAMP=1795348802250000
            _HOSTNAME=factory
            SYSLOG_IDENTIFIER=sshd
            MESSAGE=Accepted publickey


            """, Maker, $"--output={journal}", "-");
        Assert.That(code, Is.Zero, printed);
        using var source = new JournalSource(Script(folder, $"exec journalctl --file='{journal}' \"$@\""), TimeZoneInfo.Utc);

        var lines = source.ReadAll(() => Now).SelectMany(batch => batch).OfType<LineRead>().Select(read => read.Line.Text);
        Assert.That(lines, Is.EqualTo(new[] { "2026-11-22T12:00:01.250000+00:00 factory /rabbit2packer.py: Starting Thread-1" }));
    }

    private static string Script(TempFolder folder, string text)
    {
        var path = folder.Write("journalctl", $"#!/bin/sh\n{text}\n");
        Shell.Run("chmod", "+x", path);
        return path;
    }

    private static IReadOnlyList<Observation> Observed(IEnumerable<string> entries)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', entries));
        using var source = new StreamSource(
            JournalSource.Id,
            () => new MemoryStream(bytes),
            new TailOptions(),
            new JournalLines(TimeZoneInfo.Utc).Translate
        );
        var interpreter = new SystemLogInterpreter(new SyslogClock(TimeZoneInfo.Utc, Given.Noon));
        return
        [
            .. source.ReadAll(() => Now).SelectMany(batch => interpreter.Interpret(batch, Given.Noon)).Where(seen => seen.Text is not null),
        ];
    }

    /// <summary>An entry of the daemon's, so many seconds after noon.</summary>
    private static string Entry(int second, string message) =>
        $"{{\"__CURSOR\":\"c{second}\","
        + $"\"__REALTIME_TIMESTAMP\":\"{Given.Noon.AddSeconds(second + 0.25).ToUnixTimeMilliseconds()}000\","
        + $"\"_HOSTNAME\":\"factory\",{Daemon},\"MESSAGE\":{JsonSerializer.Serialize(message)}}}";
}
