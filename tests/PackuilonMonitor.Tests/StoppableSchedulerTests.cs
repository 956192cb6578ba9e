using System.Reactive.Concurrency;
using PackuilonMonitor.Platform;

namespace PackuilonMonitor.Tests;

public sealed class StoppableSchedulerTests
{
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
