using System.Globalization;
using System.Text.Json.Nodes;
using PackuilonMonitor.Tests.EndToEnd;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>Two factories with equal images that are shipped to one real RabbitMQ and read side by side.</summary>
public sealed class SeveralShippedTests
{
    private static readonly string[] Names = ["harwell", "oxford"];

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, StillFactory> _factories = [];
    private RabbitServer _server = null!;
    private string _near = "";
    private string _far = "";

    [OneTimeSetUp]
    public void Ship()
    {
        _server = new RabbitServer();
        (_factories["harwell"], _factories["oxford"]) = (new StillFactory(), new StillFactory(seed: 2));
        _near = _folder.Write("near.ini", string.Concat(_factories.Select(factory => factory.Value.Section(factory.Key))));
        _far = _folder.Write("far.ini", string.Concat(Names.Select(name => $"[factory {name}]\nfrom = {Server}\n")));
        foreach (var name in Names)
        {
            using var ship = RunningProgram.Start(
                RunningProgram.Monitor,
                ["ship", "--to", Server, "--factory", name, "--settings", _near, .. Moment]
            );
            ship.WaitFor("shipping to");
            // It publishes before it follows, and tells only that it begins.
            Assert.That(
                () => Builds(Status("--from", Server, "--factory", name)).Count,
                Is.EqualTo(BuildsRead(name)).After(TestPatience.Milliseconds, 200)
            );
            ship.End();
        }
    }

    [OneTimeTearDown]
    public void End()
    {
        foreach (var factory in _factories.Values)
            factory.Dispose();
        _server?.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Status_OfSections_AndOfSeveralOptions_IsThatOfEachFactory()
    {
        var near = Status("--settings", _near);
        foreach (var far in new[] { Status("--settings", _far), Status("--from", Server, "--factory", "oxford", "--factory", "harwell") })
        {
            foreach (var name in Names)
            {
                Assert.That(Of(far, "workers", name), Is.EqualTo(Of(near, "workers", name)), name);
                Assert.That(Of(far, "rejected", name), Is.EqualTo(Of(near, "rejected", name)), name);
                Assert.That(
                    Builds(far)
                        .Where(build => build["factory"]!.GetValue<string>() == name)
                        .Select(build => build["id"]!.GetValue<string>()),
                    Is.EqualTo(
                        Builds(near)
                            .Where(build => build["factory"]!.GetValue<string>() == name && build["logPath"] is not null)
                            .Select(build => build["id"]!.GetValue<string>())
                    ),
                    name
                );
            }
        }
    }

    [Test]
    public void Since_WhereToBegin_IsWhereTheStreamIsReadFrom()
    {
        int Count(string since) =>
            Shell
                .Tell(
                    "",
                    RunningProgram.Monitor,
                    ["events", "--json", "--from", Server, "--factory", "harwell", "--since", since, .. Moment]
                )
                .Printed.Split('\n')
                .Count(line =>
                    line.Contains("\"program\"", StringComparison.Ordinal) && !line.Contains("\"text\":null", StringComparison.Ordinal)
                );

        var all = Count("first");
        Assert.Multiple(() =>
        {
            Assert.That(all, Is.GreaterThan(100));
            Assert.That(Count("40"), Is.EqualTo(all - 40), "an offset of the stream");
            Assert.That(Count("2000-01-01T00:00:00Z"), Is.EqualTo(all), "a time before all");
            Assert.That(Count("next"), Is.Zero, "only what comes from now on");
        });
    }

    [Test]
    public void Doctor_OfShippedFactories_SaysWhetherTheirStreamsCanBeRead()
    {
        var (code, printed) = Shell.Tell(
            "",
            RunningProgram.Monitor,
            "doctor",
            "--from",
            Server,
            "--factory",
            "harwell",
            "--factory",
            "nowhere",
            "--state-dir",
            _folder["state"]
        );

        Assert.That(code, Is.EqualTo(3));
        Assert.That(
            printed,
            Does.Match("ok     amqp://.*packuilon.events.harwell: can be read, [0-9]+ lines")
                .And.Match("unread amqp://.*packuilon.events.nowhere: NOT_FOUND")
        );
    }

    [Test]
    public void Dashboard_OfShippedFactories_GroupsThemAndReportsNothingOfTheirPast()
    {
        TmuxTerminal.Require();
        var hooks = _folder["hooks"];
        var settings = _folder.Write(
            "dashboard.ini",
            $"{File.ReadAllText(_far)}\n[notify]\nevents = failed, lost, cancelled, succeeded, stuck, worker-lost\n"
            + $"hook = [\"/bin/sh\", \"-c\", \"echo $0 $1 >> {hooks}\", \"{{event}}\", \"{{build}}\"]\n"
        );
        using var terminal = TmuxTerminal.Start(
            $"'{RunningProgram.Monitor}' --settings '{settings}' --no-history {string.Join(' ', Moment)}",
            140,
            40,
            ("LC_ALL", "C.UTF-8"),
            ("TERM", "tmux-256color")
        );
        var shown = Clock(
            terminal.WaitUntil(
                screen =>
                    screen.Contains(" harwell ")
                    && screen.Contains(" oxford ")
                    && screen.Contains("24 h: ")
                    && !screen.Contains("reading the logs"),
                "both factories"
            )
        );
        // Hooks are told two seconds late.
        terminal.WaitUntil(screen => Clock(screen) - shown >= TimeSpan.FromSeconds(4), "four seconds more");
        terminal.Literally(":factory oxford").Keys("Enter");
        terminal.WaitUntil(screen => screen.Contains(" oxford  ") && !screen.Contains("harwell"), "oxford alone");
        terminal.Keys("q");

        Assert.That(terminal.ExitCode(), Is.Zero);
        Assert.That(File.Exists(hooks) ? File.ReadAllText(hooks) : "", Is.Empty, "nothing that had happened before is told");
    }

    /// <summary>The time in the header.</summary>
    private static TimeSpan Clock(string screen) =>
        TimeSpan.TryParse(screen.Split('\n')[0].TrimEnd().Split(' ')[^1], CultureInfo.InvariantCulture, out var clock)
            ? clock
            : TimeSpan.Zero;

    private static string[] Moment => ["--time-zone", "UTC", "--now", StillFactory.Now];

    private string Server => $"amqp://guest:guest@127.0.0.1:{_server.Port}";

    private int BuildsRead(string name) => _factories[name].Builds.Count(build => build.Build is not null);

    private static JsonNode Status(params string[] arguments) =>
        JsonNode.Parse(Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. arguments, .. Moment]).Printed.Split('\n')[0])!;

    private static IReadOnlyList<JsonNode> Builds(JsonNode status) => [.. status["builds"]!.AsArray().Select(build => build!)];

    private static IEnumerable<string> Of(JsonNode status, string list, string name) =>
        status[list]!.AsArray().Where(one => one!["factory"]!.GetValue<string>() == name).Select(one => one!.ToJsonString());
}
