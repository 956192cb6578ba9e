using System.Text.Json.Nodes;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>Two simulated factories with equal images and threads, named in the settings, in every report and on a real terminal.</summary>
public sealed class SeveralFactoriesTests
{
    private static readonly string[] Names = ["harwell", "oxford"];

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, StillFactory> _factories = [];
    private string _settings = "";

    [OneTimeSetUp]
    public void Begin()
    {
        _factories["oxford"] = new StillFactory(seed: 2);
        _factories["harwell"] = new StillFactory();
        _settings = _folder.Write("config.ini", string.Concat(_factories.Select(factory => factory.Value.Section(factory.Key))));
    }

    [OneTimeTearDown]
    public void End()
    {
        foreach (var factory in _factories.Values)
            factory.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Status_OfTwo_IsThatOfEachWithItsName()
    {
        var all = Json("status", "--json");
        var ids = new List<string>();
        foreach (var name in Names)
        {
            var alone = Alone(name);
            foreach (var list in new[] { "sources", "workers", "builds", "rejected", "triggers" })
            {
                var own = all[list]!
                    .AsArray()
                    .Where(one => one!["factory"]!.GetValue<string>() == name)
                    .Select(one => Without(one!, name))
                    .ToList();
                Assert.That(own, Is.EqualTo(alone[list]!.AsArray().Select(one => one!.ToJsonString())), $"{name}: {list}");
            }
        }

        ids.AddRange(all["builds"]!.AsArray().Select(build => build!["id"]!.GetValue<string>()));
        var starts = all["builds"]!.AsArray().Select(build => build!["startedAt"]!.GetValue<DateTimeOffset>()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.Unique.And.Count.EqualTo(_factories.Values.Sum(factory => factory.Builds.Count)));
            Assert.That(starts, Is.Ordered);
            Assert.That(
                all["workers"]!.AsArray().Select(worker => worker!["build"]?.GetValue<string>()).OfType<string>(),
                Is.SubsetOf(ids)
            );
            Assert.That(
                all["triggers"]!.AsArray().SelectMany(trigger => trigger!["builds"]!.AsArray()).Select(build => build!.GetValue<string>()),
                Is.SubsetOf(ids)
            );
            Assert.That(all["factories"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()), Is.EqualTo(Names));
            Assert.That(all["queue"]!["waiting"]!.GetValue<long>(), Is.EqualTo(_factories.Values.Sum(factory => factory.State.Waiting)));
        });
    }

    [Test]
    public void Status_OfOneByName_IsThatOneAlone()
    {
        var one = Json("status", "--json", "--factory", "oxford");

        Assert.That(one["factories"]!.AsArray().Select(factory => factory!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "oxford" }));
        Assert.That(
            one["builds"]!.AsArray(),
            Has.Count.EqualTo(_factories["oxford"].Builds.Count)
                .And.All.Matches<JsonNode?>(build => build!["factory"]!.GetValue<string>() == "oxford")
        );
    }

    [Test]
    public void Status_InWords_HasAHeadingForEach() =>
        Assert.That(
            Printed("status").Printed.Split('\n').Where(line => line.StartsWith("FACTORY", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "FACTORY harwell", "FACTORY oxford" })
        );

    [Test]
    public void Events_OfTwo_AreThoseOfEachInFileOrder()
    {
        var lines = Printed("events", "--json")
            .Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Where(line => line["text"] is not null)
            .ToList();
        foreach (var name in Names)
        {
            var alone = Shell
                .Tell("", RunningProgram.Monitor, ["events", "--json", .. Options(name)])
                .Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(
                lines.Where(line => line["factory"]!.GetValue<string>() == name).Select(line => Without(line, name)),
                Is.EqualTo(
                    alone.Select(line => JsonNode.Parse(line)!).Where(line => line["text"] is not null).Select(line => line.ToJsonString())
                )
            );
        }

        Assert.That(Printed("events").Printed, Does.Contain("  harwell     rabbit2packer  ").And.Contain("  oxford      rabbit2packer  "));
    }

    [Test]
    public void Log_OfANameBothHave_AsksForTheFactoryAndThenPrintsItsOwn()
    {
        var image = Common();
        var (code, printed) = Printed("log", image, "--plain");
        Assert.That(
            (code, printed),
            Is.EqualTo((64, $"packuilon-monitor: --factory: several factories have a build of {image}; give harwell or oxford\n"))
        );

        foreach (var name in Names)
            Assert.That(
                Printed("log", image, "--plain", "--factory", name),
                Is.EqualTo(Shell.Tell("", RunningProgram.Monitor, ["log", image, "--plain", .. Options(name)])),
                name
            );
        var id = _factories["oxford"].Builds.Last(build => build.Image.Text == image && !build.LogGone).Id;
        Assert.That(
            Printed("log", $"oxford/{id}", "--plain"),
            Is.EqualTo(Shell.Tell("", RunningProgram.Monitor, ["log", id, "--plain", .. Options("oxford")]))
        );
    }

    [Test]
    public void Wait_ForANameOrAnId_KnowsTheFactory()
    {
        var ended = _factories["oxford"].Builds.Last(build => build.State is BuildState.Succeeded);
        Assert.Multiple(() =>
        {
            Assert.That(
                Printed("wait", "lab"),
                Is.EqualTo((255, "packuilon-monitor: --factory: which factory is to build lab? give harwell or oxford\n"))
            );
            Assert.That(Printed("wait", $"oxford/{ended.Id}").Code, Is.Zero);
            Assert.That(Printed("wait", "lab", "--factory", "harwell", "--timeout", "0s").Code, Is.EqualTo(4));
        });
    }

    [Test]
    public void History_AfterTheDashboardSawBoth_HasTheBuildsOfEach()
    {
        using var terminal = Dashboard(140, 40);
        terminal.WaitFor("history ");
        terminal.WaitUntil(screen => screen.Contains($"history {_factories.Values.Sum(Ended)} builds"), "all builds remembered");
        terminal.Keys("q");
        Assert.That(terminal.ExitCode(), Is.Zero);

        var all = Json("history", "--json", "--state-dir", _folder["state"])["builds"]!.AsArray();
        foreach (var name in Names)
        {
            Assert.That(
                all.Where(build => build!["factory"]!.GetValue<string>() == name).Select(build => build!["id"]!.GetValue<string>()),
                Is.EquivalentTo(
                    _factories[name]
                        .Builds.Where(build => build.State is not BuildState.Building && build.StartedAt is not null)
                        .Select(build => $"{name}/{build.Id}")
                )
            );
            Assert.That(
                Json("history", "--json", "--factory", name, "--state-dir", _folder["state"])["builds"]!.AsArray(),
                Has.Count.EqualTo(Ended(_factories[name]))
            );
        }
    }

    [Test]
    public void Dashboard_OnARealTerminal_GroupsChoosesAndOpensTheRightLog()
    {
        using var terminal = Dashboard(140, 40);
        terminal.WaitUntil(
            screen =>
                screen.Contains(" 2 factories  ")
                && screen.Contains(" harwell ")
                && screen.Contains(" oxford ")
                && !screen.Contains("reading the logs"),
            "both factories"
        );
        terminal.Literally(":factory oxford").Keys("Enter");
        terminal.WaitUntil(screen => screen.Contains(" oxford  ") && !screen.Contains("harwell"), "oxford alone");
        var running = _factories["oxford"].Builds.First(build => build.State is BuildState.Building && build.Worker is not null);
        terminal.Literally($"{running.Worker!.Value.Number}");
        terminal.Keys("Enter");
        terminal.WaitUntil(screen => screen.Contains($"oxford/{running.Image.Text}"), "its log");
        terminal.Keys("Escape");
        terminal.WaitFor("WORKERS");
        terminal.Keys("Escape");
        terminal.WaitFor(" 2 factories  ");
        terminal.Resize(80, 24);
        terminal.WaitUntil(
            screen => screen.Contains(" harwell ") && screen.Contains(" oxford ") && screen.Contains("T4"),
            "both on a narrow screen"
        );
        terminal.Keys("q");
        Assert.That(terminal.ExitCode(), Is.Zero);
    }

    private string Common() => _factories["harwell"].Builds.Where(build => !build.LogGone).Select(build => build.Image.Text)
        .First(image => _factories["oxford"].Builds.Any(build => build.Image.Text == image && !build.LogGone));

    private static int Ended(StillFactory factory) =>
        factory.Builds.Count(build => build.State is not BuildState.Building && build.StartedAt is not null);

    private TmuxTerminal Dashboard(int columns, int rows)
    {
        TmuxTerminal.Require();
        return TmuxTerminal.Start(
            $"'{RunningProgram.Monitor}' --settings '{_settings}' --time-zone UTC "
            + $"--now {StillFactory.Now} --state-dir '{_folder["state"]}'",
            columns,
            rows,
            ("LC_ALL", "C.UTF-8")
        );
    }

    private JsonNode Alone(string name) =>
        JsonNode.Parse(Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. Options(name)]).Printed)!;

    private JsonNode Json(params string[] arguments) => JsonNode.Parse(Printed(arguments).Printed)!;

    private (int Code, string Printed) Printed(params string[] arguments) =>
        Shell.Tell("", RunningProgram.Monitor, [.. arguments, "--settings", _settings, "--time-zone", "UTC", "--now", StillFactory.Now]);

    private string[] Options(string name) => [.. _factories[name].Arguments.Split(' ').Select(word => word.Trim('\''))];

    /// <summary>The element as the factory alone prints it.</summary>
    private static string Without(JsonNode one, string name)
    {
        var copy = one.DeepClone().AsObject();
        copy.Remove("factory");
        return JsonNode.Parse(copy.ToJsonString().Replace($"\"{name}/", "\"", StringComparison.Ordinal))!.ToJsonString();
    }
}
