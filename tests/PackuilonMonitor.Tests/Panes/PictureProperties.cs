using CsCheck;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Tests.App;
using Size = PackuilonMonitor.Cells.Size;

namespace PackuilonMonitor.Tests.Panes;

public sealed class PictureProperties
{
    private static readonly Snapshot Day = InventedDay.Factory().Snapshot;

    private static readonly string?[] Texts = [null, "el9", "(", "help"];

    private static readonly Gen<Size> AnySize = Gen.Select(Gen.Int[0, 200], Gen.Int[0, 60], (columns, rows) => new Size(columns, rows));

    private static readonly Gen<Command> AnyCommand = Gen.Select(
        Gen.Int[0, EveryCommand.All.Length - 1],
        Gen.Int[0, 9],
        Gen.Int[0, Texts.Length - 1],
        (command, number, text) => EveryCommand.With(EveryCommand.All[command], number, Texts[text])
    );

    [Test]
    public void Render_AnySizeAfterAnyCommands_FillsExactlyTheSize() =>
        Gen.Select(AnyCommand.Array[0, 12], AnySize, AnySize, Gen.Bool).Sample(
            (commands, size, other, ascii) =>
            {
                // The terminal may change its size between the commands and the picture.
                var state = Screens.Of(Day, size, InventedDay.Paint(ascii)).Do(commands);
                foreach (var shown in new[] { size, other })
                {
                    var lines = Picture.Render(state with { Size = shown }, []).ToLines();
                    Assert.That(lines, Has.Count.EqualTo(shown.Rows));
                    Assert.That(lines.All(line => line.Width == shown.Columns));
                    Assert.That(!ascii || lines.All(line => line.ToText().All(char.IsAscii)));
                }
            },
            iter: 700, threads: 1);

    [Test]
    public void Render_EverySizeOfTheOverview_FillsItAndNamesTheFirstWorkerWhereItFits()
    {
        for (var columns = 0; columns <= 200; columns += 7)
        {
            for (var rows = 0; rows <= 60; rows++)
            {
                var lines = Picture.Render(Screens.Of(Day, new Size(columns, rows)), []).ToLines();
                Assert.That((lines.Count, lines.All(line => line.Width == columns)), Is.EqualTo((rows, true)), $"{columns}x{rows}");
                if (columns >= 40 && rows >= 12)
                    Assert.That(lines.Any(line => line.ToText().Contains("T1", StringComparison.Ordinal)), $"{columns}x{rows}");
            }
        }
    }

    [Test]
    public void Render_HostileTextEverywhere_ShowsNoControl()
    {
        const string evil = "\u001b]0;x\u0007\u001b[2J\u202e\r\nname\u0000\u200b界\u0301";
        var factory = InventedDay.Factory()
            .Taken("16:41:50", 4, evil)
            .Line("16:41:51", Speaker.Rabbit2Packer, new WorkerCrashed(new WorkerId(4)), evil)
            .Line("16:41:51", Speaker.Cdb2Rabbit, new ProfileRebuilt(evil), evil)
            .Line("16:41:52", Speaker.Rabbit2Packer, new Unrecognised(evil), evil)
            .Event("16:41:52", new SourceSeen(new SourceHealth(new(evil), SourceState.Unreadable, evil, InventedDay.Now)), new(evil));
        var snapshot = factory.Snapshot;
        foreach (
            var command in new Command[]
            {
                ScreenAct.Overview,
                BuildAct.History,
                BuildAct.Chain,
                ScreenAct.Events,
                ScreenAct.Unrecognised,
                ScreenAct.Sources,
                ScreenAct.Timeline,
                ScreenAct.Help,
            }
        )
        {
            var state = Screens.Of(snapshot, new Size(140, 40))
                .Do(command, new ContentCommand(ContentAct.Find, Text: evil))
                .WithNotice(evil);
            foreach (var shown in new[] { state, state.Do(ContentAct.Back).WithNotice(evil) })
            {
                var text = string.Concat(Picture.Render(shown, []).ToLines().Select(line => line.ToText()));
                Assert.That(text.Any(letter => char.IsControl(letter) || letter is '\u202e' or '\u200b'), Is.False, command.ToString());
            }
        }
    }

    [Test]
    public void ScreenLayout_EverySize_PartsLieInsideAndDoNotOverlap()
    {
        Gen.Select(AnySize, Gen.Int[0, 40])
            .Sample(
                (size, workers) =>
                {
                    var layout = ScreenLayout.Of(size, workers);
                    var parts = new[]
                    {
                        layout.Header,
                        layout.Workers,
                        layout.Triggers,
                        layout.Recent,
                        layout.Preview,
                        layout.Events,
                        layout.Status,
                        layout.Hints,
                    }
                        .Where(part => !part.IsEmpty)
                        .ToArray();
                    Assert.That(parts.All(part => part.X == 0 && part.Width == size.Columns && part.Bottom <= size.Rows));
                    Assert.That(parts.Zip(parts.Skip(1)).All(pair => pair.First.Bottom <= pair.Second.Y));
                },
                iter: 3000
            );
    }

    [Test]
    public void ScreenLayout_FewerRows_RecentGoesBeforeTriggersAndWorkersStay()
    {
        var heights = Enumerable.Range(12, 13).Select(rows => ScreenLayout.Of(new Size(80, rows), 5)).ToArray();

        Assert.That(heights.Select(layout => layout.Workers.Height), Has.All.GreaterThanOrEqualTo(6));
        // CHANGES alone while there is too little for two, then half for each, then four rows for CHANGES and the rest for RECENT.
        Assert.That(
            heights.Select(layout => (layout.Triggers.Height, layout.Recent.Height)),
            Is.EqualTo(new[]
            {
                (0, 0), (0, 0), (3, 0), (4, 0), (5, 0), (3, 3), (4, 3), (4, 4), (5, 4), (6, 4), (6, 5), (6, 6), (6, 7),
            })
        );
        Assert.That((heights[^1].Height(Pane.Triggers), heights[^1].Height(Pane.Recent)), Is.EqualTo((4, 5)));
    }
}
