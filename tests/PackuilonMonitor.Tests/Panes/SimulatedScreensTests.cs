using System.Reactive.Concurrency;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>
/// Screens of simulated factories with every trouble, hour by hour: what workers, changes, builds and checks become of thousands of lines.
/// ACCEPT=1 rewrites them.
/// </summary>
public sealed class SimulatedScreensTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

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
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        var plan = new FactoryPlan
        {
            Seed = seed,
            Dialect = Dialect.All.First(one => one.Name == dialect),
            Scenario = Scenario.Rough with { NoisePerLine = 0.2, RotatedEvery = null },
        };
        var (factory, writer) = (new SimulatedFactory(plan), new FactoryWriter(folder["messages"], folder["log"]));
        var clock = new HistoricalScheduler(plan.Start);
        using var feed = new MonitorFeed(
            MonitorFeed.Files([folder["messages"]], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, plan.Start),
            [new BuildLogs(new LogDirectory(folder["log"]))],
            clock
        );
        var (state, text) = (MonitorState.Empty, new StringBuilder());
        for (var (look, end) = (1, plan.Start + Time); clock.Now < end; look++)
        {
            clock.AdvanceTo(clock.Now + Pace);
            writer.Write(factory.StepsUntil(clock.Now));
            state = feed.ReadAll().Aggregate(state, static (known, batch) => known.Apply(batch));
            if (look % 140 == 0)
                Draw(Snapshot.Of(state, new Facts(ThreadCount: 4)), clock.Now, text);
        }

        Golden.Matches($"Simulated.{dialect}.txt", text.Replace(folder.Path, "/x").ToString());
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
