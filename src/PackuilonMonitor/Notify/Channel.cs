using System.Globalization;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Screen.Bulletins;

namespace PackuilonMonitor.Notify;

/// <summary>
/// One way of telling, on a scheduler of its own: whoever sends never waits. One bulletin after the other, each tried so
/// often, twice as long after each failure; what waits is bounded, and the oldest goes first.
/// </summary>
/// <param name="name">The way, in words, for complaints.</param>
/// <param name="scheduler">Where deliveries are tried; they may take their time there.</param>
/// <param name="deliver">One attempt; never throws for what can be expected.</param>
/// <param name="attempts">How often one bulletin is tried.</param>
/// <param name="told">Told on the scheduler what is wrong, and null when it is right again.</param>
public sealed class Channel(string name, IScheduler scheduler, Func<Bulletin, Delivery> deliver, int attempts, Action<string?> told)
{
    /// <summary>More bulletins than these do not wait.</summary>
    public const int Most = 100;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>However long the other side asks to be left alone.</summary>
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

        Later(TimeSpan.Zero, Next);
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
            Later(rest, () => Try(bulletin, attempt + 1, wait * 2 < LongestWait ? wait * 2 : LongestWait));
            return;
        }

        if (delivery.Why is not null)
            Complain($"{delivery.Why}; not sent: {Alert.Word(bulletin.Kind)} {bulletin.Image ?? bulletin.Thread}".TrimEnd());
        else if (_inTrouble)
            Recover();
        Later(TimeSpan.Zero, Next);
    }

    private void Later(TimeSpan after, Action act)
    {
        try
        {
            scheduler.Schedule(after, act);
        }
        catch (ObjectDisposedException)
        {
            // The program ends: what waits is not told.
        }
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
