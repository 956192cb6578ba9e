namespace PackuilonMonitor.Linear;

/// <summary>What other threads want done on the session's own, in the order in which it came.</summary>
internal sealed class Mailbox
{
    private readonly Queue<Action> _waiting = [];

    /// <summary>From any thread; after the end of the session nobody takes it.</summary>
    public void Add(Action action)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(action);
            Monitor.Pulse(_waiting);
        }
    }

    /// <summary>The next one; null where none came in time.</summary>
    public Action? Take(TimeSpan patience)
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0)
                Monitor.Wait(_waiting, patience);
            return _waiting.TryDequeue(out var next) ? next : null;
        }
    }
}
