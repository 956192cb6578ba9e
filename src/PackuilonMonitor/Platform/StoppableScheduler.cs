using System.Diagnostics;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace PackuilonMonitor.Platform;

/// <summary>
/// A thread of its own that does its work in turn, by due time. Once it is disposed of, whatever is scheduled is dropped without a word.
/// It waits for the next due time itself: the timer of <see cref="EventLoopScheduler"/> wakes two more threads each time, and its waits
/// spin, which is a quarter of the work of an idle dashboard.
/// </summary>
public sealed class StoppableScheduler : LocalScheduler, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private readonly SchedulerQueue<TimeSpan> _queue = new();
    private readonly string _name;
    private bool _started;
    private bool _stopped;

    /// <param name="name">The name of its thread, which starts with the first work.</param>
    public StoppableScheduler(string name) => _name = name;

    public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        var item = new ScheduledItem<TimeSpan, TState>(this, state, action, Elapsed + Scheduler.Normalize(dueTime));
        lock (_gate)
        {
            // A watcher may call back while the program ends: that is no bug of the caller.
            if (_stopped)
                return Disposable.Empty;
            _queue.Enqueue(item);
            Monitor.Pulse(_gate);
            if (!_started)
                new Thread(Run) { Name = _name, IsBackground = true }.Start();
            _started = true;
        }

        return Disposable.Create(item, Remove);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private static TimeSpan Elapsed => Stopwatch.GetElapsedTime(0);

    private void Remove(ScheduledItem<TimeSpan> item)
    {
        item.Cancel();
        lock (_gate)
            _queue.Remove(item);
    }

    private void Run()
    {
        while (Next() is { } item)
            item.Invoke();
    }

    /// <summary>Waits for the next item that is due; null once it is stopped.</summary>
    private ScheduledItem<TimeSpan>? Next()
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                var wait = _queue.Count == 0 ? LongestWait : _queue.Peek().DueTime - Elapsed;
                if (wait <= TimeSpan.Zero)
                    return _queue.Dequeue();
                // A wait is of whole milliseconds.
                Monitor.Wait(_gate, (int)Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds)));
            }

            return null;
        }
    }
}
