using System.Reactive.Concurrency;
using System.Reactive.Subjects;
using PackuilonMonitor.Dashboard;

namespace PackuilonMonitor.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PacingTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly HistoricalScheduler _clock = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Subject<int> _values = new();
    private readonly List<(long Milliseconds, int Value)> _shown = [];

    [SetUp]
    public void Subscribe()
    {
        var start = _clock.Now;
        _values
            .FirstAtOnceThenPaced(Interval, 3 * Interval, _clock)
            .Subscribe(value => _shown.Add(((long)(_clock.Now - start).TotalMilliseconds, value)));
    }

    public void Dispose() => _values.Dispose();

    [Test]
    public void FirstAtOnce_AfterQuiet_ShowsAtOnceEachTime()
    {
        _values.OnNext(1);
        _clock.AdvanceBy(Interval * 2);
        _values.OnNext(2);

        Assert.That(_shown, Is.EqualTo(new[] { (0L, 1), (600L, 2) }));
    }

    [Test]
    public void FirstAtOnce_ManyInOneInterval_ShowsTheNewestOnceAtItsEnd()
    {
        foreach (var value in Enumerable.Range(1, 100))
            _values.OnNext(value);
        _clock.AdvanceBy(Interval * 5);

        Assert.That(_shown, Is.EqualTo(new[] { (0L, 1), (300L, 100) }));
    }

    [Test]
    public void FirstAtOnce_SteadyStream_ShowsAtGrowingIntervals()
    {
        foreach (var value in Enumerable.Range(0, 300))
        {
            _values.OnNext(value);
            _clock.AdvanceBy(TimeSpan.FromMilliseconds(10));
        }

        Assert.That(_shown, Is.EqualTo(new[] { (0L, 0), (300L, 29), (900L, 89), (1800L, 179), (2700L, 269) }));
    }

    [Test]
    public void FirstAtOnce_AfterASteadyStreamAndQuiet_BeginsAgain()
    {
        foreach (var value in Enumerable.Range(0, 300))
        {
            _values.OnNext(value);
            _clock.AdvanceBy(TimeSpan.FromMilliseconds(10));
        }

        _clock.AdvanceBy(Interval * 9);
        _shown.Clear();
        _values.OnNext(1);
        _values.OnNext(2);
        _clock.AdvanceBy(Interval * 9);

        Assert.That(_shown.Select(shown => shown.Value), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(_shown[1].Milliseconds - _shown[0].Milliseconds, Is.EqualTo(300));
    }
}
