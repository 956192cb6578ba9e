namespace PackuilonMonitor.Terminal;

/// <summary>Acts that other threads post to the loop, in order.</summary>
/// <param name="wake">Wakes the loop; called on the posting thread, once until <see cref="Take"/>.</param>
public sealed class Mailbox(Action wake)
{
    private readonly Lock _gate = new();
    private readonly List<(object? Key, Action Act)> _items = [];
    private bool _signalled;

    /// <summary>
    /// Adds an act, from any thread. With a key it replaces an earlier one with the same key that was not taken yet, so a slow or stopped
    /// loop holds one of each.
    /// </summary>
    public void Post(object? key, Action act)
    {
        lock (_gate)
        {
            var place = key is null ? -1 : _items.FindIndex(item => key.Equals(item.Key));
            if (place >= 0)
                _items[place] = (key, act);
            else
                _items.Add((key, act));
            // Set and cleared under the lock of the list: an act is either in this take, or has its own wake-up.
            if (_signalled)
                return;
            _signalled = true;
        }

        wake();
    }

    /// <summary>The waiting acts; acts that are posted while these run wait for the next turn.</summary>
    public IReadOnlyList<Action> Take()
    {
        lock (_gate)
        {
            _signalled = false;
            if (_items.Count == 0)
                return [];
            Action[] all = [.. _items.Select(item => item.Act)];
            _items.Clear();
            return all;
        }
    }
}
