using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Changes;

/// <summary>A profile and its image, learned once and remembered: it counts as a name until a line contradicts it.</summary>
public sealed class PairTests
{
    private const string Profile = "tmp.example.org.json";

    private static readonly MonitorState Remembering = MonitorState.Empty.Apply(
        Given.Seen(new PairRemembered(Profile, new ImageName("keyless-sl7x-x86_64")))
    );

    [Test]
    public void Pair_ThatIsRemembered_IsANameFromTheFirstChangeOn()
    {
        string[] lines = [.. Pushed("12:00:00", "other", "tmp"), "12:00:10 rabbit2packer.py: Thread-1 processing keyless-sl7x-x86_64"];

        Assert.That(Last(After(Remembering, lines)), Is.EqualTo("tmp keyless-sl7x-x86_64 certain Learned"));
        Assert.That(Last(After(MonitorState.Empty, lines)), Does.Not.Contain("certain"), "without it nothing tells which it was");
    }

    [Test]
    public void Pair_BesideAJobOfAnotherImage_WhileItsMessageAloneWaits_IsDropped()
    {
        var state = After(
            Remembering,
            [.. Pushed("12:00:00", "tmp"), "12:00:10 rabbit2packer.py: Thread-1 processing keyless-el9-x86_64"]
        );

        Assert.That(state.Triggers.Pairs.Of(Profile), Is.Null);
        Assert.That(state.Triggers.Pairs.Contradicted, Is.EquivalentTo(new[] { Profile }));
        // What is left is the order of the queue, as if it had never been known.
        Assert.That(Last(state), Is.EqualTo("tmp keyless-el9-x86_64 ? Order"));
    }

    [Test]
    public void Pair_OfADialectThatNamesImagesByHosts_GivesWayToTheName()
    {
        var state = After(
            Remembering,
            [
                .. Pushed("12:00:00", "red", "tmp"),
                "12:00:10 rabbit2packer.py: Name is :tmp",
                "12:00:10 rabbit2packer.py: Thread-1 processing tmp",
            ]
        );

        Assert.That(Last(state), Is.EqualTo("tmp tmp certain Name"));
        Assert.That(state.Triggers.Pairs.Contradicted, Is.EquivalentTo(new[] { Profile }));
    }

    [Test]
    public void Pair_WhoseMessageIsPassedOver_IsDropped()
    {
        var state = After(
            Remembering,
            [
                .. Pushed("12:00:00", "tmp", "red"),
                "12:00:10 rabbit2packer.py: Thread-1 processing red",
                "12:00:20 rabbit2packer.py: Thread-2 processing else",
            ]
        );

        Assert.That(state.Triggers.Pairs.Of(Profile), Is.Null);
    }

    [Test]
    public void Pair_ThatTheCachedProfileContradicts_IsDropped_AndOneThatItConfirmsStays()
    {
        MonitorState With(string personality) =>
            Remembering.Apply(Given.Seen(new ProfileRead(Profile, new ProfileContent(null, personality, null, "sl", "7x", "x86_64"))));

        Assert.That(With("keyless").Triggers.Pairs.Of(Profile), Is.Not.Null);
        Assert.That(With("another").Triggers.Pairs.Of(Profile), Is.Null);
    }

    [Test]
    public void Pair_ThatLinesShow_CountsMoreThanOneThatIsRemembered()
    {
        var shown = After(MonitorState.Empty, [.. Round("12:00"), .. Round("12:10")]);
        var pair = shown.Triggers.Pairs.Of(Profile);

        Assert.That(pair, Is.Not.Null.And.Property("IsName").True.And.Property("FullName").EqualTo("keyless"));
        Assert.That(
            shown.Apply(Given.Seen(new PairRemembered(Profile, new ImageName("another")))).Triggers.Pairs.Of(Profile),
            Is.SameAs(pair)
        );

        static IEnumerable<string> Round(string time) =>
            [
                .. Pushed($"{time}:00", "a", "tmp", "b"), $"{time}:10 rabbit2packer.py: Thread-1 processing a",
                $"{time}:20 rabbit2packer.py: Thread-1 processing keyless", $"{time}:30 rabbit2packer.py: Thread-1 processing b",
            ];
    }

    [Test]
    public void Pairs_MoreThanAreKept_AreNotRemembered()
    {
        var state = MonitorState.Empty.Apply(
            Enumerable
                .Range(0, Pairs.Most + 10)
                .Select(number => Given.Seen(new PairRemembered($"p{number}.json", new ImageName($"image{number}"))))
        );

        Assert.That(state.Triggers.Pairs.Learned, Has.Count.EqualTo(Pairs.Most));
    }

    private static string Last(MonitorState state) =>
        state.Triggers.Triggers[^1] is var trigger
            ? $"{trigger.Profile.Split('.')[0]} {string.Join(',', trigger.Images ?? [])} "
                + $"{(trigger.Certain ? "certain" : "?")} {trigger.Ground}"
            : "";

    private static MonitorState After(MonitorState state, IEnumerable<string> timed) =>
        state.Apply(Given.Read(timed.Select(line => $"Nov 22 {line[..8]} vm /{line[9..]}")));

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
