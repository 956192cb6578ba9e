using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>Where a text has no room, what tells most remains, and a sign shows that it is cut.</summary>
public sealed class CutTextTests
{
    private static readonly Paint Paint = InventedDay.Paint();

    [Test]
    public void Strip_ThatIsTooShort_EndsWithTheSign()
    {
        var names = Enumerable.Range(1, 9).Select(number => new BuildRow(GivenLogs.Build(BuildState.Failed, seconds: 60) with
        {
            Image = new($"image-with-a-long-name-{number}"),
        }));
        var into = new CellBuffer(new Size(80, RowStrip.Rows));
        RowStrip.Render(
            new CauseRow("masked", "Timeout waiting for SSH", [.. names]),
            new InventedFactory().Snapshot,
            into,
            Paint,
            ScreenForm.Narrow
        );

        var lines = into.ToText().TrimEnd('\n').Split('\n');
        Assert.That(lines[1], Does.Not.EndWith("…"));
        Assert.That(lines[^1], Does.EndWith("…"));
    }

    [Test]
    public void History_OfALongName_KeepsItsFigures()
    {
        const string image = "a-factory-with-an-uncommonly-long-name-of-its-image-sl7x-x86_64";
        var factory = new InventedFactory().Worker("10:00:00", 1);
        for (var hour = 10; hour < 16; hour++)
            factory.Taken($"{hour}:00:00", 1, image)
                .Started($"{hour}:00:01", image, "managed")
                .Good($"{hour}:0{hour - 9}:01", 1, image, "managed");

        var text = Screens.Of(factory.Snapshot, new Size(80, 24)).Press(":").Enter($"history {image}").State.Text();

        Assert.That(text, Does.Match("HISTORY of a-fac\\S+…\\S+  6/6 ok \\(100%\\)  newest half \\d+% slower"));
    }

    [Test]
    public void Turns_AreListedByTheirTimes_ThoughOneWasNoticedLate()
    {
        HealthEvent[] noticed =
        [
            Raised(CheckCode.ChangeNotBuilt, "17:55:14"),
            Raised(CheckCode.TriggerFailing, "17:55:12"),
            Raised(CheckCode.BuildFailed, "17:55:35"),
        ];
        var into = new CellBuffer(new Size(100, 5));
        HealthTurnsPane.Render(noticed, into, Paint, ScreenForm.Wide);

        Assert.That(
            into.ToText().TrimEnd('\n').Split('\n')[1..4].Select(line => line.Trim()[..8]),
            Is.EqualTo(new[] { "17:55:35", "17:55:14", "17:55:12" })
        );
    }

    private static HealthEvent Raised(CheckCode code, string at) =>
        new(InventedFactory.At(at), null, code, HealthTurn.Raised, Severity.Warn, null, 1, CheckSummary.Of("x"), [], []);
}
