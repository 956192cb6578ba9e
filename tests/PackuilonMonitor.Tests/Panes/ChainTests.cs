using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Panes;

/// <summary>The way of a change: how long each hop usually takes, where the time went, and the keys of that screen.</summary>
public sealed class ChainTests
{
    private static readonly Size Wide = new(140, 40);
    private static readonly Size Narrow = new(80, 24);
    private const string Id = "41c0ffee-1111-4222-8333-444455556666";

    [Test]
    public void Hops_OfAChange_SayHowLongTheyUsuallyTake_WhereThreeOthersTellIt()
    {
        Assert.That(UsualOf(Changes(2), "T1 took web"), Is.Empty, "two others tell nothing");
        var text = Changes(3);
        Assert.That(UsualOf(text, "pushed to RabbitMQ"), Is.EqualTo("0:01"));
        // The others waited for 2, 4 and 6 seconds.
        Assert.That(UsualOf(text, "T1 took web"), Is.EqualTo("0:04"));

        static string Changes(int others)
        {
            var factory = new InventedFactory().Worker("7:00:00", 1);
            for (var number = 1; number <= others; number++)
                Pushed(factory, $"{7 + number}:00:00", "web")
                    .WholeBuild($"{7 + number}:00:{1 + 2 * number:00}", 1, "web", "managed", 5);
            Pushed(factory, "12:00:00", "web").Taken("12:00:08", 1, "web").Started("12:00:09", "web", "managed");
            return Chain(factory, Wide, "12:03:00");
        }
    }

    [Test]
    public void Hops_OfABuild_SayHowLongGoodBuildsTake_AlsoWhereThisOneFailed()
    {
        var factory = new InventedFactory().Worker("7:00:00", 1);
        foreach (var (hour, minutes) in new[] { (8, 13), (9, 26), (10, 39) })
            factory.WholeBuild($"{hour}:00:00", 1, "web", "managed", minutes);
        factory
            .Taken("12:00:00", 1, "web")
            .Started("12:00:00", "web", "managed")
            .Logged(
                "web",
                "managed",
                ("12:00:01", "==> openstack: Launching server..."),
                ("12:00:02", "==> openstack: Waiting for server to become ready..."),
                ("12:00:40", "==> openstack: Waiting for SSH to become available..."),
                ("12:10:40", "==> openstack: Timeout waiting for SSH."),
                ("12:10:41", "==> openstack: Terminating the source server: 954c334e-1111-4222-8333-444455556666 ..."),
                ("12:10:42", "Build 'openstack' errored: Timeout waiting for SSH.")
            )
            .Failed("12:10:43", 1, "web", "managed");
        var text = Chain(factory, Wide, "12:11:00");

        // A step takes one, two or three minutes, so two are usual; the third step is the first that is a hop.
        Assert.That(UsualOf(text, "server asked for"), Is.EqualTo("6:00"));
        Assert.That(UsualOf(text, "server ready"), Is.EqualTo("2:00"));
        // It waited for SSH until it gave up: what is usual is the wait for SSH.
        Assert.That(Line(text, "server to be terminated"), Does.Contain(" 10:01     2:00").And.Contain("longest wait"));
    }

    /// <summary>Of builds whose logs were read afterwards only the whole time is known.</summary>
    [Test]
    public void Hops_OfABuild_WhoseGoodOnesHaveNoTimes_HaveNoUsual()
    {
        var factory = new InventedFactory().Worker("7:00:00", 1);
        foreach (var hour in new[] { 8, 9, 10 })
            factory.Taken($"{hour}:00:00", 1, "web").Started($"{hour}:00:00", "web", "managed").Good($"{hour}:10:00", 1, "web", "managed");
        factory
            .Taken("12:00:00", 1, "web")
            .Started("12:00:00", "web", "managed")
            .Logged("web", "managed", ("12:00:01", "==> openstack: Launching server..."))
            .Good("12:10:00", 1, "web", "managed");
        var text = Chain(factory, Wide, "12:11:00");

        Assert.That(UsualOf(text, "server asked for"), Is.Empty);
    }

