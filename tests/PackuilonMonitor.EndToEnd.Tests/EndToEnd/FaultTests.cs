using System.Text.Json;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>
/// The program itself while the system under it fails: reads, rights, descriptors, disks. It says what is wrong and goes on.
/// </summary>
public sealed class FaultTests
{
    private const string First = "Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing first-image\n";
    private const string Second = "Nov 22 12:00:02 factory /rabbit2packer.py: Thread-2 processing second-image\n";
    private const int OutputFailed = 74;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("messages", First);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("EIO")]
    [TestCase("ESTALE")]
    [TestCase("ENOMEM")]
    public void Events_WhileReadingTheLogFails_SayItAndGoOnWithoutLosingALine(string error)
    {
        Needs("strace", "-qq", "-o", "/dev/null", "true");
        using var events = RunningProgram.Start(
            "strace",
            [
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                _folder["messages"],
                "-e",
                "trace=pread64,preadv",
                "-e",
                $"inject=pread64,preadv:error={error}:when=3..4",
                RunningProgram.Monitor,
                "events",
                "--follow",
                "--json",
                .. Options(),
            ]
        );
        events.WaitFor("first-image");
        _folder.Append("messages", Second);

        var told = JsonDocument.Parse(events.WaitFor(error)).RootElement;
        events.WaitFor("second-image");
        Assert.That(
            (told.GetProperty("type").GetString(), told.GetProperty("state").GetString()),
            Is.EqualTo(("source-changed", "unreadable"))
        );
    }

    /// <summary>Reading one would wait for ever, or never end.</summary>
    [TestCase("--settings", "character device", 64)]
    [TestCase("--config", "character device", 64)]
    [TestCase("--state-dir", "FIFO", 3)]
    [TestCase("--state-dir", "character device", 3)]
    public void History_WithAPipeOrADeviceInPlaceOfAFile_SaysWhichAndEnds(string option, string sort, int expected)
    {
        var path = option == "--state-dir" ? _folder["history.db"] : _folder["named"];
        if (sort == "FIFO")
            Shell.Run("mkfifo", path);
        else
            File.CreateSymbolicLink(path, "/dev/zero");

        var (code, printed) = Shell.Tell(
            "",
            RunningProgram.Monitor,
            [
                "history", "--messages", _folder["messages"], "--log-dir", _folder["log"],
                option, option == "--state-dir" ? _folder.Path : path,
            ]
        );

        Assert.That(printed, Does.Contain(path));
        Assert.That(printed, Does.Contain($"not a file but a {sort};"));
        Assert.That(code, Is.EqualTo(expected));
    }

    [TestCase("inotify_init1", "EMFILE", "instance")]
    [TestCase("inotify_add_watch", "ENOSPC", "watch")]
    public void Events_WhereNoWatchIsLeft_SayItOnceAndPoll(string call, string error, string missing)
    {
        Needs("strace", "-qq", "-o", "/dev/null", "true");
        using var events = RunningProgram.Start(
            "strace",
            [
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                $"trace={call}",
                "-e",
                $"inject={call}:error={error}",
                RunningProgram.Monitor,
                "events",
                "--follow",
                .. Options(),
            ]
        );
        events.WaitFor("first-image");
        events.WaitFor($"polled, not watched: no inotify {missing} is left for this user");

        _folder.Append("messages", Second);
        events.WaitFor("second-image");
        // Neither directory can be watched, and that is one thing to say.
        Assert.That(events.Output.Count(line => line.Contains("polled", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void Events_AsAUserWhoMayNotRead_SayAsWhomAndGoOnWhenHeMay()
    {
        TempFolder.SetMode(_folder.Path, (UnixFileMode)0b111_101_101);
        Needs("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "test", "-x", RunningProgram.Monitor);
        TempFolder.SetMode(_folder["messages"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var events = RunningProgram.Start(
            "setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", RunningProgram.Monitor, "events", "--follow", .. Options()],
            [("HOME", "/")]
        );

        events.WaitFor("not readable: as uid 65534, file mode 0600");
        TempFolder.SetMode(_folder["messages"], (UnixFileMode)0b110_100_100);
        events.WaitFor("first-image");
    }

    [Test]
    public void Events_WhenAnotherFileSystemIsMountedOverTheDirectory_GoOnInIt()
    {
        Needs("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", _folder.Path);
        using var events = RunningProgram.Start("unshare", ["-m", RunningProgram.Monitor, "events", "--follow", .. Options()]);
        events.WaitFor("first-image");

        // Only the program's own view of the files changes.
        Beside("mount", "-t", "tmpfs", "tmpfs", _folder.Path);
        events.WaitFor("messages: missing");
        Beside("sh", "-c", $"printf '{Second.Trim()}\n' > '{_folder["messages"]}'");
        events.WaitFor("second-image");

        void Beside(params string[] command) => Assert.That(Shell.Run("nsenter", ["-t", $"{events.Pid}", "-m", .. command]), Is.Zero);
    }

    [Test]
    public void Status_WithFewDescriptors_TakesNoLogForGone()
    {
        // More logs than descriptors, each of a build that runs.
        for (var number = 0; number < 200; number++)
        {
            _folder.Append(
                "messages",
                $"Nov 22 12:00:03 factory /rabbit2packer.py: packer build starting, see: /log//i{number}.managed.json.log for details\n"
            );
            _folder.Append($"log/i{number}.managed.json.log", "==> openstack: Launching server...\n");
        }

        // How many descriptors the program itself holds depends on the runtime: lower the limit until the logs do not fit beside them.
        var (code, printed) = Enumerable
            .Range(0, 12)
            .Select(step => StatusWithin(descriptors: 140 - (5 * step)))
            .First(told => told.Code != 0);

        // The object is the first line; what could not be read is said behind it, with the exit code for that.
        var builds = JsonDocument.Parse(printed.Split('\n')[0]).RootElement.GetProperty("builds").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(3), printed[^200..]);
            Assert.That(builds.Select(build => build.GetProperty("state").GetString()), Is.All.EqualTo("building"));
            Assert.That(builds, Has.Count.GreaterThan(60));
        });

        (int Code, string Printed) StatusWithin(int descriptors) =>
            Shell.Tell(
                "",
                "sh",
                "-c",
                $"ulimit -Sn {descriptors}; ulimit -Hn {descriptors}; exec '{RunningProgram.Monitor}' status --json {Quoted()}"
            );
    }

    [TestCase("status")]
    [TestCase("status --json")]
    [TestCase("events")]
    [TestCase("doctor")]
    public void Command_OntoAFullDisk_SaysThatNotAllIsThere(string command)
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("needs /dev/full");

        Assert.That(
            Shell.Tell("", "sh", "-c", $"exec '{RunningProgram.Monitor}' {command} {Quoted()} > /dev/full"),
            Is.EqualTo(
                (OutputFailed, "packuilon-monitor: standard output: No space left on device; the output is incomplete\n")
            )
        );
    }

    [TestCase("status", ">&-")]
    [TestCase("events", ">&-")]
    [TestCase("status", "2>&-")]
    [TestCase("status", "<&-")]
    public void Command_WithAClosedDescriptor_EndsWell(string command, string closed) =>
        Assert.That(Shell.Tell("", "sh", "-c", $"exec '{RunningProgram.Monitor}' {command} {Quoted()} {closed}").Code, Is.Zero);

    [TestCase("status --messages /nonexistent", "2>/dev/full >/dev/null", 3)]
    [TestCase("status --messages /nonexistent", "2>&- >/dev/null", 3)]
    [TestCase("status --nonsense", "2>/dev/full", 64)]
    [TestCase("wait nothing@1", "2>/dev/full", 255)]
    [TestCase("health", ">/dev/full 2>/dev/full", 3)]
    [TestCase("health NONSENSE", ">/dev/full", 3)]
    public void Complaint_ThatCannotBePrinted_LeavesTheCode(string command, string onto, int code) => Assert.That(
        Shell.Tell("", "sh", "-c", $"exec '{RunningProgram.Monitor}' {command} {Quoted()} {onto}").Code,
        Is.EqualTo(code));

    [Test]
    public void Wait_OntoAFullDisk_KeepsItsVerdict()
    {
        _folder.Write(
            "messages",
            First
                + "Nov 22 12:00:02 factory /rabbit2packer.py: packer build starting, see: /log//first-image.managed.json.log for details\n"
                + "Nov 22 12:00:09 factory /rabbit2packer.py: Thread-1: packer exited with non zero exit code, first-image.managed.json build failed\n"
        );
        var id = JsonDocument
            .Parse(Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. Options()]).Printed)
            .RootElement.GetProperty("builds")[0]
            .GetProperty("id")
            .GetString();

        Assert.That(Shell.Tell("", "sh", "-c", $"exec '{RunningProgram.Monitor}' wait '{id}' {Quoted()} > /dev/full").Code, Is.EqualTo(1));
    }

    /// <summary>EL 7's kernel 3.10 has neither of the three calls: what is read must be the same, across a rotation too.</summary>
    [Test]
    public void Events_OnAKernelWithoutTheNewerCalls_LoseNothing()
    {
        Needs("strace", "-qq", "-o", "/dev/null", "true");
        _folder.Write("log/first-image.log", "==> openstack: Launching server...\n");
        using var events = RunningProgram.Start(
            "strace",
            [.. OldKernel(), RunningProgram.Monitor, "events", "--follow", "--json", .. Options()]
        );
        events.WaitFor("first-image");

        File.Move(_folder["messages"], _folder["messages.1"]);
        _folder.Append(
            "messages.1",
            "Nov 22 12:00:01 factory /rabbit2packer.py: packer build starting, see: /log/first-image.log for details\n"
        );
        _folder.Write("messages", Second);

        events.WaitFor("build-started");
        events.WaitFor("second-image");
        Assert.That(events.Output.Count(line => line.Contains("\"type\":\"job-taken\"", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void Status_OnAKernelWithoutTheNewerCalls_PrintsTheSame()
    {
        Needs("strace", "-qq", "-o", "/dev/null", "true");
        _folder.Write("log/first-image.log", "==> openstack: Launching server...\nBuild 'openstack' errored: no quota\n");
        _folder.Append(
            "messages",
            "Nov 22 12:00:01 factory /rabbit2packer.py: packer build starting, see: /log/first-image.log for details\n"
        );
        File.CreateSymbolicLink(_folder["log/link.log"], _folder["messages"]);
        Shell.Run("mkfifo", _folder["log/fifo.log"]);

        var usual = Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. Options()]);
        var old = Shell.Tell("", "strace", [.. OldKernel(), RunningProgram.Monitor, "status", "--json", .. Options()]);

        Assert.That(old, Is.EqualTo(usual));
        Assert.That(usual.Printed, Does.Contain("no quota").Or.Contain("Launching server"));
    }

    private static string[] OldKernel() =>
        ["-f", "-qq", "-o", "/dev/null", "-e", "trace=statx,openat2,memfd_create", "-e", "inject=statx,openat2,memfd_create:error=ENOSYS"];

    [Test]
    public void See_LinesThatNameOtherFiles_OpenNothingOutsideTheLogDirectory()
    {
        Needs("strace", "-qq", "-o", "/dev/null", "true");
        _folder.Write("log/real.log", "==> openstack: Launching server...\n");
        _folder.Write("secret.log", "Build 'openstack' errored: a secret\n");
        File.CreateSymbolicLink(_folder["log/link.log"], _folder["secret.log"]);
        File.CreateSymbolicLink(_folder["log/zero.log"], "/dev/zero");
        File.CreateSymbolicLink(_folder["log/out.managed.json.log"], "../secret.log");
        Directory.CreateDirectory(_folder["log/directory.log"]);
        Shell.Run("mkfifo", _folder["log/fifo.log"]);
        foreach (var path in HostilePaths())
            _folder.Append("messages", $"Nov 22 12:00:03 factory /rabbit2packer.py: packer build starting, see: {path} for details\n");

        var trace = _folder["trace"];
        var (code, printed) = Shell.Tell(
            "",
            "strace",
            ["-f", "-qq", "-o", trace, "-e", "trace=open,openat,openat2", RunningProgram.Monitor, "status", "--json", .. Options()]
        );

        var opened = File.ReadAllLines(trace)
            .Where(line =>
                HostilePaths()
                    .Append("secret")
                    .Append("kmsg")
                    .Append("shadow")
                    .Append("watchdog")
                    .Any(path => path.Length > 1 && line.Contains($"{path}\"", StringComparison.Ordinal))
            )
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero, printed);
            Assert.That(HostilePaths(), Has.Length.EqualTo(40));
            Assert.That(printed, Does.Not.Contain("a secret"));
            // What is looked at with O_PATH is not opened: no driver hears of it.
            Assert.That(opened.Where(line => !line.Contains("O_PATH", StringComparison.Ordinal)), Is.Empty);
            Assert.That(File.ReadAllText(trace), Does.Contain("O_PATH").And.Contain("openat"));
        });
    }

    private static string[] HostilePaths() =>
        [
            "../secret.log",
            "../../secret.log",
            "/etc/shadow",
            "../../../../../../etc/shadow",
            "/etc/passwd.log",
            "..",
            ".",
            "/",
            "",
            "/dev/zero",
            "/dev/watchdog",
            "/dev/full",
            "/dev/tty",
            "/dev/stdin",
            "/dev/fd/0",
            "/proc/self/mem",
            "/proc/kmsg",
            "/proc/self/environ",
            "/proc/self/fd/0",
            "/sys/kernel/notes",
            "link.log",
            "zero.log",
            "fifo.log",
            "directory.log",
            "directory.log/",
            "./link.log",
            "log/../../secret.log",
            "....//secret.log",
            "..\\secret.log",
            "%2e%2e/secret.log",
            "~/secret.log",
            "$HOME/secret.log",
            "secret.log\t",
            "-rf.log",
            ".hidden.log",
            "\u001b]0;x\u0007.log",
            "\u202egol.txt",
            new string('a', 4096) + ".log",
            "out.managed.json.log",
            "file:///etc/shadow",
        ];

    private string[] Options() =>
        [
            "--messages",
            _folder["messages"],
            "--log-dir",
            _folder["log"],
            "--config",
            _folder.Write("none.ini", ""),
            "--time-zone",
            "UTC",
            "--now",
            "2026-11-22T12:30:00Z",
        ];

    private string Quoted() => string.Join(' ', Options().Select(word => $"'{word}'"));

    /// <summary>Skips the test where the program is not there or may not do this here.</summary>
    internal static void Needs(string program, params string[] arguments)
    {
        if (Shell.Run(program, arguments) != 0)
            Assert.Ignore($"{program} may not do here what the test needs");
    }
}
