using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Panes;

public sealed class TimelineTests
{
    private static readonly Snapshot Day = Afternoon().Snapshot;

    /// <summary>Two hours with bars of every end, on three threads and one that died.</summary>
    private static InventedFactory Afternoon()
    {
        var factory = new InventedFactory().Worker("8:00:00", 1).Worker("8:00:01", 2).Worker("8:00:02", 3).Worker("8:00:03", 4);
        foreach (var hour in new[] { 9, 10, 11 })
        {
            factory
                .WholeBuild($"{hour}:00:00", 1, InventedDay.Gateway, "managed", 7)
                .WholeBuild($"{hour}:20:00", 2, InventedDay.Compute, "managed", 9);
        }

        return factory
            .WholeBuild("14:35:00", 1, InventedDay.Storage, "unmanaged", 14)
            .WholeBuild("15:00:00", 2, InventedDay.Compute, "managed", 30)
            .WholeBuild("15:31:00", 3, InventedDay.Storage, "managed", 3)
            .WholeBuild("15:34:30", 3, InventedDay.Storage, "unmanaged", 2)
            .Line("15:39:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("gateway-el9-x86_64.json"), "CI profile rebuilt")
            .Line("15:39:00", Speaker.Cdb2Rabbit, new ProfileUpdated("gateway-el9-x86_64.json"), "Profile has updated")
            .Line("15:39:01", Speaker.Cdb2Rabbit, new MessagePushing(), "Pushing message to queue for build")
            .Taken("15:40:00", 2, InventedDay.Gateway)
            .Started("15:40:00", InventedDay.Gateway, "unmanaged")
            .Failed("15:44:00", 2, InventedDay.Gateway, "unmanaged")
            .Started("15:44:01", InventedDay.Gateway, "managed")
            .Logged(
                InventedDay.Gateway,
                "managed",
                [
                    .. InventedFactory.Steps(InventedDay.Gateway).Take(6).Select((line, place) => ($"15:44:{5 + place * 9:00}", line)),
                    ("15:50:00", "\u001b[1;31m==> openstack: Timeout waiting for SSH.\u001b[0m"),
                    ("15:50:01", "==> openstack: Terminating the source server: 954c334e-1111-4222-8333-444455556666 ..."),
                    ("15:50:30", "Build 'openstack' errored: Timeout waiting for SSH."),
                ]
            )
            .Failed("15:50:32", 2, InventedDay.Gateway, "managed")
            .Taken("15:58:01", 4, "testbed-el7-x86_64")
            .Line(
                "15:58:03",
                Speaker.Rabbit2Packer,
                new WorkerFailed(Refusal.TemplateMissing),
                "Could not find packer template file, exiting"
            )
            .Taken("16:10:00", 1, InventedDay.Storage)
            .Started("16:10:00", InventedDay.Storage, "managed")
            .Logged(
                InventedDay.Storage,
                "managed",
                ("16:10:10", "==> openstack: Launching server..."),
                ("16:15:00", "Cancelling build after receiving interrupt"),
                ("16:15:01", "Build 'openstack' errored: Build was cancelled."),
                ("16:15:01", "Cleanly cancelled builds after being interrupted.")
            )
            .Failed("16:15:02", 1, InventedDay.Storage, "managed")
            .Taken("16:30:03", 3, InventedDay.Storage)
            .Started("16:30:04", InventedDay.Storage, "unmanaged")
            .Taken("16:33:03", 2, InventedDay.Compute)
            .Started("16:33:04", InventedDay.Compute, "managed")
            .Logged(
                InventedDay.Compute,
                "managed",
                [.. InventedFactory.Steps(InventedDay.Compute).Take(6).Select((line, place) => ($"16:33:{5 + place * 4:00}", line))]
            )
            .Good("16:34:00", 3, InventedDay.Storage, "unmanaged")
            .Started("16:34:01", InventedDay.Storage, "managed")
            .Line("16:40:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("gateway-el9-x86_64.json"), "CI profile rebuilt")
            .Line("16:40:00", Speaker.Cdb2Rabbit, new ProfileUpdated("gateway-el9-x86_64.json"), "Profile has updated")
            .Line("16:40:01", Speaker.Cdb2Rabbit, new MessagePushing(), "Pushing message to queue for build")
            .Event("16:41:51", new LogDirectoryRead());
    }

    private static IEnumerable<TestCaseData> Pictures()
    {
        foreach (var (columns, rows) in new[] { (80, 24), (140, 40), (100, 30), (60, 16), (40, 10), (200, 50) })
        {
            foreach (var ascii in new[] { false, true })
            {
                yield return new TestCaseData("Timeline", new[] { "t", "j", "j", "k", "h" }, columns, rows, ascii);
                yield return new TestCaseData("Steps", new[] { "2", "t", "h", "Enter" }, columns, rows, ascii);
            }
        }
    }

    [TestCaseSource(nameof(Pictures))]
    public void Render_TwoHours_AsExpected(string name, string[] keys, int columns, int rows, bool ascii)
    {
        // The steps have a screen of their own where they do not stand below the bars.
        var state = Screens.Of(Day, new Size(80, 24), InventedDay.Paint(ascii)).Press(keys) with { Size = new Size(columns, rows) };

        Golden.Matches($"{name}.{columns}x{rows}.{(ascii ? "ascii" : "utf8")}.txt", state.Text());
    }

    [TestCase("Timeline", "t j j k h")]
    [TestCase("Steps", "2 t h Enter")]
    public void Render_InColours_AsExpected(string name, string keys)
    {
        var paint = new Paint(Palette.Dark, Glyphs.Unicode, TimeZoneInfo.Utc, InventedDay.Now);
        var state = Screens.Of(Day, new Size(80, 24), paint).Press(keys.Split(' '));

        Golden.Matches($"{name}.80x24.styled.txt", Styled.Of(Picture.Render(state, [])));
    }

    /// <summary>A bar that ends behind the window goes on at its edge; one that ends before it has its end, whatever that is.</summary>
    [TestCase(18, '>')]
    [TestCase(19, '>')]
    [TestCase(20, 'X')]
    public void Bar_AtTheEdgeOfTheWindow_GoesOnOrEnds(int minutes, char sign)
    {
        var end = Day.Ended.First(row => row.Build is { } build && build.Worker?.Number == 2).Build!.EndedAt!.Value;
        var axis = new TimeAxis(end.AddMinutes(-19), TimeSpan.FromMinutes(1), minutes);
        var into = new CellBuffer(new Size(minutes, 1), ascii: true);

        new TimelineChart(Day, axis, 0, InventedDay.Paint(ascii: true))
            .Lane(into, 0, Lanes.Of(Day).Single(lane => lane.Thread == 2), null);

        Assert.That(into[0, minutes - 1].Grapheme, Is.EqualTo($"{sign}"));
    }

    [TestCase("t", 1, "storage-el9-x86_64.mgd", Description = "the cursor was on the first worker")]
    [TestCase("4 t", 3, "storage-el9-x86_64.mgd", Description = "a worker that built nothing: the build that began last")]
    [TestCase("2 t", 2, "compute-el8-x86_64.mgd", Description = "the build of the row that was left")]
    [TestCase("2 t h", 2, "gateway-el9-x86_64.mgd")]
    [TestCase("2 t h h l", 2, "gateway-el9-x86_64.mgd")]
    [TestCase("2 t h k", 1, "storage-el9-x86_64.mgd", Description = "the nearest in time")]
    [TestCase("2 t h k k k", 1, "storage-el9-x86_64.mgd")]
    [TestCase("2 t h h h", 2, "compute-el8-x86_64.mgd")]
    [TestCase("2 t h z", 2, "gateway-el9-x86_64.mgd", Description = "the window goes to where the cursor is")]
    [TestCase("2 t h z Z Z Z", 2, "gateway-el9-x86_64.mgd")]
    public void Keys_OfTheTimeline_GoFromBarToBarAndFromWorkerToWorker(string keys, int thread, string name)
    {
        var state = Screens.Of(Day).Press(keys.Split(' '));

        var build = Selection.Build(state);
        Assert.That((build?.Worker?.Number, build is null ? "" : Words.Name(build)), Is.EqualTo(((int?)thread, name)));
        Assert.That(
            Lists.Of(state.Shown.Factories, state.User.Place, Pane.Whole, state.Shown.Now).Any(row => row.Build?.Id == build!.Id),
            Is.True,
            "it is in the list"
        );
    }

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void I_OnTheTimeline_ShowsTheRowWhole_UntilItIsPressedAgain(int columns, int rows)
    {
        var start = Screens.Of(Day, new Size(columns, rows), InventedDay.Paint(ascii: true)).Press("t", "j", "j", "k");
        var whole = start.Press("i");

        Assert.That(whole.Text(), Does.Contain("STUCK").And.Contain("compute-el8-x86_64.mgd on T2"));
        Assert.That(whole.Press("i").Text(), Is.EqualTo(start.Text()));
        Assert.That(whole.Press("Esc").Text(), Is.EqualTo(start.Text()));
    }

    [Test]
    public void OlderBar_BeforeTheWindow_MovesTheWindow_AndAtTheOldestSaysSo()
    {
        var state = Screens.Of(Day).Press("2", "t", "h", "h", "h");
        Assert.That(state.User.Place.Window.Until, Is.Null, "15:00 is still in it");

        var before = state.Press("h");
        Assert.That(Selection.Build(before)?.StartedAt, Is.EqualTo(InventedFactory.At("11:20:00")));
        Assert.That(before.User.Place.Window.Until, Is.LessThan(InventedFactory.At("13:00:00")));
        Assert.That(before.Press("h", "h", "h").User.Notice?.Text, Does.Contain("began nothing before this"));
        Assert.That(before.Press("l", "l", "l", "l", "l").User.Place.Window.Until, Is.Null, "the present is at the right edge again");
    }

    [Test]
    public void At_OnTheTimeline_PutsThatMomentInTheMiddle()
    {
        var state = Screens.Of(Day).Press("t").Do(new PastCommand(PastAct.At, "11:00"));

        Assert.That(state.User.Place.Window.Until, Is.EqualTo(InventedFactory.At("12:00:00")));
        Assert.That(state.Text(), Does.Contain("TIMELINE  2 h to 12:00"));
    }

    [Test]
    public void Span_AtItsEnds_SaysSo()
    {
        var state = Screens.Of(Day).Press("t");

        Assert.That(state.Press("z", "z").User.Notice?.Text, Is.EqualTo("this is the shortest span"));
        Assert.That(state.Press("Z", "Z", "Z", "Z").User.Notice?.Text, Is.EqualTo("this is the longest span"));
        Assert.That(state.Press("Z", "Z", "Z").Text(), Does.Contain("TIMELINE  7 days"));
    }

    [Test]
    public void Enter_OpensTheStepsWhereTheyAreNotShown_AndTheLogFromThere()
    {
        var narrow = Screens.Of(Day).Press("2", "t", "h", "Enter");
        Assert.That(narrow.User.Place.Screen, Is.EqualTo(ScreenKind.Steps));
        Assert.That(narrow.Press("Enter").User.Place.Screen, Is.EqualTo(ScreenKind.Log));
        Assert.That(Screens.Of(Day, new Size(140, 40)).Press("2", "t", "h", "Enter").User.Place.Screen, Is.EqualTo(ScreenKind.Log));
    }

    [Test]
    public void Picture_WithinAColumnOfTime_StandsStillButForTheClock()
    {
        var state = Screens.Of(Day).Press("t");
        var bars = Bars(state);
        var changes = Enumerable
            .Range(1, 103)
            .Select(seconds => Bars(state with { Now = state.Now.AddSeconds(seconds) }))
            .Prepend(bars)
            .ToList();

        Assert.That(changes.Zip(changes.Skip(1)).Count(pair => pair.First != pair.Second), Is.EqualTo(1), "it moves once in 103 seconds");

        static string Bars(ScreenState state) => string.Join('\n', state.Text().Split('\n').Skip(3).Take(7));
    }

    [TestCase("14:00:00", "12:00:00")]
    [TestCase("16:41:56", "14:41:00")]
    public void Axis_EndsWithTheColumnOfNow(string now, string from)
    {
        var axis = TimeAxis.Of(TimeWindow.Start, 70, InventedFactory.At(now));

        Assert.That(axis.Column, Is.EqualTo(TimeSpan.FromSeconds(103)));
        Assert.That(axis.ColumnOf(InventedFactory.At(now)), Is.EqualTo(69));
        Assert.That(axis.From, Is.EqualTo(InventedFactory.At(from)).Within(TimeSpan.FromSeconds(103)));
        Assert.That((axis.Contains(axis.From), axis.Contains(axis.Until)), Is.EqualTo((true, false)));
    }
}
