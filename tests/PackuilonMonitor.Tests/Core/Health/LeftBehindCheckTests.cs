using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Tests.Core.Packer;
using static PackuilonMonitor.Tests.Core.Health.GivenHealth;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>LEFT_BEHIND: no line reports that somebody has cleaned up, so a mute or time ends it.</summary>
public sealed class LeftBehindCheckTests
{
    private static readonly string Item = $"norm.a.json/{GivenLog.Server}";

    private static readonly string[] Failed =
    [
        .. Began,
        "12:01:00 r Thread-1 processing norm",
        "12:01:01 r packer build starting, see: /logs/norm.a.json.log for details",
        "12:01:09 r Thread-1: packer exited with non zero exit code, norm.a.json build failed",
    ];

    [Test]
    public void ServerOfAFailedBuild_IsRaised_WithTheCommandThatDeletesIt()
    {
        var check = Check(State(GivenLog.Start).At("12:02:00"));

        Assert.That(check!.Items.Select(item => item.Id), Is.EqualTo(new[] { Item }));
        Assert.That(check.Do, Is.EqualTo($"openstack server delete {GivenLog.Server}"));
    }

    [Test]
    public void BuildThatClearedUp_RaisesNothing() =>
        Assert.That(Check(State([.. GivenLog.Start, .. GivenLog.ClearingUp]).At("12:02:00")), Is.Null);

    [Test]
    public void RunningBuild_RaisesNothing() =>
        Assert.That(Check(After(Failed[..^1]).Apply(Log("norm.a.json.log", "12:01:08", GivenLog.Start)).At("12:01:08")), Is.Null);

    [Test]
    public void Mute_OfTheItem_TakesItOutOfTheWhole()
    {
        var mute = new Mute(CheckCode.LeftBehind, Item, Time("12:02:00"), null, false, "ada", [Item], Severity.Warn);

        Assert.That(Check(State(GivenLog.Start).At("12:03:00", mutes: [mute]))!.Items.Single().Muted, Is.True);
    }

    [TestCase(13, true)]
    [TestCase(15, false)]
    public void TwoWeeks_EndIt(int days, bool raised)
    {
        var health = HealthChecks.Evaluate(State(GivenLog.Start), null, Time("12:02:00").AddDays(days), HealthLimits.Usual, Around);

        Assert.That(Check(health), raised ? Is.Not.Null : Is.Null);
    }

    private static MonitorState State(IEnumerable<string> log) => After(Failed).Apply(Log("norm.a.json.log", "12:01:08", log));

    private static Check? Check(FactoryHealth health) => health.Checks.FirstOrDefault(check => check.Code is CheckCode.LeftBehind);
}
