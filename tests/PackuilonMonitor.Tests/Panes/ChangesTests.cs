using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Text;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>What CHANGES and the way of a change say, from lines of the system log to text.</summary>
public sealed class ChangesTests
{
    private static readonly Size Narrow = new(80, 24);
    private static readonly Size Wide = new(140, 40);

    [Test]
    public void Changes_AreNewestFirstAlsoWithinASecond_UnfinishedOnTop()
    {
        var state = After([
            "11:50:00 rabbit2packer.py: Starting Thread-1",
            .. Pushed("12:00:00", "old"),
            "12:00:02 rabbit2packer.py: Thread-1 processing old",
            "12:00:03 rabbit2packer.py: packer build starting, see: /log/old.a.json.log for details",
            "12:05:00 cdb2rabbit.py: CI profile rebuilt: one.example.org.json",
            "12:05:00 cdb2rabbit.py: Error retriving profile: one.example.org.json",
            "12:05:00 cdb2rabbit.py: CI profile rebuilt: two.example.org.json",
            "12:05:00 cdb2rabbit.py: Profile has not updated: two.example.org.json",
        ]);

        Assert.That(Names(state), Is.EqualTo(new[] { "old", "two.json", "one.json" }));
    }

    [TestCase(80, "T1?: a building")]
    [TestCase(140, "queued 0:02 ──► T1?: a ● building  ? by queue order, not proven")]
    public void Change_WhoseTieNothingProves_BearsAQuestionMark(int columns, string said)
    {
        var state = After([
            .. Pushed("12:00:00", "tmp"),
            "12:00:02 rabbit2packer.py: Thread-1 processing other",
            "12:00:03 rabbit2packer.py: packer build starting, see: /log/other.a.json.log for details",
        ]);

        var row = Line(state, columns == 80 ? Narrow : Wide, "other");
        Assert.That(row, Does.Contain(said));
        Assert.That(row.TrimEnd(), Does.EndWith(" ?"));
    }

    [TestCase(80, "broken.json", "REFUSED: malformed profile", "not built")]
    [TestCase(140, "broken.json", "queued 0:02 ──► T2?: ✗ REFUSED malformed profile: JSONDecodeError('Expecting value: l", "not built")]
    public void Change_ThatWasRefused_SaysWhy(int columns, params string[] said)
    {
        var row = Line(After(Refused), columns == 80 ? Narrow : Wide, "broken");

        foreach (var words in said)
            Assert.That(row, Does.Contain(words));
    }

    [Test]
    public void Change_ThatFailed_IsRedWhereItFailedOnly()
    {
        var picture = Picture.Render(Screens.Of(Snapshot.Of(After(Refused), Facts.None), Wide, Paint(Palette.Dark)), []);
        var line = picture.ToLines().First(row => row.ToText().Contains("broken.json", StringComparison.Ordinal));

        Assert.That(
            string.Concat(line.Cells.ToArray().Where(cell => cell.Style == Palette.Dark.Bad).Select(cell => cell.Grapheme)),
            Is.EqualTo("✗ REFUSED")
        );
    }

    [TestCase(80, "FAILED Error connecting to R")]
    [TestCase(140, "✗ FAILED after 0:19: Error connecting to RabbitMQ server")]
    public void Run_ThatFailedBeforeItNamedAProfile_HasARow(int columns, string said)
    {
        var state = After(
            "12:00:00 cdp-listend[5]: Received UDP packet (cdb|1795348790) from 192.0.2.7",
            "12:00:00 cdp-listend[5]: Calling /usr/local/bin/cdb2rabbit.py now",
            "12:00:01 cdb2rabbit.py[100]: Starting",
            "12:00:19 cdb2rabbit.py[100]: Error connecting to RabbitMQ server:",
            "12:00:19 cdp-listend[5]: [ERROR] call of /usr/local/bin/cdb2rabbit.py failed: "
        );

        Assert.That(Line(state, columns == 80 ? Narrow : Wide, "no profile named"), Does.Contain(said));
    }

