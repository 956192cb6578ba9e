using System.Collections.Immutable;
using System.Text.Json;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Reports;

/// <summary>The one JSON object of health, schema 1: other programs rely on every key of it.</summary>
public sealed class HealthJsonTests
{
    private static readonly HealthItem Item = new("norm@1", "lost", Given.Noon);

    private static readonly Mute Sticky = new(
        CheckCode.BuildLost, null, Given.Noon, Given.Noon.AddHours(2), true, "ada", ["a", "b"], Severity.Warn);

    private static readonly Mute ForNow = new(
        CheckCode.WorkerLost, "Thread-1", Given.Noon.AddMinutes(1), null, false, "bob", ["Thread-1"], Severity.Error);

    /// <summary>One check with all that an item can have, one that is muted with as little as possible.</summary>
    [Test]
    public void Of_AReportWithEverything_HasEveryKey()
    {
        var full = Item with
        {
            Lines = [new EvidenceLine(Given.Messages, Given.Noon, "a line")],
            Severity = Severity.Warn,
            Build = "norm@1",
            Thread = Given.Worker(2),
            Profile = "norm.json",
            Path = "/logs/norm.log",
            Do = "look",
            Muted = true,
        };
        Check[] checks =
        [
            new(CheckCode.BuildFailed, Severity.Error, [full], CheckSummary.Of("a build failed"), "read"),
            new(CheckCode.WorkerLost, Severity.Warn, [Item with { Since = null }], CheckSummary.Of("a worker is lost"), "ask")
            {
                Mute = ForNow,
            },
        ];
        var report = new HealthReport([Health("oxford", checks, Sticky, ForNow)], []) { MutesPath = "/m", MutesAreHosts = true };

        Assert.That(
            HealthJson.Of(report),
            Is.EqualTo(
                """
                {"schema":1,"status":"ERROR","blind":false,"now":"2026-11-22T13:00:00+00:00","asOf":"2026-11-22T12:59:00+00:00",
                "since":"2026-11-22T12:00:00+00:00","checks":[
                {"factory":"oxford","code":"BUILD_FAILED","severity":"ERROR","count":1,"summary":"a build failed",
                "since":"2026-11-22T12:00:00+00:00","changedAt":"2026-11-22T12:00:00+00:00","do":"read","muted":null,"items":[
                {"id":"norm@1","text":"lost","since":"2026-11-22T12:00:00+00:00","severity":"WARN","lines":[
                {"source":"/var/log/messages","at":"2026-11-22T12:00:00+00:00","text":"a line"}],
                "build":"norm@1","thread":"Thread-2","profile":"norm.json","path":"/logs/norm.log","do":"look","muted":true}],
                "itemsOmitted":0},
                {"factory":"oxford","code":"WORKER_LOST","severity":"WARN","count":1,"summary":"a worker is lost",
                "since":null,"changedAt":null,"do":"ask","muted":
                {"at":"2026-11-22T12:01:00+00:00","until":null,"sticky":false,"by":"bob","items":["Thread-1"]},"items":[
                {"id":"norm@1","text":"lost","since":null,"severity":"WARN","lines":[],
                "build":null,"thread":null,"profile":null,"path":null,"do":"ask","muted":false}],
                "itemsOmitted":0}],
                "mutes":[{"factory":"oxford","code":"BUILD_LOST","at":"2026-11-22T12:00:00+00:00","until":"2026-11-22T14:00:00+00:00",
                "sticky":true,"by":"ada","items":["a","b"]}],"mutesOf":"host",
                "notJudged":[{"factory":"oxford","code":"LEFT_BEHIND","why":"no build logs are read here"}],
                "stages":[{"factory":"oxford","stage":"daemon","state":"runs","at":"2026-11-22T12:58:00+00:00","text":"well"}]}
                """.ReplaceLineEndings("")
            )
        );
    }

    /// <summary>A factory without a name has no such key; mutes are a user's, the host's, or nobody's.</summary>
    [TestCase(null, false, null)]
    [TestCase("/m", false, "user")]
    [TestCase("/m", true, "host")]
    public void Of_AFactoryWithoutAName_HasNoSuchKey_AndSaysWhoseTheMutesAre(string? path, bool areHosts, string? mutesOf)
    {
        var check = new Check(CheckCode.BuildFailed, Severity.Error, [Item], CheckSummary.Of("x"), "read");
        var report = new HealthReport([Health(null, [check], Sticky)], []) { MutesPath = path, MutesAreHosts = areHosts };

        using var json = JsonDocument.Parse(HealthJson.Of(report));

        Assert.That(json.RootElement.GetProperty("mutesOf").GetString(), Is.EqualTo(mutesOf));
        foreach (var list in new[] { "checks", "mutes", "notJudged", "stages" })
            Assert.That(json.RootElement.GetProperty(list)[0].TryGetProperty("factory", out _), Is.False, list);
    }

    /// <summary>A mute that lasts is told once: beside its check while that is raised, else alone.</summary>
    [TestCase(CheckCode.BuildLost, 0)]
    [TestCase(CheckCode.BuildFailed, 1)]
    public void Mute_ThatLasts_IsToldAlone_UnlessItsCheckIsRaised(CheckCode raised, int alone)
    {
        var check = new Check(raised, Severity.Error, [Item], CheckSummary.Of("x"), "read");

        using var json = JsonDocument.Parse(HealthJson.Of(new HealthReport([Health(null, [check], Sticky)], [])));

        Assert.That(json.RootElement.GetProperty("mutes").GetArrayLength(), Is.EqualTo(alone));
    }

    [TestCase(1, 0)]
    [TestCase(100, 0)]
    [TestCase(101, 1)]
    public void Items_AreTheFirstHundred(int count, int omitted)
    {
        ImmutableArray<HealthItem> items = [.. Enumerable.Range(0, count).Select(number => Item with { Id = $"{number}" })];
        var check = new Check(CheckCode.BuildFailed, Severity.Error, items, CheckSummary.Of("x"), "read");

        using var json = JsonDocument.Parse(HealthJson.Of(new HealthReport([Health(null, [check])], [])));

        var told = json.RootElement.GetProperty("checks")[0];
        Assert.That(
            told.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()),
            Is.EqualTo(Enumerable.Range(0, count - omitted).Select(number => $"{number}"))
        );
        Assert.That((told.GetProperty("count").GetInt64(), told.GetProperty("itemsOmitted").GetInt32()), Is.EqualTo((count, omitted)));
    }

    private static FactoryHealth Health(string? name, Check[] checks, params Mute[] mutes) =>
        new(
            name,
            FactoryHealth.WorstOf(checks),
            [.. checks],
            [new NotJudged(CheckCode.LeftBehind, "no build logs are read here")],
            Given.Noon.AddHours(1)
        )
        {
            AsOf = Given.Noon.AddMinutes(59),
            Stages = [new Stage("daemon", "runs", Given.Noon.AddMinutes(58), "well")],
            Mutes = new Mutes([.. mutes], []),
        };
}
