using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Panes;

public sealed class PictureTests
{
    private static readonly (int Columns, int Rows)[] Sizes = [(80, 24), (120, 40), (140, 40), (40, 10), (20, 5)];

    private static readonly Snapshot Day = InventedDay.Read().Snapshot;

    private static readonly IReadOnlyList<CellLine> Preview =
        [.. Enumerable.Range(1, 12).Select(number => SafeText.Cells($"==> openstack: line {number} of the log"))];

    private static readonly string[] InColours = ["Overview", "Chain", "Events", "Health", "HealthItems", "Causes", "Lines", "Sources"];

    private static IEnumerable<TestCaseData> Pictures()
    {
        foreach (var (name, acts) in Cases())
        {
            foreach (var (columns, rows) in Sizes)
            {
                foreach (var ascii in new[] { false, true })
                    yield return new TestCaseData(name, acts, columns, rows, ascii).SetArgDisplayNames(
                        name,
                        $"{columns}x{rows}",
                        ascii ? "ascii" : "utf8"
                    );
            }
        }
    }

    private static IEnumerable<(string, Command[])> Cases() =>
        [
            ("Overview", []),
            ("Help", [new ScreenCommand(ScreenAct.Help)]),
            ("HelpForAll", [new ScreenCommand(ScreenAct.Help), new ScreenCommand(ScreenAct.Help)]),
            ("History", [new BuildCommand(BuildAct.History)]),
            ("Chain", [new BuildCommand(BuildAct.Chain)]),
            (
                "ChainOfRefused",
                [
                    new ContentCommand(ContentAct.NextPane),
                    new ContentCommand(ContentAct.NextPane),
                    new ContentCommand(ContentAct.LineDown),
                    new ContentCommand(ContentAct.Open),
                ]
            ),
            ("Events", [new ScreenCommand(ScreenAct.Events)]),
            ("Unrecognised", [new ScreenCommand(ScreenAct.Unrecognised)]),
            ("Sources", [new ScreenCommand(ScreenAct.Sources)]),
            ("Health", [new ScreenCommand(ScreenAct.Health)]),
            (
                "HealthItems",
                [
                    new ScreenCommand(ScreenAct.Health),
                    new ContentCommand(ContentAct.End),
                    new ContentCommand(ContentAct.LineUp),
                    new ContentCommand(ContentAct.NextPane),
                ]
            ),
            ("Causes", [new ScreenCommand(ScreenAct.Causes), new ContentCommand(ContentAct.Open), new ContentCommand(ContentAct.LineDown)]),
            ("Lines", [new ScreenCommand(ScreenAct.Worker, 3), new ContentCommand(ContentAct.Open)]),
            (
                "RecentAlone",
                [
                    new ContentCommand(ContentAct.NextPane),
                    new ContentCommand(ContentAct.NextPane),
                    new ContentCommand(ContentAct.FullScreen),
                    new ContentCommand(ContentAct.Find, Text: "storage"),
                ]
            ),
        ];

    [TestCaseSource(nameof(Pictures))]
    public void Render_EveryScreen_AsExpected(string name, Command[] commands, int columns, int rows, bool ascii)
    {
        var size = new Size(columns, rows);
        var picture = Picture.Render(Screens.Of(Day, size, InventedDay.Paint(ascii)).Do(commands), Preview);

        Golden.Matches($"{name}.{columns}x{rows}.{(ascii ? "ascii" : "utf8")}.txt", picture.ToText());
    }

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void Doctor_AsExpected(int columns, int rows)
    {
        string[] found =
        [
            "ok     user: uid 1000 (htv), groups 1000 (htv), 10 (wheel)",
            "unread /var/log/messages: No such file or directory: name the system log's file, or let rsyslog write one "
                + "(a host with the journal alone has none)",
            "type: packuilon-monitor doctor --messages PATH",
            "type: sudo apt-get install rsyslog   # or: sudo dnf install rsyslog",
            "note   terminal: TERM is not set",
            "a source cannot be read: see the lines that begin with unread",
        ];
        var lines = found.Select((text, line) =>
            new DoctorRow(
                line,
                text.Replace("type: ", "", StringComparison.Ordinal),
                text.StartsWith("unread", StringComparison.Ordinal),
                text.StartsWith("type", StringComparison.Ordinal)
            )
        );
        var state = Screens.Of(Day, new Size(columns, rows)).Press("R").Take(new DoctorRan(1, [.. lines])).State.Press("e", "i");

        Golden.Matches($"Doctor.{columns}x{rows}.txt", state.Text());
    }

    /// <summary>Below each line a letter for the style of each cell: what is bad, what runs, where the cursor is.</summary>
    [TestCaseSource(nameof(CasesInColours))]
    public void Render_InColours_AsExpected(string name, Command[] commands)
    {
        var paint = new Paint(Palette.Dark, Glyphs.Unicode, TimeZoneInfo.Utc, InventedDay.Now);

        var picture = Picture.Render(Screens.Of(Day, new Size(120, 40), paint).Do(commands), Preview);

        Golden.Matches($"{name}.120x40.styled.txt", Styled.Of(picture));
    }

