using System.Globalization;
using CsCheck;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>The years and zones of stamps that say neither: page "Years" of the contract.</summary>
public sealed class SyslogClockTests
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whole seconds of about two centuries.</summary>
    private static readonly Gen<DateTimeOffset> Instant = Gen.Long[0, 6_000_000_000].Select(second => Epoch.AddSeconds(second));

    [Test]
    public void FirstLine_WithinHalfAYearOfNow_HasTheLatestYearUpToTomorrow() =>
        Gen.Select(Instant, Gen.Long[-180 * 86_400L, 180 * 86_400L]).Sample((now, seconds) =>
        {
            var written = now.AddSeconds(seconds);

            var read = Times("UTC", now, Stamp(written)).Single();

            // Whoever writes ahead of the clock can only mean an earlier year.
            var expected = Enumerable.Range(0, 9).Select(back => InYear(written, written.Year - back)).OfType<DateTimeOffset>().First(at => at <= now.AddDays(1));
            return read == expected && (seconds > 86_400 || read == written);
        }, iter: 100_000);

    [Test]
    public void LaterLine_UpToHalfAYearAfterTheLineBefore_FollowsIt() =>
        Gen.Select(Instant, Gen.Long[0, 180 * 86_400L].Array[1, 6]).Sample((first, pauses) =>
        {
            var written = pauses.Aggregate(new List<DateTimeOffset> { first }, (times, pause) => [.. times, times[^1].AddSeconds(pause)]);

            return Times("UTC", first, [.. written.Select(Stamp)]).SequenceEqual(written);
        }, iter: 20_000);

    [Test]
    public void LaterLine_UpToADayBeforeTheLineBefore_KeepsItsYear() =>
        Gen.Select(Instant, Gen.Long[0, 86_400]).Sample((first, late) =>
            Times("UTC", first, Stamp(first), Stamp(first.AddSeconds(-late)))[1] == first.AddSeconds(-late), iter: 20_000);

    [TestCase("2026-11-23T00:00:00Z", "Nov 22 12:00:00", "2026-11-22T12:00:00Z")]
    [TestCase("2026-11-23T00:00:00Z", "Nov 24 00:00:00", "2026-11-24T00:00:00Z", TestName = "a day ahead")]
    [TestCase("2026-11-23T00:00:00Z", "Nov 24 00:00:01", "2025-11-24T00:00:01Z", TestName = "more than a day ahead")]
    [TestCase("2026-11-23T00:00:00Z", "Dec 31 23:59:59", "2025-12-31T23:59:59Z")]
    [TestCase("2026-01-01T00:00:10Z", "Dec 31 23:59:59", "2025-12-31T23:59:59Z", TestName = "last year's")]
    [TestCase("2025-12-31T23:59:00Z", "Jan  1 00:00:30", "2026-01-01T00:00:30Z", TestName = "next year's, a little ahead")]
    [TestCase("2026-11-23T00:00:00Z", "Jul  4 09:05:07", "2026-07-04T09:05:07Z", TestName = "day padded with a blank")]
    [TestCase("2026-11-23T00:00:00Z", "Jul 04 09:05:07", "2026-07-04T09:05:07Z", TestName = "day padded with a zero")]
    [TestCase("2026-11-23T00:00:00Z", "Feb 29 12:00:00", "2024-02-29T12:00:00Z", TestName = "leap day in a common year")]
    [TestCase("2028-02-28T13:00:00Z", "Feb 29 12:00:00", "2028-02-29T12:00:00Z", TestName = "leap day tomorrow")]
    [TestCase("2107-01-01T00:00:00Z", "Feb 29 12:00:00", "2104-02-29T12:00:00Z", TestName = "leap day, long ago")]
    public void FirstLine_OfSuchAStamp_IsAt(string now, string stamp, string expected) =>
        Assert.That(Times("UTC", At(now), stamp).Single(), Is.EqualTo(At(expected)));

    [Test]
    public void Lines_OverNewYearWithAStraggler_StayInTheirYears()
    {
        var times = Times("UTC", At("2027-02-01T00:00:00Z"), "Dec 31 23:59:58", "Jan  1 00:00:01", "Dec 31 23:59:59", "Jan  1 00:00:02", "Feb  1 00:00:00");

        Assert.That(times.Select(at => at.Year), Is.EqualTo(new[] { 2026, 2027, 2026, 2027, 2027 }));
    }

    [Test]
    public void Lines_OverManyYears_CountEachNewYear()
    {
        var times = Times("UTC", At("2024-06-01T00:00:00Z"), "Jan  5 00:00:00", "Dec 24 00:00:00", "Feb  1 00:00:00", "Nov 30 00:00:00", "Jan  2 00:00:00");

        Assert.That(times.Select(at => at.Year), Is.EqualTo(new[] { 2024, 2024, 2025, 2025, 2026 }));
    }

    [Test]
    public void LeapDay_AfterADayOfACommonYear_CorrectsTheYear()
    {
        var times = Times("UTC", At("2026-11-23T00:00:00Z"), "Feb 28 23:59:59", "Feb 29 00:00:00", "Mar  1 00:00:00");

        Assert.That(times.Select(at => at.Year), Is.EqualTo(new[] { 2026, 2024, 2024 }));
    }

    [Test]
    public void Lines_WhoseClockWasSetBackSomeDays_GoBack()
    {
        var times = Times("UTC", At("2026-11-23T00:00:00Z"), "Nov 20 12:00:00", "Oct 25 12:00:00");

        Assert.That(times, Is.EqualTo(new[] { At("2026-11-20T12:00:00Z"), At("2026-10-25T12:00:00Z") }));
    }

    [Test]
    public void TimeOnly_OverMidnight_GoesToTheNextDayAndBackForAStraggler()
    {
        var times = Times("UTC", At("2026-11-22T12:00:00Z"), "16:30:45", "23:59:59", "00:00:01", "23:59:59", "00:00:02", "11:00:00", "22:00:00", "04:00:00");

        Assert.That(times.Select(at => at.Day), Is.EqualTo(new[] { 22, 22, 23, 22, 23, 23, 23, 24 }));
    }

    [Test]
    public void ExactStamp_SetsTheYearOfWhatFollows()
    {
        var times = Times("UTC", At("2026-11-23T00:00:00Z"), "2019-12-31T23:59:59.5+00:00", "Jan  1 00:00:01", "00:00:02");

        Assert.That(times, Is.EqualTo(new[] { At("2019-12-31T23:59:59.5Z"), At("2020-01-01T00:00:01Z"), At("2020-01-01T00:00:02Z") }));
    }

    [TestCase("Europe/London", "Mar 29 00:59:59", "2026-03-29T00:59:59Z")]
    [TestCase("Europe/London", "Mar 29 02:00:00", "2026-03-29T01:00:00Z")]
    [TestCase("Europe/London", "Oct 25 00:59:59", "2026-10-24T23:59:59Z")]
    [TestCase("Europe/London", "Oct 25 02:00:00", "2026-10-25T02:00:00Z")]
    [TestCase("Europe/Berlin", "Mar 29 01:59:59", "2026-03-29T00:59:59Z")]
    [TestCase("Europe/Berlin", "Mar 29 03:00:00", "2026-03-29T01:00:00Z")]
    [TestCase("Europe/Berlin", "Oct 25 01:59:59", "2026-10-24T23:59:59Z")]
    [TestCase("Europe/Berlin", "Oct 25 03:00:00", "2026-10-25T02:00:00Z")]
    [TestCase("Europe/Berlin", "Dec 31 23:30:00", "2025-12-31T22:30:00Z")]
    public void Line_BesideAChangeOfSummerTime_HasTheOffsetOfItsSide(string zone, string stamp, string expected) =>
        Assert.That(Times(zone, At("2026-11-23T00:00:00Z"), stamp).Single(), Is.EqualTo(At(expected)));

    [TestCase("Europe/London", 1)]
    [TestCase("Europe/Berlin", 2)]
    public void DoubledHour_ReadThroughFromBefore_TakesBothReadingsInTurn(string zone, int hour)
    {
        var end = At("2026-10-25T00:00:00Z");
        var written = Enumerable.Range(0, 150).Select(minute => end.AddMinutes(minute)).ToList();

        var times = Times(zone, At("2026-11-23T00:00:00Z"), [.. written.Select(at => Stamp(InZone(at, zone)))]);

        Assert.That(times, Is.EqualTo(written));
        Assert.That(InZone(written[30], zone).Hour, Is.EqualTo(hour));
        Assert.That(InZone(written[90], zone).Hour, Is.EqualTo(hour));
    }

    [TestCase("Europe/London", "Mar 29 00:30:00")]
    [TestCase("Europe/London", "Oct 25 00:30:00")]
    [TestCase("Europe/Berlin", "Mar 29 01:30:00")]
    [TestCase("Europe/Berlin", "Oct 25 01:30:00")]
    public void Lines_InOrderThroughAChange_NeverGoBack(string zone, string first)
    {
        var start = DateTime.ParseExact("2026 " + first, "yyyy MMM dd HH:mm:ss", CultureInfo.InvariantCulture);
        var random = new Random(42);

        for (var round = 0; round < 200; round++)
        {
            // In order by their stamps, the hour that does not exist among them; or in order of the real time.
            var byStamp = Enumerable.Range(0, 40).Select(_ => start.AddSeconds(random.Next(3 * 3600))).Order().Select(Stamp);
            var begin = TimeZoneInfo.ConvertTimeToUtc(start, TimeZoneInfo.FindSystemTimeZoneById(zone));
            var byTime = Enumerable.Range(0, 40).Select(_ => begin.AddSeconds(random.Next(4 * 3600))).Order().Select(at => Stamp(InZone(at, zone)));

            foreach (var stamps in (string[][])[[.. byStamp], [.. byTime]])
            {
                var times = Times(zone, At("2026-11-23T00:00:00Z"), stamps);
                Assert.That(times, Is.Ordered, string.Join(", ", stamps));
            }
        }
    }

    [TestCase("Europe/London", "Mar 29 01:30:00", "2026-03-29T01:00:00Z")]
    [TestCase("Europe/Berlin", "Mar 29 02:30:00", "2026-03-29T01:00:00Z")]
    public void Line_InTheHourThatSpringLeavesOut_IsAtTheChange(string zone, string stamp, string expected) =>
        Assert.That(Times(zone, At("2026-11-23T00:00:00Z"), stamp).Single(), Is.EqualTo(At(expected)));

    [TestCase("0001-01-01T00:00:00Z", "Nov 22 12:00:00")]
    [TestCase("9999-12-31T23:59:59Z", "Nov 22 12:00:00")]
    [TestCase("9999-12-31T23:59:59Z", "Dec 31 23:59:59")]
    [TestCase("2026-11-23T00:00:00Z", "9999-12-31T23:59:59Z", "Jan  1 00:00:00", "12:00:00")]
    [TestCase("2026-11-23T00:00:00Z", "0001-01-01T00:00:00Z", "Jan  1 00:00:00", "12:00:00")]
    [TestCase("2026-11-23T00:00:00Z", "0001-01-01T00:00:00+13:00", "Dec 31 00:00:00", "12:00:00")]
    public void Lines_AtTheEndsOfTime_GiveSomeTimeAtOnce(string now, params string[] stamps)
    {
        foreach (var zone in (string[])["UTC", "Europe/Berlin", "America/New_York"])
            Assert.That(() => Times(zone, At(now), stamps), Throws.Nothing, zone);
    }

    [Test]
    public void TimeOf_LinesOfOthers_MovesTheSameClock()
    {
        var parser = new LineParser(new SyslogClock(TimeZoneInfo.Utc, At("2026-02-01T00:00:00Z")));

        Assert.That(parser.TimeOf(Given.Line("Dec 31 23:59:59 vm sshd[1]: hello")), Is.EqualTo(At("2025-12-31T23:59:59Z")));
        Assert.That(parser.TimeOf(Given.Line("Jan  1 00:00:00 vm kernel: hello")), Is.EqualTo(At("2026-01-01T00:00:00Z")));
        Assert.That(parser.TimeOf(Given.Line("no stamp at all")), Is.Null);
        Assert.That(parser.Parse(Given.Line("Jan 20 00:00:00 vm /rabbit2packer.py: Starting"))!.At, Is.EqualTo(At("2026-01-20T00:00:00Z")));
    }

    private static List<DateTimeOffset> Times(string zone, DateTimeOffset now, params string[] stamps)
    {
        var parser = new LineParser(new SyslogClock(TimeZoneInfo.FindSystemTimeZoneById(zone), now));
        return [.. stamps.Select(stamp => parser.TimeOf(Given.Line(stamp + " vm kernel: hello"))).OfType<DateTimeOffset>()];
    }

    private static DateTimeOffset InZone(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset? InYear(DateTimeOffset at, int year) =>
        at.Day <= DateTime.DaysInMonth(year, at.Month) ? new DateTimeOffset(year, at.Month, at.Day, at.Hour, at.Minute, at.Second, at.Offset) : null;

    private static string Stamp(DateTimeOffset at) => Stamp(at.DateTime);

    // The custom format has no day padded with a blank.
    private static string Stamp(DateTime at) => string.Create(CultureInfo.InvariantCulture, $"{at:MMM} {at.Day,2} {at:HH:mm:ss}");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
