using CsCheck;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Changes;

/// <summary>Lines need not stand in the order of their times, and each change has an id of its own all the same.</summary>
public sealed class TriggerIdTests
{
    [Test]
    public void Rebuilt_ProfilesInAnyOrderOfSeconds_HaveIdsOfTheirOwn() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3]).Array[0, 60].Sample(seen =>
        {
            var changes = Rebuilt(seen.Select(one => ($"p{one.Item1}", one.Item2))).Triggers;
            return changes.Triggers.Select(change => change.Id).Distinct(StringComparer.Ordinal).Count() == seen.Length
                && changes.Triggers.All(change => changes.Find(change.Id) == change);
        });

    [Test]
    public void Rebuilt_InTwoSecondsInTurn_CountsEachSecondByItself() =>
        Assert.That(
            Ordinals([("p", 0), ("p", 1), ("p", 0), ("p", 1), ("p", 0), ("p", 0), ("p", 1)]),
            Is.EqualTo(new[] { "0", "1", "0#2", "1#2", "0#3", "0#4", "1#3" })
        );

    [Test]
    public void Rebuilt_AfterAllOfItsSecondWereForgotten_IsTheFirstAgain()
    {
        var first = Enumerable.Range(0, ChangeLedger.Most + 100).Select(number => ("p", number % 2)).ToList();
        var others = Enumerable.Range(0, ChangeLedger.Most).Select(number => ("other", number % 10));

        Assert.Multiple(() =>
        {
            Assert.That(Ordinals(first), Is.Unique);
            Assert.That(Ordinals([.. first, .. others, ("p", 0)])[^1], Is.EqualTo("0"));
        });
    }

    private static List<string> Ordinals(IEnumerable<(string Profile, int Second)> seen) =>
        [.. Rebuilt(seen).Triggers.Triggers.Select(change => change.Id.Split('@')[1].Replace("179534880", "", StringComparison.Ordinal))];

    private static MonitorState Rebuilt(IEnumerable<(string Profile, int Second)> seen) =>
        Given.Folded(seen.Select(one => Given.Seen(new ProfileRebuilt(one.Profile), one.Second) with { Speaker = Speaker.Cdb2Rabbit }));
}
