using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>The one rule for polls, wake-ups and faults of every source that is followed.</summary>
public sealed class PollerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private readonly List<double> _polls = [];
    private readonly List<string> _news = [];
    private readonly List<Exception> _faults = [];
    private HistoricalScheduler _clock = null!;
    private Poller _poller = null!;

    [SetUp]
    public void Begin()
    {
        _clock = new HistoricalScheduler(Noon);
        _polls.Clear();
        _news.Clear();
        _faults.Clear();
    }

    [Test]
    public void Poll_NoWakeUp_FollowsAtItsOwnPace()
    {
        using var polling = Poll(_ => new(null, TimeSpan.FromSeconds(1)));
        Pass(2_500);

        Assert.That(_polls, Is.EqualTo(new[] { 0d, 1_000, 2_000 }));
    }

    [Test]
    public void Hints_Together_AreAnsweredByOnePollAfterTheLast()
    {
        using var polling = Poll(_ => new(null, TimeSpan.FromSeconds(1)));
        Pass(5);
        for (var hint = 0; hint < 10; hint++)
            _poller.Hint();
        Pass(500);
        _poller.Hint();
        Pass(1);

        Assert.That(_polls, Is.EqualTo(new[] { 0d, 20, 505 }));
    }

    [Test]
    public void Hint_WhileAnEarlierPollIsDue_DoesNotDelayIt()
    {
        using var polling = Poll(_ => new(null, TimeSpan.FromMilliseconds(10)));
        Pass(5);
        _poller.Hint();
        Pass(10);

        Assert.That(_polls, Is.EqualTo(new[] { 0d, 10 }));
    }

    [Test]
    public void WakeUp_AfterAHint_PollsAtOnce()
    {
        using var polling = Poll(_ => new(null, null));
        Pass(5);
        _poller.Hint();
        _poller.Wake();
        Pass(1);

        Assert.That(_polls, Is.EqualTo(new[] { 0d, 5 }));
    }

    [Test]
    public void WakeUp_DuringAPoll_IsNotLost()
    {
        using var polling = Poll(poller =>
        {
            if (_polls.Count == 1)
                poller.Wake();
            return new(null, null);
        });
        Pass(1);

        Assert.That(_polls, Has.Count.EqualTo(2));
    }

    [Test]
    public void News_OfAPoll_AreReportedUntilTheLast()
    {
        using var polling = Poll(_ => _polls.Count switch
        {
            1 => new("one", TimeSpan.Zero),
            2 => new(null, TimeSpan.Zero),
            _ => new("end", TimeSpan.Zero) { IsLast = true },
        });
        Pass(100);
        _poller.Wake();
        Pass(100);

        Assert.That((string.Join(' ', _news), _polls.Count), Is.EqualTo(("one end done", 3)));
    }

    [Test]
    public void Fault_OfAPoll_IsReportedOnceAndEndsThePolls()
    {
        using var polling = Poll(_ => _polls.Count < 3 ? new(null, TimeSpan.FromSeconds(1)) : throw new InvalidOperationException("bug"));
        Pass(10_000);
        _poller.Hint();
        _poller.Wake();
        Pass(10_000);

        Assert.That((_faults.Single().Message, _polls.Count), Is.EqualTo(("bug", 3)));
    }

    [Test]
    public void Disposed_Poller_PollsNoMore()
    {
        var polling = Poll(_ => new(null, TimeSpan.FromSeconds(1)));
        Pass(1_500);
        polling.Dispose();
        _poller.Hint();
        _poller.Wake();
        Pass(10_000);

        Assert.That(_polls, Has.Count.EqualTo(2));
    }

    /// <summary>A scheduler whose thread runs the poll before Schedule has returned to the subscriber.</summary>
    [Test]
    public void Poll_ThatIsOverBeforeScheduleReturns_IsFollowedByTheNext()
    {
        using var polling = Poll(_ => new(null, TimeSpan.FromSeconds(1)), new Hasty(_clock));
        Pass(2_500);

        Assert.That(_polls, Is.EqualTo(new[] { 0d, 1_000, 2_000 }));
    }

    private IDisposable Poll(Func<Poller, PollResult<string>> poll, IScheduler? scheduler = null) =>
        Poller
            .Observe<string>(
                scheduler ?? _clock,
                Gather,
                poller =>
                {
                    _polls.Add((_clock.Now - Noon).TotalMilliseconds);
                    return poll(poller);
                },
                poller =>
                {
                    _poller = poller;
                    return Disposable.Empty;
                }
            )
            .Subscribe(_news.Add, _faults.Add, () => _news.Add("done"));

    private void Pass(int milliseconds) => _clock.AdvanceBy(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Does at once what is due at once.</summary>
    private sealed class Hasty(IScheduler later) : IScheduler
    {
        public DateTimeOffset Now => later.Now;

        public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) => action(this, state);

        public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
            dueTime <= TimeSpan.Zero ? action(this, state) : later.Schedule(state, dueTime, action);

        public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
            Schedule(state, dueTime - Now, action);
    }
}
