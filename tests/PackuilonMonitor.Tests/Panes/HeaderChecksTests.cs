using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Tests.App;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>Which of the raised checks the header names, and in which words.</summary>
public sealed class HeaderChecksTests
{
    private const string Broker = "BROKER_DOWN RabbitMQ refuses connections since 12:46 (ACCESS_REFUSED)";

    private static readonly Paint Paint = InventedDay.Paint();

    private static readonly RaisedCheck[] Three =
    [
        Of(CheckCode.BuildFailed, "2 images without a good build", "12:30:00", 2),
        Of(CheckCode.BrokerDown, "RabbitMQ refuses connections since 12:46 (ACCESS_REFUSED)", "12:46:00"),
        Of(CheckCode.ChangeNotBuilt, "1 refused", "12:50:00"),
    ];

    /// <summary>By columns: the words where they have room, then the time alone, then the count of what is not there.</summary>
    [TestCase(120, $"BUILD_FAILED 2 12:30 | {Broker} | CHANGE_NOT_BUILT 1 12:50 |")]
    [TestCase(67, "BUILD_FAILED 2 12:30 | BROKER_DOWN 12:46 | CHANGE_NOT_BUILT 1 12:50 |")]
    [TestCase(66, "BUILD_FAILED 2 12:30 | BROKER_DOWN 12:46 | +1")]
    [TestCase(45, "BUILD_FAILED 2 12:30 | BROKER_DOWN 12:46 | +1")]
    [TestCase(44, "BUILD_FAILED 2 12:30 | +2")]
    [TestCase(25, "BUILD_FAILED 2 12:30 | +2")]
    public void Checks_InSoManyColumns(int room, string expected) => Assert.That(Shown(room, Three), Is.EqualTo(expected));

    [Test]
    public void FirstCheck_KeepsItsWords_ThoughOthersAreCountedThen() =>
        Assert.That(Shown(75, Three[1], Three[2]), Is.EqualTo($"{Broker} | +1"));

    /// <summary>Whatever the width, nothing is wider, nothing is forgotten, and more room never names fewer.</summary>
    [Test]
    public void Checks_InAnyRoom_AreNamedOrCounted()
    {
        var before = 0;
        for (var room = 0; room < 140; room++)
        {
            var checks = HeaderChecks.In(Named(Three), room, Paint);
            var width = checks.Shown.Sum(one => one.Text.Length) + HeaderChecks.Gap * (checks.Shown.Count - 1)
                + (checks.Hidden > 0 ? HeaderChecks.Gap + checks.More.Length : 0);
            Assert.That(checks.Shown.Count + checks.Hidden, Is.EqualTo(Three.Length));
            Assert.That(checks.Shown, Has.Count.AtLeast(Math.Max(1, before)));
            Assert.That(!checks.Fits || width <= room, $"{width} in {room}");
            before = checks.Shown.Count;
        }
    }

    private static string Shown(int room, params RaisedCheck[] raised)
    {
        var checks = HeaderChecks.In(Named(raised), room, Paint);
        return string.Join(" | ", checks.Shown.Select(one => one.Text).Append(checks.More)).TrimEnd();
    }

    private static (RaisedCheck Raised, string Text)[] Named(RaisedCheck[] raised) =>
        [.. raised.Select(one => (one, $"{one.Check.Code.Name()} {HealthWords.Short(one.Check, Paint)}"))];

    private static RaisedCheck Of(CheckCode code, string summary, string since, int count = 1) => new(
        null,
        new Check(
            code,
            Severity.Warn,
            [.. Enumerable.Range(0, count).Select(at => new HealthItem($"{at}", summary, InventedFactory.At(since)))],
            CheckSummary.Of(summary),
            ""
        )
    );
}
