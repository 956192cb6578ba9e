using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.App;
using Size = PackuilonMonitor.Cells.Size;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>Every screen at every size that a terminal may claim to have.</summary>
[NonParallelizable]
public sealed class SizeTests
{
    private static readonly int[] Sides = [0, 1, 2, 19, 80, 500, 10_000, 65_535];

    private static readonly Snapshot Day = InventedDay.Factory().Snapshot;

    private static readonly Command[] Commands =
    [
        ScreenAct.Overview,
        BuildAct.History,
        BuildAct.Chain,
        ScreenAct.Events,
        ScreenAct.Unrecognised,
        ScreenAct.Sources,
        ScreenAct.Timeline,
        ScreenAct.Help,
    ];

    [Test]
    public void EveryScreen_AtEverySize_IsDrawnWithinIt()
    {
        foreach (var (columns, rows) in from columns in Sides from rows in Sides select (columns, rows))
        {
            var size = Drawn(columns, rows);
            foreach (var screen in Commands)
            {
                var lines = Picture.Render(Screens.Of(Day, size).Do(screen), []).ToLines();
                Assert.That(
                    (lines.Count, lines.All(line => line.Width == size.Columns)),
                    Is.EqualTo((size.Rows, true)),
                    $"{screen} at {columns}x{rows}"
                );
            }
        }
    }

    [Test]
    public void Overview_AsTheWindowTakesEverySize_SendsSequencesOfTheOwnListAlone()
    {
        using var terminal = new HeadlessTerminal(new Size(80, 24));
        var told = default(Size);
        terminal.Show(new ScreenContent
        {
            Picture = () => new Frame([.. Picture.Render(Screens.Of(Day, told, InventedDay.Paint()), []).ToLines()]),
            Resized = size => told = size,
            Key = _ => { },
            FramesPerSecond = int.MaxValue,
        });
        foreach (
            var (columns, rows) in new[]
            {
                (0, 0),
                (1, 1),
                (65_535, 65_535),
                (2, 500),
                (500, 2),
                (19, 65_535),
                (65_535, 1),
                (1, 80),
                (80, 24),
            }
        )
        {
            terminal.Resize(new Size(columns, rows)).Turn();

            Assert.That(terminal.App.Size, Is.EqualTo(Drawn(columns, rows)));
            Assert.That(SentBytes.FaultsOfScreen(System.Text.Encoding.UTF8.GetBytes(terminal.TakeBytes())), Is.Empty, $"{columns}x{rows}");
        }
    }

    [Test]
    public void Overview_AtTheLargestSize_TakesNoMoreThanItsCellsDo()
    {
        // A picture at 140x40 is the yard; 500x200 has 18 times its cells.
        var (small, large) = (Cost(new Size(140, 40)), Cost(new Size(500, 200)));

        TestContext.Out.WriteLine($"140x40: {small} bytes a picture, 500x200: {large}");
        Assert.That((double)large / small, Is.LessThan(18));
    }

    /// <summary>What is drawn on a terminal that claims this size.</summary>
    private static Size Drawn(int columns, int rows) =>
        columns == 0 || rows == 0 ? new Size(80, 24) : new Size(Math.Min(columns, 500), Math.Min(rows, 200));

    /// <summary>Bytes that a picture allocates, the caches of the runtime warm.</summary>
    private static long Cost(Size size)
    {
        var state = Screens.Of(Day, size, InventedDay.Paint());
        Picture.Render(state, []).ToLines();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Picture.Render(state, []).ToLines();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
