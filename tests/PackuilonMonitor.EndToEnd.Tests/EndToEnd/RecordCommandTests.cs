using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The recorder as a process.</summary>
[NonParallelizable]
public sealed class RecordCommandTests
{
    private const int Patience = TestPatience.Milliseconds;

    private TempFolder _folder = null!;
    private Demonstration _factory = null!;

    private string Store => _folder["store"];

    private string[] Sources =>
        [
            "--messages",
            _factory.Messages,
            "--log-dir",
            _factory.LogDirectory,
            "--config",
            _factory.Config,
            "--time-zone",
            "UTC",
            "--state-dir",
            Store,
        ];

    [SetUp]
    public void BeginFactory()
    {
        _folder = new TempFolder();
        _factory = Demonstration.Start(
            new FactoryPlan { Seed = 3, Speed = 20 },
            TimeSpan.FromHours(2),
            TimeZoneInfo.Utc,
            Scheduler.Default
        );
    }

    [TearDown]
    public void EndFactory()
    {
        _factory.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Record_BesideAnother_SaysWhoAndEndsWith75()
    {
        using var first = Started();

        var (code, said) = Shell.Tell("", RunningProgram.Monitor, ["record", .. Sources]);

        Assert.That(
            (code, said),
            Is.EqualTo((75, $"packuilon-monitor: another recorder (process {first.Pid}) writes {Store}; only one can\n"))
        );
    }

    [Test]
    public void Record_Killed_IsSeenToHaveDied_AndTheNextGoesOn()
    {
        using (var killed = Started())
        {
            Assert.That(() => Lines(), Is.GreaterThan(20).After(Patience, 50));
            Assert.That(
                RecorderLockFile.Read(Store, DateTimeOffset.Now),
                Has.Property(nameof(RecorderSign.State))
                    .EqualTo(RecorderState.Runs)
                    .And.Property(nameof(RecorderSign.Process))
                    .EqualTo(killed.Pid)
            );
            killed.End(9);
        }

        Assert.That(RecorderLockFile.Read(Store, DateTimeOffset.Now).State, Is.EqualTo(RecorderState.Died));
        var before = Lines();
        using (var next = Started())
        {
            Assert.That(() => Lines(), Is.GreaterThan(before + 5).After(Patience, 50));
            Assert.That(next.End(), Is.EqualTo(143));
        }

        Assert.That(RecorderLockFile.Read(Store, DateTimeOffset.Now).State, Is.EqualTo(RecorderState.None));
        var texts = new RecordingReader(Path.Combine(Store, "lines"))
            .Frames()
            .SelectMany(frame => frame.Batches)
            .SelectMany(batch => batch.Entries)
            .Where(entry => entry.Seen.Text is not null)
            .Select(entry => (entry.Seen.Offset, entry.Seen.Text))
            .ToList();
        Assert.That(texts, Is.Unique);
    }

    [Test]
    public void Store_OfARecorder_IsForItsGroupToRead_AndForNobodyElse()
    {
        using var recorder = Started();
        Assert.That(
            () => Directory.Exists(Path.Combine(Store, "lines")) && File.Exists(Path.Combine(Store, HistoryStore.FileName + "-wal")),
            Is.True.After(Patience, 50)
        );

        Assert.That(HostFolder.Refusal(Store, owner: null), Is.Null);
        Assert.That(TempFolder.ModeOf(Store), Is.EqualTo(HostFolder.Mode));
        Assert.That(Modes(), Is.Not.Empty.And.All.EqualTo(HostFolder.FileMode));
    }

    /// <summary>A file that is closed only after it was made could be opened in between.</summary>
    [Test]
    public void File_OfAStoreOrASnapshot_IsMadeClosedToOthers()
    {
        FaultTests.Needs("strace", "-qq", "-o", "/dev/null", "true");
        var (calls, snapshot) = (_folder["calls"], _folder["day.snapshot"]);
        string[] traced = ["-f", "-qq", "-e", "trace=open,openat", "-A", "-o", calls, RunningProgram.Monitor];
        using (var recorder = RunningProgram.Start("strace", [.. traced, "record", .. Sources]))
        {
            recorder.WaitFor("recording into");
            Assert.That(() => Lines(), Is.GreaterThan(20).After(Patience, 50));
            Shell.Run("kill", $"{RecorderLockFile.Read(Store, DateTimeOffset.Now).Process}");
            recorder.Ended();
        }

        Assert.That(Shell.Run("strace", [.. traced, "snapshot", snapshot, .. Sources]), Is.Zero);

        var made = File.ReadLines(calls)
            .Where(call => call.Contains("O_CREAT", StringComparison.Ordinal))
            .Where(call => call.Contains(Store, StringComparison.Ordinal) || call.Contains(snapshot, StringComparison.Ordinal))
            .ToList();
        var names = string.Join(' ', made.Select(call => Path.GetFileName(call.Split('"')[1])));
        Assert.That(names, Does.Contain(".lines").And.Contain(HistoryStore.FileName).And.Contain("day.snapshot"));
        Assert.That(made.Where(call => !call.Contains(", 0600)") && !call.Contains(", 0640)")), Is.Empty);
    }

    /// <summary>Of all files at one moment: the recorder renames some while they are listed.</summary>
    private UnixFileMode[] Modes()
    {
        while (true)
        {
            try
            {
                return [.. Directory.GetFiles(Store, "*", SearchOption.AllDirectories).Select(TempFolder.ModeOf)];
            }
            catch (FileNotFoundException)
            {
                // Renamed since it was listed.
            }
        }
    }

    [Test]
    public void Store_IsReadByItsGroup_AndByNobodyElse()
    {
        const string Group = "4", Nobody = "65534";
        if (!Environment.IsPrivilegedProcess)
            Assert.Ignore("only root can become other users");
        Shell.Needs("setpriv");
        using var recorder = Started();
        Assert.That(() => Builds(), Is.GreaterThan(3).After(Patience, 50));
        TempFolder.SetMode(_folder.Path, (UnixFileMode)0b111_101_101);

        var ofGroup = Shell.Tell(
            "",
            "setpriv",
            $"--reuid={Nobody}",
            $"--regid={Group}",
            "--clear-groups",
            RunningProgram.Monitor,
            "history",
            "--json",
            "--state-dir",
            Store
        );
        var ofOthers = Shell.Tell(
            "",
            "setpriv",
            $"--reuid={Nobody}",
            $"--regid={Nobody}",
            "--clear-groups",
            RunningProgram.Monitor,
            "history",
            "--json",
            "--state-dir",
            Store
        );

        Assert.Multiple(() =>
        {
            Assert.That(ofGroup.Code, Is.Zero, ofGroup.Printed);
            Assert.That(ofGroup.Printed, Does.Contain("\"id\":"));
            Assert.That(ofOthers.Code, Is.EqualTo(3), ofOthers.Printed);
            Assert.That(ofOthers.Printed, Does.Not.Contain("\"id\":"));
            // Who reads leaves nothing there that the recorder could stumble over.
            Assert.That(HostFolder.Refusal(Store, owner: 0), Is.Null);
        });
    }

    [Test]
    public void Readers_WhileARecorderRuns_UseItsStore_AndSayWho()
    {
        using var recorder = Started();
        Assert.That(() => Lines() > 20 && Builds() > 3, Is.True.After(Patience, 50));

        var history = Shell.Tell("", RunningProgram.Monitor, ["history", .. Sources]);
        var doctor = Shell.Tell("", RunningProgram.Monitor, ["doctor", .. Sources]).Printed;

        Assert.Multiple(() =>
        {
            Assert.That(history.Code, Is.Zero);
            Assert.That(doctor, Does.Contain($"process {recorder.Pid} writes {Store} for all users, the last time <10s ago"));
        });
        using var dashboard = TmuxTerminal.Start(
            $"'{RunningProgram.Monitor}' {string.Join(' ', Sources.Select(word => $"'{word}'"))}",
            140,
            40,
            ("LC_ALL", "C.UTF-8")
        );
        dashboard.WaitFor("recorder <10s");
        dashboard.Keys("q");
        dashboard.ExitCode();
        Assert.That(HostFolder.Refusal(Store, owner: null), Is.Null);
    }

    [Test]
    public void Mutes_WhileARecorderRuns_AreTheHosts_AndStandAmongTheEvents()
    {
        using var recorder = Started();
        Assert.That(() => Lines() > 20, Is.True.After(Patience, 50));

        var muted = Shell.Tell("", RunningProgram.Monitor, ["mute", "BUILD_FAILED", "4h", "--sticky", .. Sources]);
        var health = Shell.Tell("", RunningProgram.Monitor, ["health", "--json", .. Sources]).Printed;
        var words = Shell.Tell("", RunningProgram.Monitor, ["health", .. Sources]).Printed;
        string Events() => Shell.Tell("", RunningProgram.Monitor, ["events", "--json", .. Sources]).Printed;

        Assert.Multiple(() =>
        {
            Assert.That(muted.Code, Is.Zero, muted.Printed);
            Assert.That(health, Does.Contain("\"mutesOf\":\"host\""));
            Assert.That(words, Does.Contain($"mutes: the host's, {Store}/mutes.json"));
            Assert.That(TempFolder.ModeOf(Path.Combine(Store, "mutes.json")), Is.EqualTo(HostFolder.FileMode));
            Assert.That(
                () => Events(),
                Does.Contain("\"type\":\"health-muted\"").And.Contain("\"type\":\"health-raised\"").After(Patience, 200)
            );
        });

        var back = Shell.Tell("", RunningProgram.Monitor, ["unmute", "BUILD_FAILED", .. Sources]);
        Assert.That(back.Code, Is.Zero, back.Printed);
        Assert.That(() => Events(), Does.Contain("\"why\":\"by hand\"").After(Patience, 200));
    }

    [Test]
    public void Dashboard_BesideARecorder_GoesIntoThePastAndBack_AndReplayShowsIt()
    {
        using (var recorder = Started())
        {
            Assert.That(() => Lines() > 20 && Builds() > 3, Is.True.After(Patience, 50));
            using var dashboard = TmuxTerminal.Start(
                $"'{RunningProgram.Monitor}' {string.Join(' ', Sources.Select(word => $"'{word}'"))}",
                140,
                40,
                ("LC_ALL", "C.UTF-8")
            );
            dashboard.WaitFor("recorder <10s");
            dashboard.Keys(",");
            dashboard.WaitFor("REPLAY 20");
            dashboard.Keys("L");
            dashboard.WaitFor("live again");
            dashboard.Keys("q");
            Assert.That(dashboard.ExitCode(), Is.Zero);
            Assert.That(recorder.End(), Is.EqualTo(143));
        }

        using var replay = TmuxTerminal.Start($"'{RunningProgram.Monitor}' replay '{Store}'", 80, 24, ("LC_ALL", "C.UTF-8"));
        replay.WaitFor("REPLAY 20");
        // Where the log was on its host, not where it is read from.
        replay.Keys("Tab", "Tab", "Enter");
        replay.WaitUntil(screen => screen.Contains("/log/") && !screen.Contains("/dev/null"), "the path of the log");
        replay.Keys("q");
        replay.WaitFor("WORKERS");
        replay.Keys("q");
        Assert.That(replay.ExitCode(), Is.Zero);
        var (code, said) = Shell.Tell("", RunningProgram.Monitor, "replay", "-t", "1999-12-31T00:00:00Z", "--time-zone", "UTC", Store);
        Assert.That((code, said), Is.EqualTo((64, said)));
        Assert.That(said, Does.Match(@"--time: nothing was recorded before that; give (\S+) or a later time\n$"));
        var first = System.Text.RegularExpressions.Regex.Match(said, @"give (\S+) or").Groups[1].Value;
        using var begin = TmuxTerminal.Start(
            $"'{RunningProgram.Monitor}' replay -t {first} --time-zone UTC '{Store}'",
            80,
            24,
            ("LC_ALL", "C.UTF-8")
        );
        begin.WaitFor("REPLAY 20");
        begin.Keys("q");
        Assert.That(begin.ExitCode(), Is.Zero);
    }

    [Test]
    public void Replay_OfNothing_SaysWhatWouldDo()
    {
        var (code, said) = Shell.Tell("", RunningProgram.Monitor, "replay", _folder.Path);

        Assert.That(
            (code, said),
            Is.EqualTo(
                (
                    64,
                    $"packuilon-monitor: FROM: nothing is recorded in {_folder.Path}; "
                    + $"give the folder of a recorder's store, like /var/lib/packuilon-monitor\n"
                )
            )
        );
    }

    /// <summary>It is unpacked into a folder that the user never sees.</summary>
    [Test]
    public void Replay_OfASnapshotWithoutAReadableLine_NamesTheFile()
    {
        var file = _folder["damaged"];
        using (var snapshot = System.IO.Compression.ZipFile.Open(file, System.IO.Compression.ZipArchiveMode.Create))
        {
            using (var said = new StreamWriter(snapshot.CreateEntry("snapshot.txt").Open()))
                said.WriteLine("packuilon-monitor 0.1.0");
            using var lines = new StreamWriter(snapshot.CreateEntry("2026-11-22.lines").Open());
            lines.Write("PKB1 and no more");
        }

        Assert.That(
            Shell.Tell("", RunningProgram.Monitor, "replay", file),
            Is.EqualTo(
                (
                    64,
                    $"packuilon-monitor: FROM: {file}: nothing in it can be read, as in a damaged one; "
                    + "give a file of packuilon-monitor snapshot\n"
                )
            )
        );
    }

    [TestCase("replay", "''", "FROM: a path is missing; give one like /var/lib/packuilon-monitor")]
    [TestCase("snapshot --state-dir '{0}'", "''", "snapshot: a path is missing; give one like factory.snapshot")]
    [TestCase(
        "replay",
        "'{0}/x'",
        "replay: no place for temporary files: there is no folder /nonexistent; make it first; "
            + "set TMPDIR to a folder that can be written to"
    )]
    public void Path_ThatIsMissing_IsWrongUse(string command, string path, string said)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "lines"));
        _folder.Write("x", "");

        var line = string.Format($"TMPDIR=/nonexistent '{RunningProgram.Monitor}' {command} {path}", _folder.Path);

        Assert.That(Shell.Tell("", "sh", "-c", line), Is.EqualTo((64, $"packuilon-monitor: {said}\n")));
    }

    [Test]
    public void Readers_AfterARecorderDied_SayItInWords()
    {
        using (var killed = Started())
        {
            Assert.That(() => Builds(), Is.GreaterThan(3).After(Patience, 50));
            killed.End(9);
        }

        var health = Shell.Tell("", RunningProgram.Monitor, ["health", "HISTORY_OFF", .. Sources]).Printed;
        var doctor = Shell.Tell("", RunningProgram.Monitor, ["doctor", .. Sources]).Printed;
        var status = Shell.Tell("", RunningProgram.Monitor, ["status", .. Sources]).Printed;

        Assert.Multiple(() =>
        {
            Assert.That(health, Does.Contain("HISTORY_OFF").And.Contain("the recorder died"));
            Assert.That(doctor, Does.Contain("the recorder died").And.Contain("sudo systemctl restart packuilon-monitor-record"));
            Assert.That(status, Does.Contain("history off: the recorder died"));
        });
    }

    [TestCase("chmod 2777 {0}", "is open to others")]
    [TestCase("chmod 2770 {0}", "is open to others")]
    [TestCase("ln -s /etc/passwd {0}/history.db", "is a symbolic link")]
    [TestCase("touch {0}/../elsewhere && chmod 600 {0}/../elsewhere && ln {0}/../elsewhere {0}/history.db", "second name")]
    [TestCase("touch {0}/history.db && chmod 666 {0}/history.db", "is open to others")]
    [TestCase("mkdir {0}/lines && chmod 777 {0}/lines", "is open to others")]
    [TestCase("rmdir {0} && ln -s /tmp {0}", "is a symbolic link and not a folder")]
    [TestCase("mkfifo {0}/recorder.lock", "is a FIFO")]
    public void Record_OfAStoreThatWasTamperedWith_RefusesIt(string tampering, string why)
    {
        Directory.CreateDirectory(Store);
        TempFolder.SetMode(Store, HostFolder.Mode);
        Shell.Run("/bin/sh", "-c", string.Format(System.Globalization.CultureInfo.InvariantCulture, tampering, Store));

        var (code, said) = Shell.Tell("", RunningProgram.Monitor, ["record", .. Sources]);

        Assert.That((code, said), Is.EqualTo((64, said)));
        Assert.That(said, Does.Contain(why));
    }

    [Test]
    public void Record_OfAStoreOfAnotherUser_RefusesIt()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Ignore("only root can make files of another user");
        Directory.CreateDirectory(Store);
        TempFolder.SetMode(Store, HostFolder.Mode);
        Shell.Run("chown", "65534", Store);

        var (code, said) = Shell.Tell("", RunningProgram.Monitor, ["record", .. Sources]);

        Assert.That(
            (code, said),
            Is.EqualTo(
                (
                    64,
                    $"packuilon-monitor: record: {Store} belongs to uid 65534, and this is uid 0: "
                    + $"run it as that user, or give --state-dir\n"
                )
            )
        );
    }

    /// <summary>The disk is full for a while: that is said once, and what waited is written when there is room again.</summary>
    [Test]
    public void Record_OnAFullDisk_SaysSoOnceAndLosesNothing()
    {
        Directory.CreateDirectory(Store);
        if (Shell.Run("unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", Store) != 0)
            Assert.Ignore("may not mount a file system here");
        var start = _folder.Write(
            "start",
            $"mount -t tmpfs -o size=8m,mode=2750 tmpfs '{Store}'\nexec '{RunningProgram.Monitor}' record {string.Join(' ', Sources)}\n"
        );
        using var recorder = RunningProgram.Start("unshare", ["-m", "sh", start]);
        recorder.WaitFor("recording into");
        var disk = $"/proc/{recorder.Pid}/root{Store}";
        int Recorded() => Lines(disk);
        Assert.That(() => Recorded(), Is.GreaterThan(20).After(Patience, 50));

        var filler = Path.Combine(disk, "filler");
        Shell.Run("/bin/sh", "-c", $"cat /dev/zero > '{filler}' 2> '{_folder["full"]}'");
        var trouble = recorder.WaitFor("lines: ");
        var full = Recorded();
        var written = File.ReadLines(_factory.Messages).Count();
        Assert.That(() => File.ReadLines(_factory.Messages).Count(), Is.GreaterThan(written + 20).After(Patience, 50));
        File.Delete(filler);
        recorder.WaitFor("lines: works again");
        Assert.That(() => Recorded(), Is.GreaterThan(full + 20).After(Patience, 50));

        var texts = Texts(disk);
        var all = HostReading.Of(_factory.Messages, DateTimeOffset.Now).Select(seen => (seen.Offset, seen.Text)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(trouble, Does.Contain("lines: No space left on device"));
            Assert.That(texts, Is.EqualTo(all.Skip(all.IndexOf(texts[0])).Take(texts.Count)), "each once, and none is missing");
        });
        Assert.That(recorder.End(), Is.EqualTo(143));
        Assert.That(recorder.Output.Count(line => line.Contains("lines: No space", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static List<(long Offset, string? Text)> Texts(string store) =>
    [
        .. new RecordingReader(Path.Combine(store, "lines"))
            .Frames()
            .SelectMany(frame => frame.Batches)
            .SelectMany(batch => batch.Entries)
            .Where(entry => entry.Seen.Text is not null)
            .Select(entry => (entry.Seen.Offset, entry.Seen.Text)),
    ];

    private RunningProgram Started()
    {
        var recorder = RunningProgram.Start(RunningProgram.Monitor, ["record", .. Sources]);
        recorder.WaitFor("recording into");
        return recorder;
    }

    private int Builds()
    {
        using var store = HistoryStore.Read(Path.Combine(Store, HistoryStore.FileName)).Store;
        return store?.Builds(100).Count ?? 0;
    }

    private int Lines() => Lines(Store);

    private static int Lines(string store) =>
        new RecordingReader(Path.Combine(store, "lines"))
            .Frames()
            .Sum(frame => frame.Batches.Sum(batch => batch.Entries.Count(entry => entry.Seen.Text is not null)));
}
