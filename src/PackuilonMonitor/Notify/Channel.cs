using System.Globalization;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Notify;

/// <summary>
/// One way to notify, on a scheduler of its own: the sender never waits. It delivers one bulletin after the other, with a limited number of
/// attempts, each after twice the time; its queue is bounded, and the oldest are dropped.
/// </summary>
/// <param name="name">The way, in words, for messages.</param>
/// <param name="scheduler">Where deliveries run; they may block there.</param>
/// <param name="deliver">One attempt; never throws for expected faults.</param>
/// <param name="attempts">The number of attempts for one bulletin.</param>
/// <param name="told">Called on the scheduler with the trouble, and with null when it is over.</param>
public sealed class Channel(string name, IScheduler scheduler, Func<Bulletin, Delivery> deliver, int attempts, Action<string?> told)
{
    /// <summary>The limit of waiting bulletins.</summary>
    public const int Most = 100;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait that the other side may ask for.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    private readonly Queue<Bulletin> _waiting = new();
    private bool _busy;
    private bool _inTrouble;
    private int _dropped;

    /// <summary>From any thread.</summary>
    public void Send(Bulletin bulletin)
    {
        lock (_waiting)
        {
            if (_waiting.Count == Most)
            {
                _waiting.Dequeue();
                _dropped++;
            }

            _waiting.Enqueue(bulletin);
            if (_busy)
                return;
            _busy = true;
        }

        scheduler.Schedule(TimeSpan.Zero, Next);
    }

    private void Next()
    {
        Bulletin bulletin;
        int dropped;
        lock (_waiting)
        {
            (dropped, _dropped) = (_dropped, 0);
            _busy = _waiting.TryDequeue(out bulletin!);
            if (!_busy)
                return;
        }

        if (dropped > 0)
            Complain(string.Create(CultureInfo.InvariantCulture, $"{dropped} not sent: too many waited"));
        Try(bulletin, 1, FirstWait);
    }

    private void Try(Bulletin bulletin, int attempt, TimeSpan wait)
    {
        var delivery = deliver(bulletin);
        if (delivery.Why is { } why && delivery.Again && attempt < attempts)
        {
            var rest = delivery.NotBefore is { } asked && asked > wait ? (asked < LongestRest ? asked : LongestRest) : wait;
            Complain(string.Create(CultureInfo.InvariantCulture, $"{why}; again in {Math.Ceiling(rest.TotalSeconds)} s"));
            scheduler.Schedule(rest, () => Try(bulletin, attempt + 1, wait * 2 < LongestWait ? wait * 2 : LongestWait));
            return;
        }

        if (delivery.Why is not null)
            Complain($"{delivery.Why}; not sent: {Alert.Word(bulletin.Kind)} {bulletin.Image ?? bulletin.Thread}".TrimEnd());
        else if (_inTrouble)
            Recover();
        scheduler.Schedule(TimeSpan.Zero, Next);
    }

    private void Complain(string why)
    {
        _inTrouble = true;
        told($"{name}: {why}");
    }

    private void Recover()
    {
        _inTrouble = false;
        told(null);
    }
}
