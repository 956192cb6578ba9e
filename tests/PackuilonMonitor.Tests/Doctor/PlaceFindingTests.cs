using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Doctor;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Doctor.People;

namespace PackuilonMonitor.Tests.Doctor;

/// <summary>Settings, the host and the terminal, each once well and once ill.</summary>
public sealed class PlaceFindingTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Settings_WithAComplaint_AreNoted()
    {
        var path = _folder.Write("config.ini", "");
        var found = ConfigurationFindings
            .OfSettings([path], [$"{path}: [x] y: no such section", "TZ: no such time zone: X"], People.Root)
            .ToList();

        Finds(found[0], Grade.Fine, $"read from {path}");
        Finds(found[1], Grade.Note, "no such section", $"${{EDITOR:-vi}} {path}");
        Finds(found[2], Grade.Note, "no such time zone", "unset TZ");
    }

    [Test]
    public void Keys_WithAWrongLine_KeepTheDashboardFromBeginning()
    {
        var path = _folder.Write("keys.conf", "help = Shift-j\n");

        Finds(
            ConfigurationFindings.OfKeys([path, _folder["none"]], People.Root).Single(),
            Grade.Wrong,
            "J would do; the dashboard does not start with it",
            $"${{EDITOR:-vi}} {path}"
        );
        var stranger = Account.Of("Uid:\t1\t4242\t1\t1\nGid:\t1\t4242\t1\t1\nGroups:\n", "", "");
        Assert.That(ConfigurationFindings.OfKeys([path], stranger).Single().Commands, Is.EqualTo(new[] { $"sudo ${{EDITOR:-vi}} {path}" }));
        Finds(ConfigurationFindings.OfKeys([_folder.Write("keys.conf", "help = F3\n")], People.Operator).Single(), Grade.Fine, "read from");
    }

    [Test]
    public void Factory_WithoutItsConfiguration_SaysWhatIsTaken() => Finds(
        ConfigurationFindings.OfFactory(_folder["none"], FactoryConfiguration.Default, MonitorState.Empty, People.Operator).Single(),
        Grade.Note, "is not there: logs are expected in /etc/packer-utils/log", "packuilon-monitor doctor --config FILE");

    [Test]
    public void Factory_WithFewerThreadsThanConfigured_IsNoted()
    {
        var state = Given.After("12:00:00 Starting", "12:00:00 Starting Thread-1");

        var found = ConfigurationFindings
            .OfFactory(_folder.Write("config.ini", "[rabbit2packer]\n"), new FactoryConfiguration("/logs", 4), state, People.Operator)
            .ToList();

        Finds(found[0], Grade.Fine, "LOG_DIR /logs, THREAD_COUNT 4");
        Finds(found[1], Grade.Note, "1 of 4 threads live");
    }

    /// <summary>The daemon started before these lines: a restart would end builds for threads that may be well.</summary>
    [Test]
    public void Factory_WhoseStartWasNotRead_MissesOnlyThreadsThatEnded()
    {
        var state = Given.After("12:00:00 Thread-1: reconnecting to channel", "12:00:01 Thread-2: reconnecting to channel");
        var later = Given.After("12:00:00 Thread-1: reconnecting to channel", "12:00:02 Exception in thread Thread-2:");

        Finds(Threads(state), Grade.Fine, "2 of 4 threads seen; the others may be idle since before these lines");
        Finds(Threads(later), Grade.Note, "3 of 4 threads live");

        Finding Threads(MonitorState of) =>
            ConfigurationFindings
                .OfFactory(_folder.Write("config.ini", "[rabbit2packer]\n"), new FactoryConfiguration("/logs", 4), of, People.Operator)
                .Last();
    }

    [Test]
    public void Hook_ThatCannotBeRun_IsNotedAndTheWebhookNotTried()
    {
        var path = _folder.Write("hook", "");
        var found = NotifyFindings.Of(new NotifySettings { Hook = [path], Webhook = new Uri("https://hooks.example.org/secret") }).ToList();

        Finds(found[0], Grade.Fine, "hooks.example.org receives failed, lost, stuck, worker-lost, health; not tried now");
        Assert.That(found[0].Text, Does.Not.Contain("secret"));
        Finds(found[1], Grade.Note, "cannot be run", $"chmod +x {path}");
        Finds(NotifyFindings.Of(new NotifySettings { Hook = [_folder["none"]] }).Single(), Grade.Note, "is not there");
        Finds(NotifyFindings.Of(new NotifySettings { Hook = ["/bin/sh"] }).Single(), Grade.Fine, "can be run");
    }

    [Test]
    public void History_ByItsPlace()
    {
        TempFolder.SetMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var place = _folder["state/within"];
        var stranger = Account.Of("Uid:\t1\t4242\t1\t1\nGid:\t1\t4242\t1\t1\nGroups:\n", "", "");
        Finding Of(Account account, HistorySettings settings) => StateFindings.Of(settings, account, _ => null);

        Finds(Of(People.Root, new HistorySettings(StateDirectory: place)), Grade.Fine, "which will be created");
        Finds(
            Of(stranger, new HistorySettings(StateDirectory: place)),
            Grade.Note,
            $"{_folder.Path} may not be written to",
            $"sudo install -d -o 4242 -m 700 {place}"
        );
        Finds(Of(People.Root, new HistorySettings(StateDirectory: _folder.Write("file", "") + "/x")), Grade.Note, "is no directory");
        Finds(Of(People.Root, new HistorySettings(On: false)), Grade.Fine, "off");
        Finds(Of(People.Root, new HistorySettings()), Grade.Note, "neither HOME nor XDG_STATE_HOME is set",
            "export HOME=$(getent passwd root | cut -d: -f6)");
        Finds(
            StateFindings.Of(new HistorySettings(), People.Root, name => name == "HOME" ? _folder.Path : null),
            Grade.Fine,
            $"{_folder.Path}/.local/state/packuilon-monitor"
        );
    }

    [TestCase(null, 128, Grade.Fine, "changes are noticed at once")]
    [TestCase(null, 2, Grade.Note, "a user may have 2 watchers only")]
    [TestCase("no space", 128, Grade.Note, "directories cannot be watched (no space)")]
    public void Watches_ByTrialAndLimit(string? trouble, int instances, Grade grade, string said) =>
        Finds(HostFindings.OfWatches(trouble, instances), grade, said);

    [TestCase("100                  1048576", 1, "ulimit -n 1026")]
    [TestCase("100                  1026", 1, "ulimit -n 1026")]
    [TestCase("100                  1025", 1, "sudo prlimit --pid $$ --nofile=1026")]
    [TestCase("1024                 1048576", 600, "ulimit -n 2224")]
    [TestCase("512                  1048576", 0, null)]
    [TestCase("513                  1048576", 1, null)]
    [TestCase("unlimited            unlimited", 1, null)]
    public void Descriptors_ByTheirLimitAndTheFilesOfTheLog(string limits, int files, string? command)
    {
        var found = HostFindings.OfDescriptors($"Max processes 1 1 processes\nMax open files       {limits}          files", files);

        Assert.That((found.Grade, found.Commands), Is.EqualTo(command is null ? (Grade.Fine, []) : (Grade.Note, new[] { command })));
    }

    [TestCase(Grade.Note, "dumb", "TERM is \"dumb\"")]
    [TestCase(Grade.Fine, "xterm", "TERM xterm")]
    public void Terminal_ByItsKind(Grade grade, string term, string said) =>
        Finds(TerminalFindings.Of(name => name == "TERM" ? term : null, isTerminal: true, new DisplaySettings()).First(), grade, said);

    [Test]
    public void Terminal_WithoutUtf8InTmux_SaysWhatThatMeans()
    {
        var found = TerminalFindings
            .Of(name => name is "TERM" or "TMUX" or "NO_COLOR" ? "screen" : null, isTerminal: false, new DisplaySettings())
            .ToList();

        Finds(found[0], Grade.Note, "standard output is not one");
        Finds(found[1], Grade.Note, "not UTF-8", "export LANG=C.UTF-8");
        Finds(found[2], Grade.Fine, "none, by NO_COLOR");
        Finds(found[3], Grade.Fine, "allow-passthrough on");
        Finds(found[4], Grade.Fine, "type: reset");
    }
}
