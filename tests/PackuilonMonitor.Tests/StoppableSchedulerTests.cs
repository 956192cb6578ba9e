using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Platform;

namespace PackuilonMonitor.Tests;

public sealed class StoppableSchedulerTests
{
    [Test]
    public void Schedule_WithDueTimes_RunsInTheirOrderOnOneThread_AndWithoutWhatWasTakenBack()
    {
        using var thread = new StoppableScheduler("ordered");
        using var done = new ManualResetEventSlim();
        var (ran, threads) = (new List<string>(), new HashSet<int>());
        void Run(string what)
        {
            ran.Add(what);
            threads.Add(Environment.CurrentManagedThreadId);
        }

        var began = thread.Now;
        var ended = began;
        // Scheduled from its own thread, so none begins before all are known.
        thread.Schedule(() =>
        {
            thread.Schedule(TimeSpan.FromMilliseconds(60), () =>
            {
                Run("60");
                ended = thread.Now;
                done.Set();
            });
            thread.Schedule(TimeSpan.FromMilliseconds(20), () => Run("20"));
            thread.Schedule(TimeSpan.FromMilliseconds(40), () => Run("40")).Dispose();
            thread.Schedule(() => Run("first"));
            thread.Schedule(TimeSpan.FromMilliseconds(-5), () => Run("second"));
            thread.Schedule(() => Run("third"));
        });
        done.Wait();

        Assert.That(ran, Is.EqualTo(new[] { "first", "second", "third", "20", "60" }));
        Assert.That(threads, Has.Count.EqualTo(1));
        Assert.That(ended - began, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(59)));
    }

    [Test]
    public void Schedule_OfSomethingSooner_DoesNotWaitForWhatIsLater()
    {
        using var thread = new StoppableScheduler("sooner");
        using var ran = new ManualResetEventSlim();
        thread.Schedule(TimeSpan.FromDays(40), () => Assert.Fail("forty days are over"));
        thread.Schedule(TimeSpan.FromMilliseconds(5), ran.Set);

        Assert.That(ran.Wait(TimeSpan.FromMinutes(1)), Is.True);
    }

    [Test]
    public void Interval_OnIt_Ticks()
    {
        using var thread = new StoppableScheduler("periodic");
        using var third = new ManualResetEventSlim();
        using var ticks = Observable.Interval(TimeSpan.FromMilliseconds(3), thread).Where(tick => tick == 2).Subscribe(_ => third.Set());

        Assert.That(third.Wait(TimeSpan.FromMinutes(1)), Is.True);
    }

    /// <summary>A watcher's callback may come while the program ends, or after: it is dropped and never throws.</summary>
    [Test]
    public void Schedule_AfterTheEnd_IsDropped()
    {
        var thread = new StoppableScheduler("stopped");
        using var ran = new ManualResetEventSlim();
        thread.Schedule(ran.Set);
        ran.Wait();
        thread.Dispose();

        Assert.That(() => thread.Schedule(() => Assert.Fail("it ran")), Throws.Nothing);
        Assert.That(() => thread.Schedule(TimeSpan.FromMilliseconds(1), () => Assert.Fail("it ran")), Throws.Nothing);
    }

    [Test]
    public void Schedule_WhileItIsStopped_NeverThrows()
    {
        for (var round = 0; round < 50; round++)
        {
            var thread = new StoppableScheduler("stopped");
            using var begun = new ManualResetEventSlim();
            Exception? thrown = null;
            var watcher = new Thread(() =>
            {
                try
                {
                    for (var call = 0; call < 200; call++)
                    {
                        thread.Schedule(() => { });
                        begun.Set();
                    }
                }
                catch (Exception error)
                {
                    thrown = error;
                    begun.Set();
                }
            });
            watcher.Start();
            begun.Wait();
            thread.Dispose();
            watcher.Join();
            Assert.That(thrown, Is.Null);
        }
    }
}
