using System.Diagnostics;
using System.Text.Json;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The program without a screen, as a process: what it prints and how it ends.</summary>
public sealed class CommandTests
{
    private const string Messages = """
        Nov 22 12:00:00 factory /rabbit2packer.py: Starting
        Nov 22 12:00:00 factory /rabbit2packer.py: Starting Thread-1
        Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing lab-sl7x-x86_64
        Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: /log//lab-sl7x-x86_64.managed.json.1795348802.log for details
        Nov 22 12:07:02 factory /rabbit2packer.py: Thread-1: packer exited with non zero exit code, lab-sl7x-x86_64.managed.json build failed
        Nov 22 12:08:00 factory sshd[12]: Accepted publickey for somebody

        """;

    private const string Log = """
        openstack: output will be in this color.

        ==> openstack: Launching server...
        ==> openstack: Timeout waiting for SSH.
        Build 'openstack' errored after 7 minutes: Timeout waiting for SSH.

        ==> Some builds didn't complete successfully and had errors:
        --> openstack: Timeout waiting for SSH.
        rabbit2packer: Build finished at 1795349222 (epoch) with exit code 1

        """;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Status_OfAFailedBuild_JoinsBothLogs()
    {
        var (code, output, error) = Run(["status", "--json", .. Sources()]);

        var build = JsonDocument.Parse(output).RootElement.GetProperty("builds")[0];
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero, error);
            Assert.That(build.GetProperty("state").GetString(), Is.EqualTo("failed"));
            Assert.That(build.GetProperty("thread").GetString(), Is.EqualTo("Thread-1"));
            Assert.That(build.GetProperty("exitCode").GetInt32(), Is.EqualTo(1));
            Assert.That(build.GetProperty("endedAt").GetString(), Is.EqualTo("2026-11-22T12:07:02+00:00"));
            Assert.That(build.GetProperty("durationSeconds").GetInt32(), Is.EqualTo(420));
            Assert.That(build.GetProperty("reason").GetString(), Does.Contain("Timeout waiting for SSH"));
            Assert.That(output.TrimEnd('\n'), Does.Not.Contain('\n'));
        });
    }

    [Test]
    public void Events_Json_GivesEachLineOfOursOnceInOrder()
    {
        var (code, output, _) = Run(["events", "--json", .. Sources()]);

        var types = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(said => said.GetProperty("text").ValueKind is JsonValueKind.String)
            .Select(said => said.GetProperty("type").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(types, Is.EqualTo(new[] { "service-started", "worker-started", "job-taken", "build-started", "build-failed" }));
        });
    }

    [Test]
    public void TimesThatCannotBeRead_AreNotNow_AndAreReportedByStatusAndDoctor()
    {
        var messages = _folder.Write(
            "messages",
            "2026/11/22 12:00:00 factory rabbit2packer.py: Starting\n2026/11/22 12:00:01 factory sshd[12]: hello\n"
        );
        string[] sources = ["--messages", messages, "--log-dir", _folder.Path, "--config", _folder.Write("config.ini", "")];

        var (code, output, error) = Run(["status", "--json", .. sources]);
        var status = JsonDocument.Parse(output).RootElement;
        var text = Run(["status", .. sources]).Output;
        var doctor = Run(["doctor", .. sources]);

        Assert.Multiple(() =>
        {
            Assert.That((code, doctor.Code), Is.EqualTo((3, 3)));
            Assert.That(status.GetProperty("asOf").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(status.GetProperty("sources")[0].GetProperty("lastLineAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(
                error,
                Does.Contain(
                    $"{messages}: the times of its lines cannot be read (a date with slashes or dots, the year first): \"2026/11/22 12:00:0"
                )
            );
            Assert.That(text, Does.Contain("as of unknown").And.Contain("the times of its lines cannot be read"));
            Assert.That(doctor.Output, Does.Contain("unread times").And.Contain("2026/11/22 12:00:0").And.Contain("RSYSLOG_FileFormat"));
        });
    }

    /// <summary>Packuilon's configuration with one fault, and what is said of it.</summary>
    [TestCase("[global]\nRABBIT_HOST = h\nQUEUE = q\nRABBIT_PORT = abc\n", 0, "RABBIT_PORT: not a port from 1 to 65535")]
    [TestCase("[global]\nRABBIT_HOST = h\nQUEUE = q\nRABBIT_PORT = 99999\n", 0, "RABBIT_PORT: not a port from 1 to 65535")]
    [TestCase("[global]\nRABBIT_HOST = h\nQUEUE = q\nRABBIT_PW = secret%\n", 0, "RABBIT_PW: a % is neither before % nor in %(NAME)s")]
    [TestCase("[rabbit2packer]\nTHREAD_COUNT = many\n", 0, "THREAD_COUNT: not a whole number from 1 to 999")]
    [TestCase(
        "[rabbit2packer]\nLOG_DIR = %(BASE)s/log\n",
        64,
        "LOG_DIR: %(NAME)s refers to what is neither in its section nor in [DEFAULT]"
    )]
    [TestCase("RABBIT_PW = secret\n", 64, "line 1: is above the first section")]
    public void Config_WithAFault_IsReportedByStatusAndDoctor(string text, int expected, string said)
    {
        string[] sources = [.. Sources(), "--config", _folder.Write("packuilon.ini", text)];
        sources =
        [
            .. sources
                .Where((argument, index) => argument != "--config" || index == sources.Length - 2)
                .Where(argument => argument != _folder["config.ini"]),
        ];

        var (code, output, error) = Run(["status", .. sources]);
        var doctor = Run(["doctor", .. sources]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(expected), error);
            Assert.That(error, Does.Contain(said));
            Assert.That(doctor.Output + doctor.Error, Does.Contain(said));
            Assert.That(output + error + doctor.Output + doctor.Error, Does.Not.Contain("secret"));
        });
    }

    [TestCase("abc")]
    [TestCase("99999")]
    [TestCase("0")]
    public void Broker_WithAPortThatIsNone_IsWrongUse(string port)
    {
        var config = _folder.Write("packuilon.ini", $"[global]\nRABBIT_HOST = ::1\nQUEUE = q\nRABBIT_PORT = {port}\nRABBIT_PW = secret\n");

        var (code, _, error) = Run(
            "status",
            "--broker",
            "--messages",
            _folder.Write("messages", Messages),
            "--log-dir",
            _folder.Path,
            "--config",
            config
        );

        Assert.That(
            (
                code,
                error.Contains("RABBIT_PORT: not a port from 1 to 65535", StringComparison.Ordinal),
                error.Contains("secret", StringComparison.Ordinal)
            ),
            Is.EqualTo((64, true, false)),
            error
        );
    }

    [TestCase("status", "amqp://user:secret@host")]
    [TestCase("status", "--from", "amqp://user:secret@host", "--from", "amqp://user:secret@host")]
    [TestCase("status", "--from", "xamqp://user:secret@host", "--factory", "a")]
    [TestCase("status", "--from=amqp://user:secret@host/a/b", "--factory", "a")]
    [TestCase("status", "--form", "amqp://user:secret@host")]
    [TestCase("status", "--form=amqp://user:secret@host")]
    [TestCase("status", "--theme", "amqp://user:secret@host")]
    [TestCase("amqp://user:secret@host")]
    [TestCase("serve", "--listen", "http://user:secret@host")]
    public void WrongUse_WithAPasswordInIt_DoesNotShowIt(params string[] arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.That((code, (output + error).Contains("secret", StringComparison.Ordinal)), Is.EqualTo((64, false)), error);
    }

    [Test]
    public void Messages_AsAPatternWithDirectories_IsEachFileThatMatches()
    {
        foreach (var host in (string[])["a", "b"])
        {
            Directory.CreateDirectory(_folder[$"hosts/{host}"]);
            _folder.Write($"hosts/{host}/messages", $"Nov 22 12:00:00 {host} sshd[1]: x\n");
        }

        var (_, output, error) = Run(
            "status",
            "--json",
            "--messages",
            _folder["hosts/*/messages"],
            "--log-dir",
            _folder.Path,
            "--config",
            _folder.Write("config.ini", ""),
            "--now",
            "2026-11-23T00:00:00Z"
        );

        Assert.That(
            JsonDocument
                .Parse(output)
                .RootElement.GetProperty("sources")
                .EnumerateArray()
                .Select(source => source.GetProperty("path").GetString())
                .Take(2),
            Is.EqualTo(new[] { _folder["hosts/a/messages"], _folder["hosts/b/messages"] }),
            error
        );
    }

    /// <summary>More files than descriptors: those that cannot be opened are told of as such, and nothing ends.</summary>
    [TestCase("events")]
    [TestCase("status")]
    public void MoreFilesThanDescriptors_AreUnobserved(string command)
    {
        for (var number = 0; number < 600; number++)
            _folder.Write($"m{number}", "Nov 22 12:00:00 vm sshd[1]: x\n");

        var (code, _, error) = Shell(
            $"ulimit -n 256; '{Program}' {command} --log-dir '{_folder.Path}' "
            + $"--config '{_folder.Write("config.ini", "")}' --messages '{_folder.Path}/m*'"
        );

        Assert.That(
            (code, error.Contains("unobserved: no file descriptor is free (EMFILE)", StringComparison.Ordinal)),
            Is.EqualTo((3, true)),
            error[..Math.Min(error.Length, 500)]
        );
    }

    [Test]
    public void RotatedFileThatIsPassedOver_IsNamedByStatusAndDoctor()
    {
        var sources = Sources();
        var passed = _folder.Write("messages.1.lz4", "packed");

        var (code, _, error) = Run(["status", .. sources]);
        var doctor = Run(["doctor", .. sources]);

        Assert.That((code, doctor.Code), Is.EqualTo((3, 3)));
        Assert.That(error, Does.Contain($"{passed}: not read: packed as .lz4"));
        Assert.That(doctor.Output, Does.Contain($"unread {passed}: rotated and not read: packed as .lz4"));
    }

    [Test]
    public void TimeZone_AsTheVariableSpellsItOut_Holds()
    {
        var (_, output, error) = Run(["status", "--json", .. Zoneless()], ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3"));

        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("asOf").GetString(), Is.EqualTo("2026-11-22T12:08:00+01:00"), error);
    }

    [Test]
    public void TimeZone_ThatIsNone_IsReportedAndTreatedAsUtc()
    {
        var (_, output, error) = Run(["status", "--json", .. Zoneless()], ("TZ", "Nowhere/Land"));

        Assert.That(error, Does.Contain("TZ: no such time zone: Nowhere/Land"));
        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("asOf").GetString(), Is.EqualTo("2026-11-22T12:08:00+00:00"));
    }

    [Test]
    public void Status_MessagesMissing_PrintsTheRestNamesItAndReturns3()
    {
        var (code, output, error) = Run(
            "status",
            "--json",
            "--messages",
            Path.Combine(_folder.Path, "none"),
            "--log-dir",
            _folder.Path,
            "--config",
            _folder.Write("config.ini", "")
        );

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(error, Does.Contain(Path.Combine(_folder.Path, "none")));
            Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("schema").GetInt32(), Is.EqualTo(1));
        });
    }

    [TestCase("status", "--json")]
    [TestCase("events", "--json")]
    public void ARotatedFileThatCannotBeRead_IsNamedAndReturns3(params string[] command)
    {
        var sources = Sources();
        Directory.CreateDirectory(_folder["messages.1"]);
        _folder.Write("messages.2.gz", "bad\n");

        var (code, output, error) = Run([.. command, .. sources]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(
                error.Split('\n'),
                Is.EquivalentTo(
                    new[]
                    {
                        $"packuilon-monitor: {_folder["messages.1"]}: not a file but a directory",
                        $"packuilon-monitor: {_folder["messages.2.gz"]} is damaged: it does not begin as gzip does",
                        "",
                    }
                )
            );
            Assert.That(output, Does.Contain("lab-sl7x-x86_64"));
        });
    }

    [Test]
    public void Doctor_ARotatedFileThatCannotBeRead_Is3AndNamesIt()
    {
        var sources = Sources();
        Directory.CreateDirectory(_folder["messages.1"]);
        _folder.Write("messages.2.gz", "bad\n");

        var (code, output, _) = Run(["doctor", .. sources]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(
                output,
                Does.Contain($"unread {_folder["messages.1"]}: not a file but a directory")
                    .And.Contain($"unread {_folder["messages.2.gz"]}: it is damaged")
            );
            Assert.That(output, Does.Contain($"type: gzip -t {_folder["messages.2.gz"]}"));
        });
    }

    [Test]
    public void Log_NoSuchBuildInALogThatCannotBeRead_Returns3AndSaysWhy()
    {
        var (code, output, error) = Run(
            "log",
            "lab-sl7x-x86_64",
            "--messages",
            _folder["none"],
            "--log-dir",
            _folder.Path,
            "--config",
            _folder.Write("config.ini", ""),
            "--state-dir",
            _folder["state"]
        );

        Assert.That(
            (code, output, error),
            Is.EqualTo(
                (
                    3,
                    "",
                    $"packuilon-monitor: {_folder["none"]}: missing\npackuilon-monitor: "
                    + $"log: no such build in what can be read: lab-sl7x-x86_64\n"
                )
            )
        );
    }

    [TestCase("lab", "did you mean lab-sl7x-x86_64?")]
    [TestCase("SL7X", "did you mean lab-sl7x-x86_64?")]
    [TestCase("la", "the newest is lab-sl7x-x86_64.managed.json.1795348802.log@1795348802")]
    [TestCase("nothing", "the newest is lab-sl7x-x86_64.managed.json.1795348802.log@1795348802")]
    public void Log_OfAPartOfAName_NamesTheImage(string typed, string said) =>
        Assert.That(Run(["log", typed, .. Sources()]).Error, Is.EqualTo($"packuilon-monitor: log: no such build: {typed}; {said}\n"));

    /// <summary>It is there: nobody has removed it, and Packer may write to it yet.</summary>
    [Test]
    public void ALogThatIsEmpty_IsSaidToBeThat()
    {
        const string name = "lab-sl7x-x86_64.managed.json.1795348802.log";
        var sources = Sources();
        File.WriteAllText(_folder[$"log/{name}"], "");

        var log = Run(["log", "lab-sl7x-x86_64", .. sources]);

        Assert.That(
            (log.Code, log.Output, log.Error),
            Is.EqualTo((0, "", $"packuilon-monitor: {name}@1795348802: its log is empty\n"))
        );
    }

    [Test]
    public void ALogThatIsNone_IsLeftAloneAndSaidToBeThat()
    {
        const string name = "lab-sl7x-x86_64.managed.json.1795348802.log";
        var sources = Sources();
        _folder.Move($"log/{name}", "elsewhere");
        File.CreateSymbolicLink(_folder[$"log/{name}"], _folder["elsewhere"]);
        File.CreateSymbolicLink(_folder["log/latest.log"], _folder["elsewhere"]);

        var status = Run(["status", "--json", .. sources]);
        var log = Run(["log", "lab-sl7x-x86_64", .. sources]);

        Assert.Multiple(() =>
        {
            Assert.That((status.Code, status.Error), Is.EqualTo((0, $"packuilon-monitor: {name}: not a file but a symbolic link\n")));
            Assert.That(status.Output, Does.Contain("\"flags\":[\"log-gone\"]"));
            Assert.That(
                (log.Code, log.Output, log.Error),
                Is.EqualTo(
                    (
                        3,
                        "",
                        $"packuilon-monitor: {name}@1795348802: its log {name} is not read: "
                        + $"not a file but a symbolic link; no copy of it was kept\n"
                    )
                )
            );
        });
    }

    [Test]
    public void ALogThatCannotBeRead_IsNamedAndReturns3()
    {
        if (Shell("setpriv --reuid 65534 --regid 65534 --clear-groups true").Code != 0)
            Assert.Ignore("setpriv may not become another user; run the tests as root to see this one");
        const string name = "lab-sl7x-x86_64.managed.json.1795348802.log";
        var sources = string.Join(' ', Sources().Select(argument => $"'{argument}'"));
        var (code, output, error) = Shell(
            $"chmod -R a+rX '{_folder.Path}'; chmod 000 '{_folder[$"log/{name}"]}'; setpriv "
            + $"--reuid 65534 --regid 65534 --clear-groups '{Program}' status --json {sources}"
        );

        Assert.That((code, error), Is.EqualTo((3, $"packuilon-monitor: {name}: not readable: as uid 65534, file mode 0000, owner 0:0\n")));
        Assert.That(output, Does.Contain("\"flags\":[\"log-gone\"]"));
    }

    [TestCase("--now: not a time", "status", "--now", "soon")]
    [TestCase("--time-zone: no such time zone", "status", "--time-zone", "Atlantis")]
    [TestCase("--config: no such file", "status", "--config", "/nonexistent/config.ini")]
    [TestCase("--speed: not a number", "demo", "--speed", "fast")]
    [TestCase("--dialect", "demo", "--dialect", "klingon")]
    [TestCase("--theme: no such theme", "--theme", "pink")]
    [TestCase("--settings: /nonexistent/mine.ini: no such file", "status", "--settings", "/nonexistent/mine.ini")]
    [TestCase("--bogus", "status", "--bogus")]
    [TestCase("--messages: a path is missing; give one like --messages /var/log/messages", "status", "--messages", "")]
    [TestCase("--settings: a path is missing; give one like --settings /etc/packuilon-monitor/config.ini", "status", "--settings", "")]
    [TestCase("--log-dir: a path is missing; give one like /etc/packer-utils/log", "status", "--log-dir", "")]
    [TestCase("--config: a path is missing; give one like /etc/packer-utils/config.ini", "status", "--config", "")]
    [TestCase("--state-dir: a path is missing; give one like /var/lib/packuilon-monitor", "status", "--state-dir", "")]
    [TestCase("not a terminal; use packuilon-monitor --linear, packuilon-monitor status")]
    public void WrongUse_IsOneLineThatNamesWhatIsWrong_And64(string said, params string[] arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(64));
            Assert.That(output, Is.Empty);
            Assert.That(error, Does.Contain(said));
            Assert.That(error.TrimEnd('\n'), Does.Not.Contain('\n'));
        });
    }

    [Test]
    public void Doctor_AllCanBeRead_SaysSoInPlainText()
    {
        var (code, output, error) = Run(["doctor", .. Sources()], ("XDG_CONFIG_HOME", _folder.Path));

        Assert.Multiple(() =>
        {
            Assert.That((code, error), Is.EqualTo((0, "")), output);
            Assert.That(
                output,
                Does.Contain($"ok     {_folder["log"]}: can be listed, 1 logs")
                    .And.Contain("5 of the factory's programs, 0 not understood")
                    .And.Contain("type: reset")
            );
            Assert.That(output, Does.Not.Contain('\x1b'));
        });
    }

    [Test]
    public void Doctor_ASourceThatCannotBeRead_Is3AndSaysWhatToType()
    {
        var (code, output, _) = Run(
            "doctor",
            "--messages",
            _folder["none"],
            "--log-dir",
            _folder["nowhere"],
            "--config",
            _folder.Write("config.ini", "")
        );

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(
                output,
                Does.Contain($"unread {_folder["none"]}: missing").And.Contain("       type: packuilon-monitor doctor --messages PATH")
            );
            Assert.That(output, Does.Contain($"unread {_folder["nowhere"]}: missing"));
            Assert.That(output, Does.EndWith("a source cannot be read: see the lines that begin with unread\n"));
        });
    }

    [Test]
    public void Doctor_WrongKeys_Is64()
    {
        Directory.CreateDirectory(_folder["packuilon-monitor"]);
        _folder.Write("packuilon-monitor/keys.conf", "help = Ctrl-a\n");

        var (code, output, _) = Run(["doctor", .. Sources()], ("XDG_CONFIG_HOME", _folder.Path));

        Assert.That((code, output.Contains("wrong  keys: ")), Is.EqualTo((64, true)), output);
    }

    [Test]
    public void Settings_AFileSaysWhatIsRead_OptionsLieOverIt()
    {
        var sources = Sources();
        var file = _folder.Write(
            "mine.ini",
            $"[sources]\nmessages = messages\nlog-dir = {sources[3]}\nconfig = config.ini\ntime-zone = Europe/Berlin\n"
        );

        var (code, output, error) = Run("status", "--json", "--settings", file, "--time-zone", "UTC", "--now", "2026-11-23T00:00:00Z");

        Assert.Multiple(() =>
        {
            Assert.That((code, error), Is.EqualTo((0, "")));
            Assert.That(
                JsonDocument.Parse(output).RootElement.GetProperty("builds")[0].GetProperty("endedAt").GetString(),
                Is.EqualTo("2026-11-22T12:07:02+00:00")
            );
        });
    }

    [Test]
    public void Settings_AWrongLine_EndsOnlyIfTheFileWasNamed()
    {
        Directory.CreateDirectory(_folder["packuilon-monitor"]);
        var file = _folder.Write("packuilon-monitor/config.ini", "[history]\nkeep-dayz = 1\n");

        var usual = Run(["status", .. Sources()], ("XDG_CONFIG_HOME", _folder.Path));
        var named = Run("status", "--settings", file);

        var said = $"{file}: [history] keep-dayz: no such setting; did you mean keep-days?\n";
        Assert.Multiple(() =>
        {
            Assert.That((usual.Code, usual.Error), Is.EqualTo((0, $"packuilon-monitor: {said}")));
            Assert.That((named.Code, named.Error, named.Output), Is.EqualTo((64, $"packuilon-monitor: --settings: {said}", "")));
        });
    }

    [Test]
    public void Dashboard_OnADumbTerminal_SaysWhatToDoInstead()
    {
        var (code, output, error) = Run([], ("TERM", "dumb"));

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(64));
            Assert.That(error, Does.Contain("events --follow"));
            Assert.That(output + error, Does.Not.Contain('\x1b'));
        });
    }

    [Test]
    public void Events_ReaderGone_EndsWithSuccess()
    {
        var sources = string.Join(' ', Sources().Select(argument => $"'{argument}'"));
        var (code, output, _) = Shell($"set -o pipefail; '{Program}' events --json {sources} | head -c1; echo \" ${{PIPESTATUS[0]}}\"");

        Assert.That((code, output.Trim()), Is.EqualTo((0, "{ 0")));
    }

    [Test]
    public void Status_IntoAFileThatOthersWriteToo_IsWrittenOverByNobody()
    {
        var sources = string.Join(' ', Sources().Select(argument => $"'{argument}'"));
        var (code, output, _) = Shell(
            $"exec > '{_folder["all"]}'; echo first; '{Program}' status --json {sources}; echo last; "
            + $"exec >> '{_folder["all"]}'; '{Program}' status --json {sources}; cat '{_folder["all"]}' >&2"
        );

        var lines = File.ReadAllLines(_folder["all"]);
        Assert.That((code, output), Is.EqualTo((0, "")));
        Assert.That(lines.Select(line => line[0] == '{' ? "{" : line), Is.EqualTo(new[] { "first", "{", "last", "{" }));
    }

    [TestCase("garbage\n")]
    [TestCase("\n")]
    [TestCase("   and what was said above goes on\n\n\n")]
    public void Status_LastLineWithoutATime_IsAsOfTheOneBeforeIt(string last)
    {
        var sources = Sources();
        _folder.Append("messages", last);

        Assert.That(Run(["status", "--json", .. sources]).Output, Does.Contain("\"asOf\":\"2026-11-22T12:08:00+00:00\""));
    }

    /// <summary>A shell stands in a folder that somebody removed.</summary>
    [TestCase("status --messages messages", 64, "messages: the current folder was removed; cd to another, or give the whole path\n")]
    [TestCase("health --log-dir log", 3, "log: the current folder was removed; cd to another, or give the whole path\n")]
    [TestCase("wait web --state-dir x", 255, "x: the current folder was removed; cd to another, or give the whole path\n")]
    [TestCase("snapshot --state-dir /tmp ''", 64, "snapshot: a path is missing; give one like factory.snapshot\n")]
    public void Command_InAFolderThatWasRemoved_SaysSo(string command, int code, string said)
    {
        using var folder = new TempFolder();
        var gone = Path.Combine(folder.Path, "gone");

        var (ended, printed) = Ingest.Shell.Tell(
            "",
            "sh",
            "-c",
            $"mkdir {gone}; cd {gone}; rmdir {gone}; exec '{RunningProgram.Monitor}' {command} --no-history >/dev/null"
        );

        Assert.That(ended, Is.EqualTo(code), printed);
        Assert.That(printed.Replace("packuilon-monitor: ", "", StringComparison.Ordinal), Is.EqualTo(said));
    }

    [Test]
    public void Status_StandardInput_IsRead()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "messages"), Messages);
        var (_, output, _) = Shell(
            $"'{Program}' status --json --messages - --log-dir '{_folder.Path}' "
            + $"--time-zone UTC --now 2026-11-23T00:00:00Z < '{_folder.Path}/messages'"
        );

        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("builds").GetArrayLength(), Is.EqualTo(1));
    }

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "packuilon-monitor");

    private string[] Sources()
    {
        var logs = Directory.CreateDirectory(Path.Combine(_folder.Path, "log")).FullName;
        File.WriteAllText(Path.Combine(logs, "lab-sl7x-x86_64.managed.json.1795348802.log"), Log);
        var messages = Path.Combine(_folder.Path, "messages");
        File.WriteAllText(messages, Messages);
        return
        [
            "--messages",
            messages,
            "--log-dir",
            logs,
            "--config",
            _folder.Write("config.ini", ""),
            "--time-zone",
            "UTC",
            "--now",
            "2026-11-23T00:00:00Z",
        ];
    }

    private string[] Zoneless() => [.. Sources().Where(argument => argument is not ("--time-zone" or "UTC"))];

    private static (int Code, string Output, string Error) Run(params string[] arguments) => Run(arguments, ("TERM", "xterm"));

    private static (int Code, string Output, string Error) Run(string[] arguments, (string Name, string Value) variable)
    {
        var start = new ProcessStartInfo(Program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[variable.Name] = variable.Value;
        return Ended(start);
    }

    private static (int Code, string Output, string Error) Shell(string script)
    {
        var start = new ProcessStartInfo("/bin/bash");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        return Ended(start);
    }

    private static (int Code, string Output, string Error) Ended(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
