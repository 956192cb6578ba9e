using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Tests.Core.LogPages;

public sealed class HitListTests
{
    private static readonly HitList Three = HitList.Of(new Hit(10, 1), new Hit(20, 2), new Hit(30, 5));

    [TestCase(9, 0)]
    [TestCase(10, 0)]
    [TestCase(11, 1)]
    [TestCase(20, 1)]
    [TestCase(30, 2)]
    [TestCase(31, 3)]
    public void FirstFrom_APosition_IsTheFirstHitNotBeforeIt(long offset, int index) =>
        Assert.That(Three.FirstFrom(offset), Is.EqualTo(index));

    [TestCase(10, 0)]
    [TestCase(30, 2)]
    [TestCase(15, null)]
    [TestCase(31, null)]
    public void IndexOf_APosition_IsTheHitThere(long offset, int? index) => Assert.That(Three.IndexOf(offset), Is.EqualTo(index));

    [Test]
    public void Item_BeyondTheLast_IsNone()
    {
        Assert.That(Three[2], Is.EqualTo(new Hit(30, 5)));
        Assert.That(() => Three[3], Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Add_LeavesTheListBeforeAsItWas()
    {
        var lists = new List<HitList> { HitList.None };
        for (var hit = 0; hit < 40; hit++)
            lists.Add(lists[^1].Add(new Hit(hit, hit)));

        Assert.That(
            lists.Select(list => (list.Count, list.FirstFrom(1_000))),
            Is.EqualTo(Enumerable.Range(0, 41).Select(count => (count, count)))
        );
        Assert.That(() => lists[3][3], Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Add_MoreThanTheMost_CountsWithoutStoring()
    {
        var list = HitList.None;
        for (var hit = 0; hit < HitList.Most + 2; hit++)
            list = list.Add(new Hit(hit, hit));

        Assert.That(
            (list.Count, list.Found, list[HitList.Most - 1].Offset),
            Is.EqualTo((HitList.Most, HitList.Most + 2L, HitList.Most - 1L))
        );
    }
}
