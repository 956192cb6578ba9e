using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Tests.App;

public sealed class TimePhraseTests
{
    // A Sunday.
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 16, 41, 30, TimeSpan.FromHours(1));

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("one", TimeSpan.FromHours(1), null, null);

    [TestCase("14:02", "2026-11-22T14:02:00+01:00")]
    [TestCase("14:02:11", "2026-11-22T14:02:11+01:00")]
    [TestCase("9:05", "2026-11-22T09:05:00+01:00")]
    [TestCase("17:00", "2026-11-21T17:00:00+01:00", Description = "it was not five today yet")]
    [TestCase("today 14:02", "2026-11-22T14:02:00+01:00")]
    [TestCase("yesterday 14:00", "2026-11-21T14:00:00+01:00")]
    [TestCase("yesterday", "2026-11-21T00:00:00+01:00")]
    [TestCase("3h ago", "2026-11-22T13:41:30+01:00")]
    [TestCase("90s ago", "2026-11-22T16:40:00+01:00")]
    [TestCase("2d ago", "2026-11-20T16:41:30+01:00")]
    [TestCase("Fri 17:40", "2026-11-20T17:40:00+01:00")]
    [TestCase("friday 17:40", "2026-11-20T17:40:00+01:00")]
    [TestCase("Sun 16:00", "2026-11-22T16:00:00+01:00")]
    [TestCase("Sun 17:00", "2026-11-15T17:00:00+01:00")]
    [TestCase("2026-11-21T14:02", "2026-11-21T14:02:00+01:00")]
    [TestCase("2026-11-21 14:02:11", "2026-11-21T14:02:11+01:00")]
    [TestCase("2026-11-21T14:02:11Z", "2026-11-21T14:02:11+00:00")]
    [TestCase("  14:02  ", "2026-11-22T14:02:00+01:00")]
    [TestCase("16:41:30", "2026-11-22T16:41:30+01:00", Description = "now")]
    [TestCase("16:41:31", "2026-11-21T16:41:31+01:00", Description = "a second after now")]
    [TestCase("Sun 16:41:30", "2026-11-22T16:41:30+01:00")]
    [TestCase("Sun 16:41:31", "2026-11-15T16:41:31+01:00")]
    [TestCase("Mon 16:00", "2026-11-16T16:00:00+01:00")]
    [TestCase("5m ago", "2026-11-22T16:36:30+01:00")]
    [TestCase("3 days ago", "2026-11-19T16:41:30+01:00")]
    [TestCase("1 hour ago", "2026-11-22T15:41:30+01:00")]
    [TestCase("10 min ago", "2026-11-22T16:31:30+01:00")]
    [TestCase("2 Minutes ago", "2026-11-22T16:39:30+01:00")]
    [TestCase("30 sec ago", "2026-11-22T16:41:00+01:00")]
    [TestCase("3 h ago", "2026-11-22T13:41:30+01:00")]
    [TestCase("3hours ago", "2026-11-22T13:41:30+01:00")]
    [TestCase("99999s ago", "2026-11-21T12:54:51+01:00")]
    [TestCase("2026-1-2", "2026-01-02T00:00:00+01:00")]
    public void Parse_OfAMoment_IsThatMoment(string text, string moment) =>
        Assert.That(
            TimePhrase.Parse(text, Now, Zone),
            Is.EqualTo(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture))
        );

    /// <summary>Summer time ended in the night: each moment is by the clock of its own day.</summary>
    [TestCase("yesterday 14:00", "2026-10-24T14:00:00+01:00")]
    [TestCase("Fri 17:40", "2026-10-23T17:40:00+01:00")]
    [TestCase("11:00", "2026-10-24T11:00:00+01:00")]
    [TestCase("0:30", "2026-10-25T00:30:00+01:00")]
    [TestCase("9:30", "2026-10-25T09:30:00+00:00")]
    [TestCase("2026-10-24T14:02", "2026-10-24T14:02:00+01:00")]
    [TestCase("12h ago", "2026-10-24T22:00:00+00:00")]
    public void Parse_AfterSummerTime_IsByTheClockOfThatDay(string text, string moment) =>
        Assert.That(
            TimePhrase.Parse(
                text,
                new DateTimeOffset(2026, 10, 25, 10, 0, 0, TimeSpan.Zero),
                TimeZoneInfo.FindSystemTimeZoneById("Europe/London")
            ),
            Is.EqualTo(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture))
        );

    [TestCase("")]
    [TestCase("25:00")]
    [TestCase("noon")]
    [TestCase("3h")]
    [TestCase("h ago")]
    [TestCase("-3h ago")]
    [TestCase("99999999999h ago")]
    [TestCase("Foo 14:00")]
    [TestCase("14")]
    [TestCase("100000s ago")]
    [TestCase("s ago")]
    [TestCase("3w ago")]
    [TestCase("3 days")]
    [TestCase("days ago")]
    [TestCase("3 ago")]
    [TestCase("3 daze ago")]
    [TestCase("3 1h ago")]
    [TestCase("100000 seconds ago")]
    [TestCase("today")]
    [TestCase("2026-11")]
    [TestCase("January 2026")]
    public void Parse_OfSomethingElse_IsNothing(string text) => Assert.That(TimePhrase.Parse(text, Now, Zone), Is.Null);
}