    private static IEnumerable<TestCaseData> CasesInColours() =>
        Cases()
            .Where(one => InColours.Contains(one.Item1))
            .Select(one => new TestCaseData(one.Item1, one.Item2).SetArgDisplayNames(one.Item1));

    [TestCase(80, 24, "12 more below")]
    [TestCase(100, 24, null)]
    public void Workers_OutOfSight_AreCounted(int columns, int rows, string? says)
    {
        var factory = Enumerable
            .Range(1, columns == 80 ? 30 : 3)
            .Aggregate(new InventedFactory(), (factory, thread) => factory.Worker("8:00:00", thread));
        var snapshot = factory.Snapshot;

        var picture = Picture.Render(Screens.Of(snapshot, new Size(columns, rows), InventedDay.Paint(ascii: true)), Preview).ToText();

        Assert.That(picture, says is null ? Does.Not.Contain("more below") : Does.Contain(says));
    }

    [TestCase(120)]
    [TestCase(100)]
    [TestCase(99)]
    public void Overview_AroundAHundredColumns_ShowsNamesAndStepsWhole(int columns)
    {
        var picture = Picture.Render(Screens.Of(Day, new Size(columns, 30), InventedDay.Paint(ascii: true)), Preview).ToText();

        Assert.That(
            picture,
            Does.Contain("9/12 create image").And.Contain("silent 6:31, usual 0:23, worst 0:27").And.Contain("storage-el9-x86_64")
        );
    }

    [TestCase(40, "storage-el9$.mgd")]
    [TestCase(80, "storage-el9-x86_64.mgd")]
    public void Name_ThatDoesNotFit_KeepsItsTemplate(int columns, string shown) =>
        Assert.That(
            Picture.Render(Screens.Of(Day, new Size(columns, columns == 40 ? 10 : 24), InventedDay.Paint(ascii: true)), Preview).ToText(),
            Does.Contain(shown)
        );

    [Test]
    public void Header_OfAQueueThatRabbitMqMeasured_SaysSo()
    {
        var measured = Day.Next(Day.Factories[0].State.Apply(Given.Seen(new QueueMeasured(7))));
        var lines = Picture.Render(Screens.Of(measured, new Size(140, 40), InventedDay.Paint(ascii: true)), Preview).ToText().Split('\n');

        Assert.That(lines[1], Does.EndWith("queue 7 (broker)"));
        Assert.That(string.Join('\n', lines), Does.Contain("queue from broker").And.Not.Contain("queue inferred"));
    }

    [Test]
    public void Worker_ThatOpenedItsChannelAgain_IsIdleUnlessRabbitMqIsDown()
    {
        var factory = new InventedFactory()
            .Worker("8:00:00", 1)
            .Line("12:00:00", Speaker.Rabbit2Packer, new WorkerReconnecting(new WorkerId(1)), "Thread-1: reconnecting to channel");

        Assert.That(At("12:00:10"), Does.Contain("idle since 12:00:00").And.Not.Contain("RabbitMQ"), "each long build is followed by it");
        Assert.That(At("14:00:00"), Does.Contain("idle since 12:00:00").And.Not.Contain("silent").And.Not.Contain("RabbitMQ since"));
        factory.Line("14:00:20", Speaker.Cdb2Rabbit, new PushFailed(), "Error connecting to RabbitMQ server: refused");
        Assert.That(At("14:00:30"), Does.Contain("no connection to RabbitMQ"));

        string At(string time) =>
            Picture
                .Render(Screens.Of(factory.Snapshot, new Size(80, 24), InventedDay.Paint() with { Now = InventedFactory.At(time) }), [])
                .ToText();
    }

    [Test]
    public void Pane_ThatTheFocusHasLeft_ShowsWhatIsNew_AndWithTheFocusItSaysHowMuchLiesAbove()
    {
        var size = new Size(80, 24);
        var factory = new InventedFactory();
        for (var minute = 0; minute < 20; minute++)
            Build(minute);
        var state = Screens
            .Of(factory.Snapshot, size)
            .Do(ContentAct.NextPane, ContentAct.NextPane, ContentAct.LineDown, ContentAct.NextPane);
        for (var minute = 20; minute < 40; minute++)
            Build(minute);
        state = state with { Factories = factory.Snapshot };
        var there = state.Do(ContentAct.NextPane, ContentAct.NextPane);

        Assert.That(state.Text(), Does.Contain("image39").And.Not.Contain("more above"));
        Assert.That(there.Text(), Does.Contain("image18").And.Contain("more above"));

        void Build(int minute) =>
            factory
                .Taken($"9:{minute:00}:00", 1, $"image{minute}")
                .Started($"9:{minute:00}:00", $"image{minute}", "managed")
                .Good($"9:{minute:00}:30", 1, $"image{minute}", "managed");
    }
}
