using PackuilonMonitor.Commands;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Configuration;

/// <summary>Which factories a command is about, by settings and options.</summary>
public sealed class FactoryChoiceTests
{
    private static readonly DateTimeOffset Clock = Given.Noon;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Of_Sections_TakesNothingOfThisHostForWhatTheyLeaveOut()
    {
        var all = Chosen(
            "[sources]\nmessages = /var/log/mine\ntime-zone = Europe/London\n[factory b]\nmessages = /b\nthreads = 7\n"
            + "[factory a]\nmessages = /a\nlog-dir = /a/log\ntime-zone = UTC\n[factory c]\nfrom = amqp://u:p@broker\n"
        );

        Assert.Multiple(() =>
        {
            Assert.That(all.Select(one => one.Name), Is.EqualTo(new[] { "a", "b", "c" }));
            Assert.That(all.Select(one => one.HasLogs), Is.EqualTo(new[] { true, false, false }));
            Assert.That(all.Select(one => one.Factory.ThreadCount), Is.EqualTo(new int?[] { null, 7, null }));
            Assert.That(all.Select(one => one.Zone.Id), Is.EqualTo(new[] { "UTC", "Europe/London", "Europe/London" }));
            Assert.That(all[1].Messages, Is.EqualTo(new[] { "/b" }));
            Assert.That(all[1].Logs().Scan().Logs, Is.Empty);
            Assert.That(all[2].From!.Queue, Is.EqualTo("packuilon.events.c"));
        });
    }

    [TestCase(
        "[factory a]\nlog-dir = /a",
        "[factory a] messages: is missing; give its system log, like messages = /var/log/hosts/a/messages"
    )]
    [TestCase(
        "[factory a]\nfrom = amqp://h\nmessages = /a",
        "[factory a] from: its events come from RabbitMQ or from logs, not both; leave out messages, journal and log-dir"
    )]
    [TestCase(
        "[factory a]\nmessages = /a\nlog-dir = /x/\n[factory b]\nmessages = /b\nlog-dir = /y/../x",
        "[factory b] log-dir: /y/../x is that of [factory a] too; give each factory a directory of its own"
    )]
    [TestCase(
        "[factory a]\nmessages = /a\nconfig = /nowhere",
        "[factory a] --config: no such file: /nowhere; give Packuilon's config.ini, usually /etc/packer-utils/config.ini"
    )]
    public void Of_ASectionThatCannotBe_IsWrongUse(string ini, string said) =>
        Assert.That(() => Chosen(ini), Throws.TypeOf<WrongUseException>().With.Message.EqualTo(said));

    [TestCase("from = http://host", "from: not an address of RabbitMQ; give one like amqp://user:password@host:5672")]
    [TestCase("threads = 0", "threads: not a whole number from 1 to 64: 0; give one like 4")]
    public void Section_OfAValueThatCannotBe_IsSaidWithoutIt(string line, string said) =>
        Assert.That(
            SettingsReading
                .Of(new SettingsPaths([_folder.Write("c.ini", $"[factory a]\n{line}\n")], Named: false), [])
                .Complaints.Single(),
            Does.EndWith($"[factory a] {said}")
        );

    [TestCase("--factory d", "--factory: no such factory: d; give a or b")]
    [TestCase("--factory a --messages /x", "--factory: no such factory: a; leave it out: other options say where the logs are")]
    [TestCase("--since first", "--since: only with --from amqp://…; the logs of this host are read whole")]
    public void Status_OfOptionsThatDoNotFit_IsWrongUse(string options, string said)
    {
        var settings = _folder.Write("c.ini", "[factory a]\nmessages = /a\n[factory b]\nmessages = /b\n");

        Assert.That(
            Shell.Tell("", RunningProgram.Monitor, ["status", "--settings", settings, .. options.Split(' ')]),
            Is.EqualTo((64, $"packuilon-monitor: {said}\n"))
        );
    }

    [Test]
    public void Status_OfOptionsThatDescribeOne_IsThatOneWithoutAName()
    {
        _folder.Write("m", "2026-11-22T12:00:00+00:00 factory /rabbit2packer.py: Thread-1 processing lab-sl7x-x86_64\n");
        var settings = _folder.Write("c.ini", "[factory a]\nmessages = /a\n");
        string[] one = ["status", "--json", "--messages", _folder["m"], "--log-dir", _folder.Path, "--time-zone", "UTC", "--no-history"];

        Assert.That(
            Shell.Tell("", RunningProgram.Monitor, [.. one, "--settings", settings]),
            Is.EqualTo(Shell.Tell("", RunningProgram.Monitor, one))
        );
        Assert.That(Shell.Tell("", RunningProgram.Monitor, one).Printed, Does.Not.Contain("\"factory\":").And.Not.Contain("\"factories\""));
    }

    [Test]
    public void Ship_OfSeveral_WantsOne()
    {
        var settings = _folder.Write("c.ini", "[factory a]\nmessages = /a\n[factory b]\nmessages = /b\n");

        Assert.That(Shell.Tell("", RunningProgram.Monitor, "ship", "--settings", settings, "--to", "amqp://127.0.0.1:1"),
            Is.EqualTo((64, "packuilon-monitor: --factory: which factory is to be shipped? give a or b\n")));
    }

    [Test]
    public void Doctor_OfSeveral_LooksAtEachAndFindsTheWrongOne()
    {
        _folder.Write("m", "2026-11-22T12:00:00+00:00 factory /rabbit2packer.py: Starting\n");
        Directory.CreateDirectory(_folder["log"]);
        var settings = _folder.Write(
            "c.ini",
            "[factory a]\nmessages = m\nlog-dir = log\n[factory b]\nmessages = m\n"
            + "log-dir = log\n[factory c]\nthreads = 2\n[factory d]\nmessages = m\n"
        );

        var (code, printed) = Shell.Tell("", RunningProgram.Monitor, "doctor", "--settings", settings, "--state-dir", _folder["state"]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(64));
            Assert.That(printed, Does.Contain("ok     factory a: checked below").And.Contain($"ok     {_folder["log"]}: can be listed"));
            Assert.That(printed, Does.Contain($"wrong  factory b: [factory b] log-dir: {_folder["log"]} is that of [factory a] too"));
            Assert.That(printed, Does.Contain("wrong  factory c: [factory c] messages: is missing"));
            Assert.That(printed, Does.Contain("ok     factory d: checked below").And.Contain("note   log directory: none is named"));
        });
    }

    private IReadOnlyList<Sources> Chosen(string ini)
    {
        var read = SettingsReading.Of(new SettingsPaths([_folder.Write("c.ini", ini)], Named: true), []);
        Assert.That(read.Complaints, Is.Empty);
        return FactoryChoice.Of(read.Settings, [], now: null, Clock);
    }
}
