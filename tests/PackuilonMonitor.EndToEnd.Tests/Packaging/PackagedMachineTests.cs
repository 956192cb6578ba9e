using System.Globalization;
using PackuilonMonitor.Tests.EndToEnd;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Packaging;

/// <summary>
/// One recorder and several users on a machine as the package lays it out: its own script makes user and folder, and the recorder runs as
/// its unit says. Users and folders are in a mount namespace of their own, so that nothing of this machine changes.
/// </summary>
[NonParallelizable]
public sealed class PackagedMachineTests
{
    private const int Patience = TestPatience.Milliseconds;
    private const string Store = "/var/lib/packuilon-monitor";

    /// <summary>RestrictSUIDSGID=yes without systemd: the kernel refuses to set either bit, also on folders.</summary>
    private const string Filter = """
        import ctypes, os, struct, sys
        calls = {90: 1, 91: 1, 268: 2, 452: 2, 83: 1, 258: 2}
        code = [(0x20, 0, 0, 0)]
        for number, place in calls.items():
            code += [(0x15, 0, 4, number), (0x20, 0, 0, 16 + 8 * place), (0x45, 0, 1, 0o6000)]
            code += [(0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7FFF0000)]
        code += [(0x06, 0, 0, 0x7FFF0000)]
        text = b"".join(struct.pack("HBBI", *one) for one in code)
        held = ctypes.create_string_buffer(text, len(text))
        program = struct.pack("HxxxxxxQ", len(code), ctypes.addressof(held))
        if ctypes.CDLL(None, use_errno=True).prctl(22, 2, ctypes.c_char_p(program), 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "no filter")
        os.execvp(sys.argv[1], sys.argv[1:])
        """;

    private TempFolder _folder = null!;
    private RunningProgram _recorder = null!;

    private string[] Sources =>
        ["--messages", _folder["messages"], "--log-dir", _folder["log"], "--config", "/dev/null", "--time-zone", "UTC"];