    [Test]
    public void Changes_ThatSayTheSameOnEachPacket_AreOneRowWithACount()
    {
        var state = After(
            Enumerable
                .Range(0, 4)
                .SelectMany(minute =>
                    (string[])
                        [
                            $"12:0{minute}:00 cdb2rabbit.py: CI profile rebuilt: gone.example.org.json",
                            $"12:0{minute}:00 cdb2rabbit.py: Error retriving profile: gone.example.org.json",
                            $"12:0{minute}:01 cdb2rabbit.py: CI profile rebuilt: same.example.org.json",
                            $"12:0{minute}:01 cdb2rabbit.py: Profile has not updated: same.example.org.json",
                        ]
                )
        );

        Assert.That(Line(state, Narrow, "gone.json"), Does.StartWith(" 12:03   gone.json").And.Contain("NOT BUILT: not downloaded, 4x"));
        Assert.That(Line(state, Narrow, "same.json"), Does.StartWith(" 12:03   same.json").And.Contain("4x unchanged"));
    }

    [Test]
    public void Change_ThatIsDone_ReportsItsImagesAndItsEnd()
    {
        var factory = new InventedFactory().Worker("7:00:00", 1)
            .Line("8:59:59", Speaker.Cdb2Rabbit, new ProfileRebuilt("web.example.org.json"), "")
            .Line("8:59:59", Speaker.Cdb2Rabbit, new MessagePushing(), "")
            .WholeBuild("9:00:00", 1, "web", "managed", 5);

        Assert.That(
            Line(factory.State, Narrow, "web", InventedFactory.At("9:10:00")),
            Does.Contain("ok  41c0ffee").And.EndWith("   09:05")
        );
    }

