using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Alerts;

/// <summary>A restarted recorder goes on where the last one stopped: what was announced is not announced again.</summary>
public sealed class RecordedHealthTests
{
    private RecordedHealth _health = null!;

    [SetUp]
    public void Begin() => _health = new RecordedHealth("north");

    [Test]
    public void Nothing_IsKnownOfAnEmptyRecording() =>
        Assert.That((new RecordedHealth(null).IsAny, new RecordedHealth(null).Raised().Any()), Is.EqualTo((false, false)));

    [Test]
    public void Raised_IsWhatWasNotCleared()
    {
        Turn("raised", "BUILD_FAILED", 0, "a");
        Turn("raised", "WORKER_LOST", 1, "b");
        Turn("cleared", "BUILD_FAILED", 2);

        var check = _health.Raised().Single();

        Assert.That(
            (check.Last.Check.Code, check.Since, check.Last.Factory, check.Last.Check.Items.Single().Id, _health.IsAny),
            Is.EqualTo((CheckCode.WorkerLost, Given.Noon.AddSeconds(1), "north", "b", true)));
    }

    [Test]
    public void Changed_AddsAndTakesItems_AndKeepsSinceWhen()
    {
        Turn("raised", "BUILD_FAILED", 0, "a", "b");
        Turn("changed", "BUILD_FAILED", 5, ["c"], ["a"]);

        var check = _health.Raised().Single();

        Assert.That(
            (string.Join(',', check.Last.Check.Items.Select(item => item.Id)), check.Since),
            Is.EqualTo(("b,c", Given.Noon)));
    }

    [Test]
    public void Changed_OfACheckThatWasNotRaised_IsPassedOver()
    {
        Turn("changed", "BUILD_FAILED", 5, ["c"], []);
        Turn("raised", "NO_SUCH", 5);

        Assert.That((_health.Raised(), _health.IsAny), Is.EqualTo((Array.Empty<WatchedCheck>(), true)));
    }

    [Test]
    public void OwnCheck_IsOfNoFactory()
    {
        Turn("raised", "HISTORY_OFF", 0, "x");

        Assert.That(_health.Raised().Single().Last.Factory, Is.Null);
    }

    /// <summary>The notices after the restart, while the check has one item, then two, then three.</summary>
    [TestCase(null, "a a,b a,b,c", Description = "nothing was announced")]
    [TestCase(-1, "a a,b a,b,c", Description = "an alarm before this one")]
    [TestCase(0, "a,b a,b,c", Description = "as it was raised: the second item is news")]
    [TestCase(4, "a,b a,b,c")]
    [TestCase(5, "a,b,c", Description = "as it changed: only a third item is news")]
    public void Announced_IsNotAnnouncedAgain(int? announced, string told)
    {
        Turn("raised", "DAEMON_DOWN", 0, "a");
        Turn("changed", "DAEMON_DOWN", 5, ["b"], []);
        if (announced is { } second)
            _health.Take(Key("DAEMON_DOWN", second));

        Assert.That(Told(HealthWatch.Having(_health.Raised()), "a", "a,b", "a,b,c"), Is.EqualTo(told));
    }

    [Test]
    public void Announced_TheNewestTime_Counts()
    {
        Turn("raised", "DAEMON_DOWN", 5, "a");
        _health.Take(Key("DAEMON_DOWN", 6));
        _health.Take(Key("DAEMON_DOWN", 1));

        Assert.That(Told(HealthWatch.Having(_health.Raised()), "a"), Is.Empty);
    }

    [TestCase("health DAEMON_DOWN")]
    [TestCase("health DAEMON_DOWN x")]
    [TestCase("health DAEMON_DOWN 0")]
    [TestCase("health DAEMON_DOWN -5")]
    [TestCase("health DAEMON_DOWN 9223372036854775807")]
    [TestCase("health NO_SUCH 639000000000000000")]
    [TestCase("DAEMON_DOWN 639000000000000000")]
    [TestCase("end norm@1")]
    public void Announced_UnderAnotherKey_IsPassedOver(string key)
    {
        Turn("raised", "DAEMON_DOWN", 0, "a");
        _health.Take(key);

        Assert.That(Told(HealthWatch.Having(_health.Raised()), "a"), Is.EqualTo("a"));
    }

    private static string Key(string code, int second) =>
        RecordedHealth.KeyOf(
            new HealthNotice(Given.Noon, null, CheckCodes.Of(code)!.Value, Severity.Error, "", true), Given.Noon.AddSeconds(second));

    /// <summary>The items of each notice while the check has these items, five minutes each.</summary>
    private static string Told(HealthWatch watch, params string[] items)
    {
        var (told, now) = (new List<string>(), Given.Noon.AddMinutes(1));
        foreach (var some in items)
        {
            var check = new Check(
                CheckCode.DaemonDown,
                Severity.Error,
                [.. some.Split(',').Select(id => new HealthItem(id, "", Given.Noon))],
                CheckSummary.Of(some),
                ""
            );
            for (var second = 0; second < 300; second++, now = now.AddSeconds(1))
            {
                (watch, var notices) = watch.See([new RaisedCheck("north", check)], now);
                told.AddRange(notices.Select(notice => notice.Text.Split(' ')[^1]));
            }
        }

        return string.Join(' ', told);
    }

    private void Turn(string turn, string code, int second, params string[] items) => Turn(turn, code, second, items, []);

    private void Turn(string turn, string code, int second, string[] items, string[] gone) =>
        _health.Take(
            Given.Seen(new HealthTurned(turn, code, "ERROR", null, items.Length, "x") { Items = [.. items], Gone = [.. gone] }, second));
}