    [SetUp]
    public void InstallAndBegin()
    {
        if (!Environment.IsPrivilegedProcess || System.Runtime.InteropServices.RuntimeInformation.OSArchitecture
            is not System.Runtime.InteropServices.Architecture.X64)
            Assert.Ignore("needs root, and x64");
        foreach (var program in (string[])["setpriv", "nsenter", "unshare", "python3", "useradd"])
            Shell.Needs(program);
        _folder = new TempFolder();
        TempFolder.SetMode(_folder.Path, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(_folder["log"]);
        Directory.CreateDirectory(_folder["machine"]);
        File.WriteAllText(_folder["messages"], "");
        Write("Starting", "Starting Thread-1");
        Build("lab");
        Shell.Run("chgrp", "-R", "adm", _folder["messages"], _folder["log"]);
        Shell.Run("chmod", "0640", _folder["messages"]);
        Shell.Run("chmod", "0750", _folder["log"]);
        _folder.Write("filter.py", Filter);
        var start = _folder.Write(
            "start",
            $"""
            set -e
            M='{_folder["machine"]}'
            mount -t tmpfs tmpfs "$M"
            mkdir "$M/etc" "$M/etc.work" "$M/lib" "$M/lib.work"
            mount -t overlay overlay -o "lowerdir=/etc,upperdir=$M/etc,workdir=$M/etc.work" /etc
            mount -t overlay overlay -o "lowerdir=/var/lib,upperdir=$M/lib,workdir=$M/lib.work" /var/lib
            sh '{Repository.Place("packaging/deb/postinst")}' configure
            for user in user-ada user-bob; do useradd --no-create-home --groups adm $user; done
            useradd --no-create-home user-eve
            umask {Unit("UMask")}
            cd /
            exec python3 '{_folder["filter.py"]}' setpriv --reuid={Unit("User")} --regid={Unit("Group")} --clear-groups \
                env -i {Unit("Environment")} PATH=/usr/bin:/bin '{RunningProgram.Monitor}' record {string.Join(' ', Sources)}

            """
        );
        _recorder = RunningProgram.Start("unshare", ["-m", "sh", start]);
        _recorder.WaitFor("recording into " + Store);
    }

    [TearDown]
    public void End()
    {
        _recorder?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public void Store_IsWrittenByTheRecorderAlone_AndReadByTheUsersOfItsGroup()
    {
        Assert.That(() => As("user-ada", "history", "--json").Printed, Does.Contain("\"keptLines\":2").After(Patience, 500));

        var (ada, bob, eve) = (As("user-ada", "history"), As("user-bob", "log", "lab", "--plain"), As("user-eve", "history"));

        Assert.Multiple(() =>
        {
            Assert.That(ada.Code, Is.Zero, ada.Printed);
            Assert.That(ada.Printed, Does.Contain("lab"));
            Assert.That(bob, Is.EqualTo((0, "==> lab: built\nBuild 'lab' finished.\n")), "bob");
            Assert.That(eve.Code, Is.Not.Zero, eve.Printed);
            Assert.That(eve.Printed, Does.Not.Contain("lab"));
            Assert.That(Modes("%y %m %u %g", "-maxdepth 0"), Is.EqualTo("d 2750 packuilon-monitor adm\n"));
            Assert.That(
                Modes("%m %u %g %f", "-mindepth 1 -type d").Split('\n', StringSplitOptions.RemoveEmptyEntries),
                Is.EquivalentTo(
                    new[] { "2750 packuilon-monitor adm lines", "2750 packuilon-monitor adm seen", "3770 packuilon-monitor adm asked" }
                )
            );
            Assert.That(
                Modes("%m %u %g", "-type f").Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(),
                Is.EqualTo(new[] { "640 packuilon-monitor adm" })
            );
        });
        string[] attempts =
        [
            $"echo x >> {Store}/history.db",
            $"rm {Store}/recorder.lock",
            $"echo x > {Store}/lines/x",
            $"echo x > {Store}/x",
        ];
        foreach (var attempt in attempts)
            Assert.That(As("user-ada", attempt).Code, Is.Not.Zero, attempt);
        Assert.That(As("user-eve", $"ls {Store}").Code, Is.Not.Zero);
    }

    [Test]
    public void Users_MuteForEachOther_AndEachHasAMarkOfTheirOwn()
    {
        TmuxTerminal.Require();
        var muted = As("user-ada", "mute", "BUILD_FAILED", "4h", "--sticky");
        var mutes = As("user-bob", $"cat {Store}/mutes.json");
        using (var dashboard = Dashboard("user-ada"))
        {
            dashboard.WaitFor("recorder <10s");
            Build("web", "packer exited with non zero exit code, web.managed.json build failed");
            dashboard.WaitFor("1 FAILED");
            dashboard.Keys("U");
            dashboard.WaitFor("marked as seen");
            dashboard.Keys("q");
            Assert.That(dashboard.ExitCode(), Is.Zero);
        }

        Assert.That(() => Modes("%m %u", "-path '*/seen/*' -type f"), Is.EqualTo("640 packuilon-monitor\n").After(Patience, 100));
        var (ada, bob) = (As("user-ada", "status", "--since-seen"), As("user-bob", "status", "--since-seen"));
        var theirs = As("user-ada", $"echo hello > {Store}/asked/hello; stat -c %a {Store}/asked/hello");
        var others = As("user-bob", $"rm -f {Store}/asked/hello");

        Assert.Multiple(() =>
        {
            Assert.That(muted.Code, Is.Zero, muted.Printed);
            Assert.That(mutes.Printed, Does.Contain("BUILD_FAILED").And.Contain("\"user-ada\""), "bob knows who muted it");
            Assert.That(ada.Printed, Does.Match("^since .*: nothing ended\n"), "ada has seen it, and has no home");
            Assert.That(bob.Printed, Does.Contain("nothing is marked as seen yet"));
            Assert.That(theirs.Code, Is.Zero, theirs.Printed);
            Assert.That(others.Code, Is.Not.Zero, "nobody removes what somebody else asked for");
            Assert.That(_recorder.Output.Where(line => line.Contains("denied", StringComparison.Ordinal)), Is.Empty);
        });
    }

    private void Build(string image, string end = "image built successfully: ")
    {
        Write($"Thread-1 processing {image}", $"packer build starting, see: /log//{image}.managed.json.log for details");
        _folder.Write($"log/{image}.managed.json.log", $"==> {image}: built\nBuild '{image}' finished.\n");
        Write($"Thread-1: {end}{(end.EndsWith(": ", StringComparison.Ordinal) ? image + ".managed.json" : "")}");
    }

    private void Write(params string[] texts)
    {
        var stamp = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        foreach (var text in texts)
            _folder.Append("messages", $"{stamp}+00:00 vm /rabbit2packer.py: {text}\n");
    }

    /// <summary>What a command of the monitor prints to a user of that machine, or a line for the shell.</summary>
    private (int Code, string Printed) As(string user, params string[] words) =>
        Shell.Tell("", "nsenter", ["-t", $"{_recorder.Pid}", "-m", .. Becoming(user), .. Words(words)]);

    private string[] Words(string[] words) =>
        words is [var line] && line.Contains(' ', StringComparison.Ordinal) ? ["sh", "-c", line]
        : words is ["history" or "mute", ..] ? [RunningProgram.Monitor, .. words]
        : [RunningProgram.Monitor, .. words, .. Sources];

    private static string[] Becoming(string user) =>
    [
        "setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups",
        "env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=tmux",
    ];

    private TmuxTerminal Dashboard(string user) =>
        TmuxTerminal.Start(
            $"nsenter -t {_recorder.Pid} -m {string.Join(' ', Becoming(user))} '{RunningProgram.Monitor}' {string.Join(' ', Sources)}",
            140,
            40,
            ("LC_ALL", "C.UTF-8")
        );

    private string Modes(string form, string which) =>
        Shell.Tell("", "nsenter", "-t", $"{_recorder.Pid}", "-m", "sh", "-c", $"find {Store} {which} -printf '{form}\\n'").Printed;

    /// <summary>What the unit of the recorder says.</summary>
    private static string Unit(string key) =>
        File.ReadLines(Repository.Place("packaging/systemd/packuilon-monitor-record.service"))
            .Where(line => line.StartsWith(key + "=", StringComparison.Ordinal))
            .Select(line => line[(key.Length + 1)..])
            .Single();
}