    [Test]
    public void Change_OfTwoTemplates_SaysWhenAllOfItIsDone()
    {
        var factory = new InventedFactory().Worker("7:00:00", 1);
        foreach (var hour in new[] { 8, 9, 10 })
        {
            factory.WholeBuild($"{hour}:00:00", 1, "web", "unmanaged", 5).Started($"{hour}:05:00", "web", "managed")
                .Good($"{hour}:15:00", 1, "web", "managed");
        }

        factory.Line("11:00:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("web.example.org.json"), "")
            .Line("11:00:00", Speaker.Cdb2Rabbit, new MessagePushing(), "")
            .Taken("11:00:02", 1, "web").Started("11:00:02", "web", "unmanaged");

        Assert.That(
            Line(factory.State, Narrow, " web ", InventedFactory.At("11:02:00")),
            Does.Contain("T1: unm building, mgd next").And.EndWith("~11:15")
        );
        Assert.That(Line(factory.State, Wide, " web ", InventedFactory.At("11:02:00")), Does.Contain("T1: unm ● building, mgd ○"));
    }

    [Test]
    public void Way_OfAChange_ShowsEachHopItsWaitsAndHowSureItIs()
    {
        var state = After(
            "11:50:00 rabbit2packer.py[3]: Thread-1 processing busy",
            "11:50:01 rabbit2packer.py[3]: packer build starting, see: /log/busy.a.json.log for details",
            "12:00:11 cdp-listend[5]: Received UDP packet (cdb|1795348800) from 192.0.2.7",
            "12:00:11 cdp-listend[5]: Calling /usr/local/bin/cdb2rabbit.py now",
            "12:00:12 cdb2rabbit.py[100]: Starting",
            "12:00:13 cdb2rabbit.py[100]: CI profile rebuilt: web.example.org.json",
            "12:00:13 cdb2rabbit.py[100]: Profile has updated: web.example.org.json",
            "12:00:13 cdb2rabbit.py[100]: Pushing message to queue for build",
            "12:00:14 cdb2rabbit.py[100]: Exiting normally",
            "12:03:00 rabbit2packer.py[3]: Thread-1: image built successfully: busy.a.json",
            "12:03:02 rabbit2packer.py[3]: Thread-1 processing web",
            "12:03:03 rabbit2packer.py[3]: packer build starting, see: /log/web.a.json.log for details"
        );
        var text = Screens.Of(Snapshot.Of(state, Facts.None), Narrow, Paint()).Press("Tab", "T").Text();

        Assert.That(text, Does.Contain("CHANGE  web.example.org.json   unfinished"));
        Assert.That(text, Does.Contain("tie  certain: profile and image have one name, web"));
        Assert.That(text, Does.Contain("12:00:00          Aquilon sent the packet (its own time, epoch 1795348800)"));
        Assert.That(text, Does.Contain("12:00:11    0:11  packet received; it lay 0:11 in cdp-listend's socket"));
        Assert.That(text, Does.Contain("cdb2rabbit started, pid 100"));
        Assert.That(text, Does.Match("12:03:00 +2:47 +T1 was free again +◄ longest wait"));
        Assert.That(text, Does.Match("12:03:02 +0:02 +T1 took web"));
        Assert.That(text, Does.Contain("total 3:03: waiting 3:01 (queue 2:47, socket 0:11, worker 0:03), working 0:02"));
        Assert.That(text, Does.Contain("why it waited: no worker was free until 12:03:00"));
    }

    [Test]
    public void Way_OfAJobByItsTurn_SaysThatNothingProvesIt()
    {
        var state = After([
            .. Pushed("12:00:00", "tmp"),
            "12:00:02 rabbit2packer.py: Thread-1 processing other",
            "12:00:03 rabbit2packer.py: packer build starting, see: /log/other.a.json.log for details",
        ]);
        var text = Screens.Of(Snapshot.Of(state, Facts.None), Wide, Paint()).Press("Tab", "T").Text();

        Assert.That(text, Does.Contain("tie  ? not proven: matched by queue order; profile and image share no name"));
        Assert.That(text, Does.Contain("CACHE_DIR"));
        Assert.That(text, Does.Contain("T1? took other"));
    }

    private static readonly string[] Refused =
    [
        .. Pushed("12:00:00", "broken"), "12:00:02 rabbit2packer.py: JSONDecodeError('Expecting value: line 1 column 1 (char 0)')",
        "12:00:02 rabbit2packer.py: Thread-2: could not decode profile, malformed json? Continuing",
    ];

    private static Paint Paint(Palette? palette = null, DateTimeOffset? now = null) =>
        new(palette ?? Palette.Mono, Glyphs.Unicode, TimeZoneInfo.Utc, now ?? Given.Noon.AddMinutes(6));

    private static string Line(MonitorState state, Size size, string part, DateTimeOffset? now = null) =>
        Screens
            .Of(Snapshot.Of(state, Facts.None), size, Paint(now: now))
            .Text()
            .Split('\n')
            .SkipWhile(line => !line.Contains("CHANGES", StringComparison.Ordinal))
            .First(line => line.Contains(part, StringComparison.Ordinal));

    private static string[] Names(MonitorState state) =>
        [
            .. Snapshot
                .Of(state, Facts.None)
                .Triggers.Select(row => ((TriggerRow)row).Image?.Text ?? $"{Words.Profile(((TriggerRow)row).Trigger!.Profile)}.json"),
        ];

    private static MonitorState After(params IEnumerable<string> timed) =>
        Given.Folded(Given.Read(timed.Select(line => $"Nov 22 {line[..8]} vm /{line[9..]}")));

    private static IEnumerable<string> Pushed(string time, params string[] names) =>
        names.SelectMany(name =>
            (string[])
                [
                    $"{time} cdb2rabbit.py: CI profile rebuilt: {name}.example.org.json",
                    $"{time} cdb2rabbit.py: Profile has updated: {name}.example.org.json",
                    $"{time} cdb2rabbit.py: Pushing message to queue for build",
                ]
        );
}
