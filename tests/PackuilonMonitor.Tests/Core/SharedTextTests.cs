using PackuilonMonitor.Core;

namespace PackuilonMonitor.Tests.Core;

public sealed class SharedTextTests
{
    [Test]
    public void Of_TheSameTextAgain_IsOneStringAndCostsNothing()
    {
        var first = SharedText.Of("norm-sl7x-x86_64".AsSpan());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = SharedText.Of("a norm-sl7x-x86_64".AsSpan(2));

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(again, Is.SameAs(first));
    }

    /// <summary>Far more texts than there are places, so each place is taken again and again.</summary>
    [Test]
    public void Of_ManyTexts_IsAlwaysTheText()
    {
        foreach (var number in Enumerable.Range(0, 100_000).Concat(Enumerable.Range(0, 100)))
            Assert.That(SharedText.Of($"host-{number}".AsSpan()), Is.EqualTo($"host-{number}"));
        Assert.That(SharedText.Of(default), Is.Empty);
        Assert.That(SharedText.Of(new string('x', 1000)), Has.Length.EqualTo(1000));
    }
}
