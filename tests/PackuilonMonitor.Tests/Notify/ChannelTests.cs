using System.Globalization;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Notify;

/// <summary>Back-off and the bounded queue, in virtual time.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ChannelTests
{
    private readonly HistoricalScheduler _clock = new(Given.Noon);
    private readonly List<string> _tried = [];
    private readonly List<string?> _told = [];

    [Test]
    public void Send_NothingWrong_DeliversInOrderAndReportsNothing()
    {
        var channel = Channel(_ => Delivery.Done);

        channel.Send(Named("a"));
        channel.Send(Named("b"));
        Assert.That(_tried, Is.Empty, "whoever sends does not wait");
        _clock.AdvanceBy(Moment);

        Assert.That(_tried, Is.EqualTo(new[] { "0 a", "0 b" }));
        Assert.That(_told, Is.Empty);
    }

    [Test]
    public void Send_TheOtherSideFails_WaitsTwiceAsLongAfterEachAttempt()
    {
        var failures = 3;
        var channel = Channel(_ => failures-- > 0 ? new Delivery("HTTP 503", Again: true) : Delivery.Done);

        channel.Send(Named("a"));
        channel.Send(Named("b"));
        Pass(60);

        Assert.That(_tried, Is.EqualTo(new[] { "0 a", "1 a", "3 a", "7 a", "7 b" }));
        Assert.That(
            _told,
            Is.EqualTo(new[] { "way: HTTP 503; again in 1 s", "way: HTTP 503; again in 2 s", "way: HTTP 503; again in 4 s", null })
        );
    }

    [Test]
    public void Send_NeverDelivered_IsGivenUpAndTheNextIsTried()
    {
        var channel = Channel(bulletin => bulletin.Image == "a" ? new Delivery("HTTP 503", Again: true) : Delivery.Done, attempts: 3);

        channel.Send(Named("a"));
        channel.Send(Named("b"));
        Pass(60);

        Assert.That(_tried, Is.EqualTo(new[] { "0 a", "1 a", "3 a", "3 b" }));
        Assert.That(_told[^2..], Is.EqualTo(new[] { "way: HTTP 503; not sent: failed a", null }));
    }

    [Test]
    public void Send_NotWorthAnotherAttempt_IsGivenUpAtOnce()
    {
        var channel = Channel(_ => new Delivery("HTTP 404"));

        channel.Send(Named("a"));
        Pass(60);

        Assert.That(_tried, Is.EqualTo(new[] { "0 a" }));
        Assert.That(_told, Is.EqualTo(new[] { "way: HTTP 404; not sent: failed a" }));
    }

    [TestCase(20, 20)]
    [TestCase(86_400, 300)]
    public void Send_AskedToWait_WaitsWithinReason(int asked, int waited)
    {
        var channel = Channel(_ => _tried.Count == 1 ? new Delivery("HTTP 429", Again: true, TimeSpan.FromSeconds(asked)) : Delivery.Done);

        channel.Send(Named("a"));
        Pass(100_000);

        Assert.That(_tried, Is.EqualTo(new[] { "0 a", $"{waited} a" }));
    }

    [Test]
    public void Send_LongOutage_WaitsAMinuteAtMost()
    {
        var channel = Channel(_ => new Delivery("HTTP 503", Again: true), attempts: 10);

        channel.Send(Named("a"));
        Pass(1_000);

        Assert.That(
            _tried.Select(tried => int.Parse(tried.Split(' ')[0], CultureInfo.InvariantCulture)),
            Is.EqualTo(new[] { 0, 1, 3, 7, 15, 31, 63, 123, 183, 243 })
        );
    }

    [Test]
    public void Send_MoreThanCanWait_TheOldestGoAndAreCounted()
    {
        var channel = Channel(bulletin => bulletin.Image == "first" ? new Delivery("HTTP 503", Again: true) : Delivery.Done, attempts: 2);
        channel.Send(Named("first"));
        _clock.AdvanceBy(Moment);
        for (var number = 1; number <= PackuilonMonitor.Notify.Channel.Most + 5; number++)
            channel.Send(Named(number.ToString(CultureInfo.InvariantCulture)));
        Pass(60);

        Assert.That(_told, Does.Contain("way: 5 not sent: too many waited"));
        Assert.That(_tried.Skip(2).First(), Is.EqualTo("1 6"));
        Assert.That(_tried, Has.Count.EqualTo(2 + PackuilonMonitor.Notify.Channel.Most));
    }

    private Channel Channel(Func<Bulletin, Delivery> deliver, int attempts = 6) => new(
        "way", _clock,
        bulletin =>
        {
            _tried.Add(string.Create(CultureInfo.InvariantCulture, $"{(int)(_clock.Now - Given.Noon).TotalSeconds} {bulletin.Image}"));
            return deliver(bulletin);
        },
        attempts, _told.Add);

    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    private void Pass(int seconds) => _clock.AdvanceBy(TimeSpan.FromSeconds(seconds));

    private static Bulletin Named(string image) => new(AlertKind.Failed, Given.Noon) { Image = image };
}
