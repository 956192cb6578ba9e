using System.Reactive.Concurrency;
using PackuilonMonitor.Platform;

namespace PackuilonMonitor.Tests;

public sealed class ReturnedMemoryTests
{
    [Test]
    public void Memory_IsReturnedOnceWhenTheStartIsOver()
    {
        var (clock, returned) = (new HistoricalScheduler(), new List<TimeSpan>());
        var began = clock.Now;
        using var memory = new ReturnedMemory(clock, () => 12, () => returned.Add(clock.Now - began));

        clock.AdvanceBy(TimeSpan.FromHours(1));

        Assert.That(returned, Is.EqualTo(new[] { TimeSpan.FromSeconds(2) }));
    }

    [Test]
    public void Memory_IsReturnedOnceEachTimeThatMuchWasAllocated()
    {
        var (clock, allocated, returned) = (new HistoricalScheduler(), 12L, 0);
        var memory = new ReturnedMemory(clock, () => allocated, () => returned++);
        clock.AdvanceBy(TimeSpan.FromSeconds(10));
        returned = 0;

        int AfterAnHourWith(long more)
        {
            allocated += more;
            clock.AdvanceBy(TimeSpan.FromHours(1));
            return returned;
        }

        Assert.That(AfterAnHourWith(0), Is.Zero);
        Assert.That(AfterAnHourWith(ReturnedMemory.Much - 1), Is.Zero);
        Assert.That(AfterAnHourWith(1), Is.EqualTo(1));
        Assert.That(AfterAnHourWith(1), Is.EqualTo(1));
        Assert.That(AfterAnHourWith(10 * ReturnedMemory.Much), Is.EqualTo(2));
        memory.Dispose();
        Assert.That(AfterAnHourWith(ReturnedMemory.Much), Is.EqualTo(2));
    }
}
