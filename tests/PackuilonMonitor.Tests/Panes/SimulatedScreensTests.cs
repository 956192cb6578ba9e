using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>
/// Screens of simulated factories with every trouble, hour by hour: what workers, changes, builds and checks become of thousands of lines.
/// ACCEPT=1 rewrites them.
/// </summary>
public sealed class SimulatedScreensTests
{
    private static readonly TimeSpan Time = TimeSpan.FromHours(7);

    private static readonly (string Name, string[] Keys)[] Shown =
    [
        ("overview", []),
        ("health", ["!"]),
        ("chain of the newest change", ["Tab", "T"]),
        ("chain of an older one", ["Tab", "Down", "Down", "Down", "T"]),
        ("history of the newest build", ["Tab", "Tab", "h"]),
        ("timeline", ["t"]),
        ("steps of the newest build", ["Tab", "Tab", "t", "Enter"]),
    ];

    [TestCase("f926600", 3UL)]
    [TestCase("e7ec5f0", 5UL)]
    [TestCase("9786a46", 7UL)]
    [TestCase("head", 9UL)]
    public void Render_ASimulatedFactory_AsExpected(string dialect, ulong seed)
    {
        using var factory = new ReadFactory(dialect, seed, Scenario.Rough with { NoisePerLine = 0.2, RotatedEvery = null });
        var text = new StringBuilder();
        for (var minute = 1; minute <= Time.TotalMinutes; minute++)
        {
            factory.Live(TimeSpan.FromMinutes(1));
            if (minute % 140 == 0)
                Draw(Snapshot.Of(factory.State, new Facts(ThreadCount: 4)), factory.Now, text);
        }

        Golden.Matches($"Simulated.{dialect}.txt", text.Replace(factory.Path, "/x").ToString());
    }

    private static void Draw(Snapshot snapshot, DateTimeOffset now, StringBuilder text)
    {
        foreach (var (name, keys) in Shown)
        {
            var paint = new Paint(Palette.Mono, Glyphs.Ascii, TimeZoneInfo.Utc, now);
            var state = Screens.Of(snapshot, new Size(150, name == "overview" ? 70 : 40), paint).Press(keys);
            text.Append($"======== {name} at {now:HH:mm}\n");
            text.AppendJoin('\n', state.Text().Split('\n').Select(line => line.TrimEnd(' '))).Append('\n');
        }
    }
}