    [Test]
    public void Hop_ThatGoesOn_CountsSinceTheHopBefore()
    {
        var factory = new InventedFactory().Worker("7:00:00", 1);
        factory.Taken("11:59:00", 1, "other").Started("11:59:01", "other", "managed");
        Pushed(factory, "12:00:00", "web");

        Assert.That(Line(Chain(factory, Narrow, "12:00:31"), "waits for a worker"), Does.StartWith("             0:30"));
        Assert.That(Line(Chain(factory, Narrow, "12:05:01"), "waits for a worker"), Does.StartWith("             5:00"));
        factory.Good("12:06:00", 1, "other", "managed").Taken("12:06:01", 1, "web");
        Assert.That(Line(Chain(factory, Narrow, "12:06:11"), "no build begun yet"), Does.StartWith("             0:10"));
        factory.Started("12:06:12", "web", "managed");
        Assert.That(Line(Chain(factory, Narrow, "12:06:42"), "now: "), Does.StartWith("             0:30"));
    }

    [TestCase(80, 24, "total 4:00: waiting 2:00 (queue 2:00), working 2:00")]
    [TestCase(100, 40, "waiting    2:00   ██████████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒   queue 2:00")]
    [TestCase(140, 40, "working    2:00   ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒████████")]
    public void Time_OfAChange_IsSplitIntoWaitingAndWorking(int columns, int rows, string said)
    {
        var factory = new InventedFactory().Worker("7:00:00", 1).Taken("11:59:00", 1, "other").Started("11:59:00", "other", "managed");
        factory.Line("12:00:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("web.example.org.json"), "");
        factory.Line("12:00:00", Speaker.Cdb2Rabbit, new MessagePushing(), "");
        factory.Good("12:02:00", 1, "other", "managed").Taken("12:02:00", 1, "web").Started("12:02:00", "web", "managed");
        factory.Good("12:04:00", 1, "web", "managed");

        Assert.That(Chain(factory, new Size(columns, rows), "12:05:00"), Does.Contain(said));
    }

    [Test]
    public void Tie_ThatNothingProves_SaysWhyInFull_AlsoOnANarrowScreen()
    {
        var factory = Pushed(new InventedFactory().Worker("7:00:00", 1), "8:00:00", "web").Taken("8:00:02", 1, "another");

        Assert.That(
            Line(Open(factory, Narrow, "8:05:00", "web").Text(), " tie "),
            Is.EqualTo(" tie  ? not proven: matched by queue order; profile and image share no name")
        );
    }

    [Test]
    public void Parts_OfTheTime_AreTheWholeInTheSecondsThatAreShown()
    {
        (string Time, string Line)[] lines =
        [
            ("00.900", "cdb2rabbit.py: CI profile rebuilt: web.example.org.json"),
            ("00.900", "cdb2rabbit.py: Pushing message to queue for build"),
            ("12.500", "rabbit2packer.py: Thread-1 processing web"),
            ("12.500", "rabbit2packer.py: packer build starting, see: /log/web.a.json.log for details"),
            ("24.400", "rabbit2packer.py: Thread-1: image built successfully: web.a.json"),
        ];
        var state = Given.Folded(Given.Read(lines.Select(line => $"2026-11-22T12:00:{line.Time}000+00:00 vm /{line.Line}")));
        var screen = Screens.Of(Snapshot.Of(state, Facts.None), Narrow, InventedDay.Paint() with { Now = Given.Noon.AddMinutes(6) });

        Assert.That(screen.Press("Tab", "T").Text(), Does.Contain("total 0:23: waiting 0:11 (queue 0:11), working 0:12"));
    }

    [Test]
    public void Press_OfTheBrackets_GoesThroughTheChangesOfTheProfile_AndOneStepBackLeaves()
    {
        var factory = new InventedFactory().Worker("7:00:00", 1);
        foreach (var hour in new[] { 8, 9, 10 })
        {
            Pushed(factory, $"{hour}:00:00", "web").WholeBuild($"{hour}:00:10", 1, "web", "managed", 5);
            Pushed(factory, $"{hour}:30:00", "db").WholeBuild($"{hour}:30:10", 1, "db", "managed", 5);
        }

        var newest = Open(factory, Wide, "11:00:00", "web");
        Assert.That(newest.Text(), Does.Contain("10:00:00").And.Contain("[ older change").And.Not.Contain("newer change"));
        Assert.That(newest.Text(), Does.Match("09:00:00 +5:10 +certain, by name +queued 0:09"), "the others of the profile");

        var older = newest.Press("[");
        Assert.That(older.Text(), Does.Contain("CHANGE  web.example.org.json").And.Match("▶ 09:00:00"));
        Assert.That(older.Press("[").Text(), Does.Match("▶ 08:00:00"));
        Assert.That(older.Press("[", "[").Text(), Does.Contain("no older change of this profile is known").And.Match("▶ 08:00:00"));
        Assert.That(older.Press("]").Text(), Does.Match("▶ 10:00:00"));
        Assert.That(older.Press("[", "]", "Esc").User.Place.Screen, Is.EqualTo(ScreenKind.Overview));
    }

    [Test]
    public void Press_OfI_CopiesTheImageOfTheHop_OrOfAllTemplates()
    {
        var factory = Pushed(new InventedFactory().Worker("7:00:00", 1), "8:00:00", "web").WholeBuild("8:00:10", 1, "web", "managed", 5);
        factory.Started("8:05:11", "web", "unmanaged");
        var first = Open(factory, Narrow, "8:06:00", "web");

        Assert.That(first.Pressed("I").Effects, Is.EqualTo(new Effect[] { new CopyText(Id) }), "from the hop of the profile");
        Assert.That(first.Press("G").Pressed("I").Effects, Is.Empty, "the template that runs made none");

        factory.Logged("web", "unmanaged", ("8:09:00", "--> openstack: An image was created: 5c10af33-1111-4222-8333-444455556666"));
        var done = Open(factory.Good("8:09:01", 1, "web", "unmanaged"), Narrow, "8:10:00", "web");
        Assert.That(
            done.Pressed("I").Effects,
            Is.EqualTo(new Effect[] { new CopyText($"{Id} 5c10af33-1111-4222-8333-444455556666") })
        );
        Assert.That(
            done.Press("G").Pressed("I").Effects,
            Is.EqualTo(new Effect[] { new CopyText("5c10af33-1111-4222-8333-444455556666") })
        );
    }

    [Test]
    public void Press_OfE_GoesToWhatFailed_AndOfISmallShowsItWhole()
    {
        var factory = Pushed(new InventedFactory().Worker("7:00:00", 1), "8:00:00", "web").Taken("8:00:02", 1, "web");
        factory.Started("8:00:03", "web", "managed").Failed("8:04:00", 1, "web", "managed");
        var chain = Open(factory, Narrow, "8:05:00", "web").Press("e");

        Assert.That(((ChainRow)Selection.Row(chain)!).Text, Does.Contain("FAILED"));
        var shown = chain.Press("i");
        Assert.That(shown.Text().Split('\n')[^7], Does.StartWith(" 08:04:00 mgd mgd FAILED"));
        Assert.That(shown.Press("Esc").User.Place.Screen, Is.EqualTo(ScreenKind.Chain), "one step back hides the strip");
    }

    private static InventedFactory Pushed(InventedFactory factory, string time, string name) =>
        factory
            .Line(time, Speaker.Cdb2Rabbit, new ProfileRebuilt($"{name}.example.org.json"), "")
            .Line(time[..^2] + "01", Speaker.Cdb2Rabbit, new MessagePushing(), "");

    private static string Chain(InventedFactory factory, Size size, string now) => Open(factory, size, now, "web").Text();

    /// <summary>The way of the newest change or message of an image.</summary>
    private static ScreenState Open(InventedFactory factory, Size size, string now, string image)
    {
        var snapshot = factory.Snapshot;
        var row = snapshot.Triggers.OfType<TriggerRow>().FirstOrDefault(row =>
            row.Image?.Text == image || row.Trigger?.Profile.StartsWith(image, StringComparison.Ordinal) == true);
        var state = Screens.Of(snapshot, size, InventedDay.Paint() with { Now = InventedFactory.At(now) });
        return row is null
            ? state.Press("T")
            : state with { User = state.User with { Navigation = state.User.Navigation.To(new Place(ScreenKind.Chain, row.Id)) } };
    }

    private static string Line(string text, string part) => text.Split('\n').First(line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>The usual column of a hop.</summary>
    private static string UsualOf(string text, string hop) => Line(text, hop).Substring(19, 9).Trim();
}
