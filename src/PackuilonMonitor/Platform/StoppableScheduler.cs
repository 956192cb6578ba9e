using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace PackuilonMonitor.Platform;

/// <summary>
/// A thread of its own that does its work in turn. Once it is disposed of, whatever is scheduled is dropped without a word.
/// </summary>
public sealed class StoppableScheduler(string name) : IScheduler, IServiceProvider, IDisposable
{
    private readonly EventLoopScheduler _thread = new(start => new Thread(start) { Name = name, IsBackground = true });

    public DateTimeOffset Now => _thread.Now;

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
        UnlessStopped(() => _thread.Schedule(state, (_, known) => action(this, known)));

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
        UnlessStopped(() => _thread.Schedule(state, dueTime, (_, known) => action(this, known)));

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        UnlessStopped(() => _thread.Schedule(state, dueTime, (_, known) => action(this, known)));

    /// <summary>The stopwatch and the periodic timer of the thread.</summary>
    public object? GetService(Type serviceType) => ((IServiceProvider)_thread).GetService(serviceType);

    public void Dispose() => _thread.Dispose();

    // A watcher may call back while the program ends: that is no bug of the caller.
    private static IDisposable UnlessStopped(Func<IDisposable> schedule)
    {
        try
        {
            return schedule();
        }
        catch (ObjectDisposedException)
        {
            return Disposable.Empty;
        }
    }
}
