using System.Reactive.Concurrency;

namespace PackuilonMonitor.Dashboard;

/// <summary>A scheduler whose wall clock is ahead of the real one by a fixed span: the clock of a recording that is played again.</summary>
internal sealed class ShiftedScheduler(IScheduler inner, TimeSpan ahead) : IScheduler, IServiceProvider
{
    public DateTimeOffset Now => inner.Now + ahead;

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
        inner.Schedule(state, (_, known) => action(this, known));

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
        inner.Schedule(state, dueTime, (_, known) => action(this, known));

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        inner.Schedule(state, dueTime - ahead, (_, known) => action(this, known));

    /// <summary>The stopwatch and the periodic timer are the inner scheduler's: spans are the same on both clocks.</summary>
    public object? GetService(Type serviceType) => (inner as IServiceProvider)?.GetService(serviceType);
}
