using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Dashboard;

/// <summary>
/// A subscription at work. Stopping returns at once; what still arrives after it is dropped by its id.
/// </summary>
/// <param name="stop">Stops it.</param>
/// <param name="change">Takes the same subscription with another value; null where nothing of it can change.</param>
internal sealed class RunningSubscription(Action stop, Action<Subscription>? change = null) : IDisposable
{
    public void Change(Subscription next) => change?.Invoke(next);

    public void Dispose() => stop();
}
