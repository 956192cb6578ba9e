using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Doctor;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Doctor.People;

namespace PackuilonMonitor.Tests.Doctor;

/// <summary>What can be found of the logs, each once well and once ill.</summary>
public sealed class FindingTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Messages_ThatCanBeRead_AreFineWithTheirHeaders()
    {
        var path = _folder.Write("messages", "Nov 22 12:00:00 vm sshd[1]: x\n");

        Assert.That(MessagesFindings.Of(path, People.Operator).Select(found => found.Grade), Is.EqualTo(new[] { Grade.Fine, Grade.Fine }));
    }

    [Test]
    public void Messages_Empty_AreNoted() =>
        Finds(
            MessagesFindings.Of(_folder.Write("messages", ""), People.Operator).Single(),
            Grade.Note,
            "is empty",
            "systemctl status rsyslog"
        );

    [Test]
    public void Messages_Missing_AskForAnotherFile() =>
        Finds(
            MessagesFindings.Of(_folder["none"], People.Operator).Single(),
            Grade.Unread,
            "missing",
            "packuilon-monitor doctor --messages PATH"
        );

    [Test]
    public void Messages_ADirectory_AreNoFile() =>
        Finds(
            MessagesFindings.Of(_folder.Path, People.Operator).Single(),
            Grade.Unread,
            "not a file but a directory",
            "packuilon-monitor doctor --messages /var/log/messages"
        );

    [TestCase("0640", 4u, "sudo usermod -aG adm htv   # then log in again")]
    [TestCase("0600", 0u, "sudo setfacl -m u:htv:r /var/log/messages")]
    public void Messages_Denied_NameTheGroupOrTheAccessList(string mode, uint group, string command)
    {
        var opening = OpenFile.At(_folder.Path) with { Why = "not readable: as uid 1000", Error = 13 };

        Finds(
            MessagesFindings.Unread("/var/log/messages", People.Operator, new StatResult(People.FileOf(mode, 0, group), 0), opening),
            Grade.Unread,
            "not readable",
            command
        );
    }

    [Test]
    public void Messages_BehindAClosedDirectory_NameThatDirectory()
    {
        Directory.CreateDirectory(_folder["closed/within"]);
        TempFolder.SetMode(_folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        TempFolder.SetMode(_folder.Path, (UnixFileMode)0b111_101_101);
        var opening = OpenFile.At(_folder.Path) with { Why = "not readable", Error = 13 };
        var nobody = Account.Of("Uid:\t1\t4242\t1\t1\nGid:\t1\t4242\t1\t1\nGroups:\n", "", "");

        Finds(
            MessagesFindings.Unread(_folder["closed/within/messages"], nobody, new StatResult(default, 13), opening),
            Grade.Unread,
            "may not be entered",
            $"sudo setfacl -m u:4242:x {_folder["closed"]}"
        );
    }

    [TestCase("Nov  2 12:00:00 vm sshd[1]: x", Grade.Fine, "traditional")]
    [TestCase("2026-11-22T12:00:00.123456+00:00 vm sshd[1]: x", Grade.Fine, "ISO-8601")]
    [TestCase("<14>1 2026-11-22T12:00:00.123456+00:00 vm - - - -  x", Grade.Note, "RFC 5424")]
    [TestCase("16:30:45 vm sshd[1]: x", Grade.Note, "no date")]
    [TestCase("{\"MESSAGE\":\"x\"}", Grade.Note, "no header that this program knows")]
    [TestCase("", Grade.Note, "no header that this program knows")]
    public void Headers_ByTheirNewestLine(string line, Grade grade, string said)
    {
        var found = HeaderFindings.Of("messages", line);

        Assert.That(
            (found.Grade, found.Text.Contains(said), found.Commands.Count > 0),
            Is.EqualTo((grade, true, grade is Grade.Note)),
            found.Text
        );
    }

    [Test]
    public void Lines_Understood_AreCounted()
    {
        var read = new WhatWasRead(MonitorState.Empty).With(Given.Lines("12:00:00 Starting", "12:00:00 Starting Thread-1"));

        Finds(ContentFindings.Of(read, Given.Noon, TimeZoneInfo.Utc).First(), Grade.Fine, "2 of the factory's programs, 0 not understood");
    }

    [Test]
    public void Lines_OfADialectNobodyKnows_AreShown()
    {
        var read = new WhatWasRead(MonitorState.Empty).With(Given.Lines("12:00:00 Starting", "12:00:00 Bygning\u001b[31m begynder"));

        Finds(
            ContentFindings.Of(read, Given.Noon, TimeZoneInfo.Utc).First(),
            Grade.Note,
            "1 not understood (50.0 %), the first: \"Bygning begynder\"",
            "packuilon-monitor events --json | grep '\"unrecognised\"' | tail"
        );
    }

    [Test]
    public void Lines_NoneOfOurs_AskWhetherThisIsTheHost() =>
        Finds(
            ContentFindings.Of(new WhatWasRead(MonitorState.Empty), Given.Noon, TimeZoneInfo.Utc).First(),
            Grade.Note,
            "no line of the factory's programs was found",
            "logger -p user.info -t rabbit2packer.py test && tail -n 1 /var/log/messages"
        );

    [TestCase(0, Grade.Fine, "the newest line is of 2026-11-22 12:00:00 +00:00")]
    [TestCase(-3, Grade.Note, "is 3:00:00 ahead of this clock")]
    [TestCase(5, Grade.Note, "is 5h old")]
    public void Times_AgainstThisClock(int hoursLater, Grade grade, string said)
    {
        var read = new WhatWasRead(MonitorState.Empty).With([
            Given.Seen(new SourceRead(1, Given.Noon)) with
            {
                Speaker = Speaker.Monitor,
                Text = null,
            },
        ]);

        Finds(ContentFindings.Of(read, Given.Noon.AddHours(hoursLater), TimeZoneInfo.Utc).ElementAt(1), grade, said);
    }

    [Test]
    public void Lines_ThatStandThereTwice_AreSaid()
    {
        const string line = "2026-11-22T12:00:00.123456+00:00 vm rabbit2packer.py: Thread-1 processing norm";
        var once = new WhatWasRead(MonitorState.Empty).With(Given.Read(line));

        Assert.That((once.Twice, once.With(Given.Read(line)).Twice), Is.EqualTo((0, 1)));
        Assert.That(
            ContentFindings.Of(once.With(Given.Read(line)), Given.Noon, TimeZoneInfo.Utc).Select(finding => finding.ToString()),
            Has.Some.Contains("lines twice")
        );
    }

    [Test]
    public void RepeatedLines_AreNoted()
    {
        var read = new WhatWasRead(MonitorState.Empty).With(Given.Lines("12:00:00 message repeated 2 times: [ Starting]"));

        Finds(
            ContentFindings.Of(read, Given.Noon, TimeZoneInfo.Utc).Last(),
            Grade.Note,
            "rsyslog collapsed 1 of our lines",
            "echo '$RepeatedMsgReduction off' | sudo tee /etc/rsyslog.d/00-repeats.conf && sudo systemctl restart rsyslog"
        );
    }

    [Test]
    public void LogDirectory_WithLogs_IsFine()
    {
        _folder.Write("norm-sl7x-x86_64.managed.json.log", "x\n");

        Finds(
            LogDirectoryFindings.Of(new LogDirectory(_folder.Path), People.Operator, MonitorState.Empty).Single(),
            Grade.Fine,
            "can be listed, 1 logs"
        );
    }

    [Test]
    public void LogDirectory_Missing_AsksForAnother() =>
        Finds(
            LogDirectoryFindings.Of(new LogDirectory(_folder["none"]), People.Operator, MonitorState.Empty).Single(),
            Grade.Unread,
            "missing",
            "packuilon-monitor doctor --log-dir DIR"
        );

    [Test]
    public void LogDirectory_Denied_NamesAnAccessList() =>
        Finds(
            LogDirectoryFindings.Unread("/logs", "not readable", new StatResult(People.DirectoryOf("0700"), 0), People.Operator),
            Grade.Unread,
            "not readable",
            "sudo setfacl -R -m u:htv:rX /logs"
        );

    [Test]
    public void LogDirectory_LogsThatCannotBeRead_AreASourceThatCannot() => Finds(
        LogDirectoryFindings.Closed("/logs", 3, 7, new LogEntry("a.log", People.FileOf("0600")), "not readable", People.Operator),
        Grade.Unread, "3 of the newest 7 logs cannot be read, the first: a.log, not readable", "sudo setfacl -R -m u:htv:rX /logs");

    [Test]
    public void LogDirectory_LinksAndNamesThatAreNone_AreNoted()
    {
        File.CreateSymbolicLink(_folder["a.log"], "/etc/passwd");
        Shell($": > \"$(printf 'bad\\377')\".log");

        var found = LogDirectoryFindings.Of(new LogDirectory(_folder.Path), People.Operator, MonitorState.Empty).ToList();
        Shell("rm -- *.log");

        Finds(
            found[1],
            Grade.Note,
            "1 names of logs are not regular files and are ignored, the first: a.log, not a file but a symbolic link",
            $"ls -l {_folder.Path}"
        );
        Finds(found[2], Grade.Note, "1 files have names that are not UTF-8", $"ls -b {_folder.Path}");
    }

    [Test]
    public void LogDirectory_TheDaemonWritesElsewhere_NamesThatPlace()
    {
        var state = Given.After("12:00:00 packer build starting, see: /srv/packer//log/a.managed.json.log for details");

        Finds(
            LogDirectoryFindings.Of(new LogDirectory(_folder.Path), People.Operator, state).Last(),
            Grade.Note,
            "the daemon writes to /srv/packer/log",
            "packuilon-monitor doctor --log-dir /srv/packer/log"
        );
    }

    /// <summary>For names that .NET cannot write.</summary>
    private void Shell(string script)
    {
        using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"cd '{_folder.Path}' && {script}"]);
        shell.WaitForExit();
    }
}
