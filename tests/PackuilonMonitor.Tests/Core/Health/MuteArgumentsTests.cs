using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>What can be typed for a mute, and why one is refused.</summary>
public sealed class MuteArgumentsTests
{
    private static readonly FactoryHealth Health = new(
        null, Overall.Warn,
        [
            new Check(
                CheckCode.BuildFailed,
                Severity.Warn,
                [Item("a"), Item("b") with { Severity = Severity.Error }, Item("c")],
                CheckSummary.Of("x"),
                "y"
            ),
        ],
        [],
        Given.Noon
    );

    [TestCase("1m", 1)]
    [TestCase("2h", 120)]
    [TestCase("3d", 4_320)]
    [TestCase("99999m", 99_999)]
    public void Time_IsANumberAndAUnit(string text, int minutes) =>
        Assert.That((MuteArguments.TryParse(text, out var span), span), Is.EqualTo((true, (TimeSpan?)TimeSpan.FromMinutes(minutes))));

    [Test]
    public void Time_UntilAllIsWell_HasNoEnd() =>
        Assert.That((MuteArguments.TryParse(MuteArguments.UntilWell, out var span), span), Is.EqualTo((true, (TimeSpan?)null)));

    [TestCase("")]
    [TestCase("m")]
    [TestCase("0m")]
    [TestCase("-1m")]
    [TestCase("+1m")]
    [TestCase(" 1m")]
    [TestCase("100000m")]
    [TestCase("1w")]
    [TestCase("15")]
    public void Time_OfAnotherForm_IsNone(string text) => Assert.That(MuteArguments.TryParse(text, out _), Is.False);

    [Test]
    public void Mute_OfACheck_CoversItsItemsAndIsAsBadAsTheWorst()
    {
        var mute = Of(null, TimeSpan.FromHours(1), false, out _)!;

        Assert.That(
            (string.Join(',', mute.Items), mute.Severity, mute.At, mute.Until, mute.Item),
            Is.EqualTo(("a,b,c", Severity.Error, Given.Noon, (DateTimeOffset?)Given.Noon.AddHours(1), (string?)null)));
    }

    [Test]
    public void Mute_OfAnItem_CoversThatAlone()
    {
        var mute = Of("a", null, false, out _)!;

        Assert.That(
            (string.Join(',', mute.Items), mute.Severity, mute.Until, mute.Name),
            Is.EqualTo(("a", Severity.Warn, (DateTimeOffset?)null, "BUILD_FAILED:a"))
        );
    }

    [TestCase(30, 0, true)]
    [TestCase(30, 1, false)]
    public void StickyMute_LastsAtMostThirtyDays(int days, int seconds, bool accepted)
    {
        var mute = Of(null, TimeSpan.FromDays(days) + TimeSpan.FromSeconds(seconds), true, out var why);

        Assert.That((mute is not null, why), Is.EqualTo((accepted, accepted ? "" : "--sticky: needs a TIME of at most 30d")));
    }

    [Test]
    public void StickyMute_WithoutATime_IsRefused()
    {
        Assert.That(Of(null, null, true, out var why), Is.Null);
        Assert.That(why, Does.StartWith("--sticky: needs a TIME"));
    }

    [TestCase(null, "WORKER_LOST is not raised; --sticky mutes it all the same")]
    [TestCase("x", "WORKER_LOST is not raised; --sticky mutes it all the same")]
    public void Mute_OfACheckThatIsNotRaised_IsRefused(string? item, string expected)
    {
        Assert.That(MuteArguments.Of(Health, CheckCode.WorkerLost, item, null, false, "me", out var why), Is.Null);
        Assert.That(why, Is.EqualTo(expected));
    }

    [Test]
    public void Mute_OfAnItemThatIsNotThere_IsRefusedAndNamesThoseThatAre()
    {
        Assert.That(Of("x", null, false, out var why), Is.Null);
        Assert.That(why, Is.EqualTo("BUILD_FAILED has no item x; it has a, b, c"));
    }

    [Test]
    public void StickyMute_OfACheckThatIsNotRaised_IsAsBadAsItUsuallyIs()
    {
        var mute = MuteArguments.Of(Health, CheckCode.DaemonDown, null, TimeSpan.FromHours(1), true, "me", out _)!;

        Assert.That((mute.Sticky, mute.Items.Count, mute.Severity), Is.EqualTo((true, 0, Severity.Error)));
    }

    [TestCase(2_592_000, "30d")]
    [TestCase(345_600, "4d")]
    [TestCase(345_599, "96h")]
    [TestCase(7_200, "2h")]
    [TestCase(3_600, "1h")]
    [TestCase(3_599, "59m")]
    [TestCase(61, "1m")]
    [TestCase(59, "1m")]
    public void TimeLeft_IsInOneUnit(int seconds, string expected) =>
        Assert.That(Of(null, TimeSpan.FromSeconds(seconds), false, out _)!.LeftAt(Given.Noon), Is.EqualTo(expected));

    [Test]
    public void TimeLeft_WithoutAnEnd_IsUntilItIsWell() =>
        Assert.That(Of(null, null, false, out _)!.LeftAt(Given.Noon), Is.EqualTo("until it is well"));

    /// <summary>A mute of the whole check is shown before those of its items, and of these the one that lasts longest.</summary>
    [Test]
    public void MutedCheck_ShowsTheMuteThatCoversMost()
    {
        var (whole, one) = (Of(null, TimeSpan.FromHours(1), false, out _)!, Of("a", null, false, out _)!);
        var items = new[] { one, one with { Item = "b", Until = Given.Noon.AddHours(2) }, one with { Item = "c",
            Until = Given.Noon.AddHours(3) } };

        Assert.That(Shown([.. items, whole])?.Item, Is.Null);
        Assert.That(Shown([whole, .. items])?.Until, Is.EqualTo(whole.Until));
        Assert.That(Shown(items)?.Item, Is.EqualTo("a"));
        Assert.That(Shown(items[1..]), Is.Null, "an item is not muted");
    }

    private static Mute? Shown(Mute[] mutes) => new Mutes([.. mutes], []).On(Health.Checks).Single().Mute;

    private static Mute? Of(string? item, TimeSpan? span, bool sticky, out string why) =>
        MuteArguments.Of(Health, CheckCode.BuildFailed, item, span, sticky, "me", out why);

    private static HealthItem Item(string id) => new(id, "wrong", Given.Noon);
}
