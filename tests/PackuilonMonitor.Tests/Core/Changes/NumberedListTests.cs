using CsCheck;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Tests.Core.Changes;

public sealed class NumberedListTests
{
    [Test]
    public void AnyAddsChangesAndRemovals_AreThoseOfAPlainList() =>
        Gen.Int[0, 9]
            .Array[0, 400]
            .Sample(acts =>
            {
                var (list, plain, first) = (NumberedList<int>.Empty, new List<int>(), 0);
                for (var act = 0; act < acts.Length; act++)
                {
                    if (acts[act] < 6 || plain.Count == 0)
                    {
                        list = list.Add(act);
                        plain.Add(act);
                    }
                    else if (acts[act] < 9)
                    {
                        var place = act * 7 % plain.Count;
                        list = list.Set(first + place, -act);
                        plain[place] = -act;
                    }
                    else
                    {
                        list = list.WithoutFirst();
                        plain.RemoveAt(0);
                        first++;
                    }

                    if (list.First != first || list.Next != first + plain.Count || !list.SequenceEqual(plain))
                        return false;
                }

                return Enumerable
                        .Range(0, plain.Count)
                        .All(place => list[place] == plain[place] && list.At(first + place) == plain[place] && list.Has(first + place))
                    && !list.Has(first - 1)
                    && !list.Has(list.Next);
            });

    [Test]
    public void AnEarlierList_StaysAsItWas()
    {
        var before = Enumerable.Range(0, 100).Aggregate(NumberedList<int>.Empty, static (list, number) => list.Add(number));

        var after = before.Set(99, -1).Set(0, -1).Add(100).WithoutFirst();

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(Enumerable.Range(0, 100)));
            Assert.That((after.Count, after[^1], after.At(99)), Is.EqualTo((100, 100, -1)));
        });
    }

    [TestCase(-1)]
    [TestCase(200)]
    public void Number_OfNoItem_IsRefused(int index)
    {
        var list = Enumerable.Range(0, 203).Aggregate(NumberedList<int>.Empty, (list, number) => list.Add(number));
        list = list.WithoutFirst().WithoutFirst().WithoutFirst();

        Assert.That(() => list[index], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => list.At(list.First + index), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => list.Set(list.First + index, 7), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
