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
        Gen.Select(Instant, Gen.Long[-180 * 86_400L, 180 * 86_400L])
            .Sample(
                (now, seconds) =>
                {
                    var written = now.AddSeconds(seconds);

                    var read = Times("UTC", now, Stamp(written)).Single();

                    // Whoever writes ahead of the clock can only mean an earlier year.
                    var expected = Enumerable
                        .Range(0, 9)
                        .Select(back => InYear(written, written.Year - back))
                        .OfType<DateTimeOffset>()
                        .First(at => at <= now.AddDays(1));
                    return read == expected && (seconds > 86_400 || read == written);
                },
                iter: 100_000
            );

    [Test]
    public void LaterLine_UpToHalfAYearAfterTheLineBefore_FollowsIt() =>
        Gen.Select(Instant, Gen.Long[0, 180 * 86_400L].Array[1, 6]).Sample((first, pauses) =>
        {
            var written = pauses.Aggregate(new List<DateTimeOffset> { first }, (times, pause) => [.. times, times[^1].AddSeconds(pause)]);

            return Followed(first, written).SequenceEqual(written);
        }, iter: 5_000);

    /// <summary>The lines as one who watches reads them, each when it is written.</summary>
    private static List<DateTimeOffset> Followed(DateTimeOffset first, IEnumerable<DateTimeOffset> written)
    {
        var (clock, read) = (new SyslogClock(TimeZoneInfo.Utc, first), new List<DateTimeOffset>());
        foreach (var at in written)
        {
            clock = clock with { Now = at };
            read.Add(LineParser.TimeOf(Given.Line(Stamp(at) + " vm kernel: hello"), ref clock)!.Value);
        }

        return read;
    }

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
        var times = Times(
            "UTC",
            At("2027-02-01T00:00:00Z"),
            "Dec 31 23:59:58",
            "Jan  1 00:00:01",
            "Dec 31 23:59:59",
            "Jan  1 00:00:02",
            "Feb  1 00:00:00"
        );

        Assert.That(times.Select(at => at.Year), Is.EqualTo(new[] { 2026, 2027, 2026, 2027, 2027 }));
    }

    [Test]
    public void Lines_OverManyYears_CountEachNewYear()
    {
        var times = Times(
            "UTC",
            At("2026-06-01T00:00:00Z"),
            "2024-01-05T00:00:00Z",
            "Nov 24 00:00:00",
            "Feb  1 00:00:00",
            "Oct 30 00:00:00",
            "Jan  2 00:00:00"
        );

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

    /// <summary>
    /// Stamps that lie far off, among lines of one day in June; each reads in the summer it was written in, and a year later.
    /// </summary>
    [TestCase("Jun 15 10:00:00", "Jan  1 00:00:07", "Jun 15 10:00:02", TestName = "a host that starts without a clock")]
    [TestCase(
        "Jun 15 10:00:00",
        "Jan  1 00:00:07",
        "Jan  1 00:00:09",
        "Jan  1 00:02:00",
        "Jun 15 10:02:02",
        TestName = "a host that starts without a clock, and says much"
    )]
    [TestCase(
        "Jun 15 10:00:00",
        "Jan  1 00:00:07",
        "Jun 15 10:00:02",
        "Jan  1 00:00:08",
        "Jun 15 10:00:03",
        TestName = "a host among others whose clock is wrong"
    )]
    [TestCase("Jun 15 10:00:00", "Dec 31 23:59:59", "Jun 15 10:00:02", TestName = "half a year ahead")]
    [TestCase("Jun 15 10:00:00", "Apr  1 00:00:00", "Jun 15 10:00:02", TestName = "months behind")]
    [TestCase("Jun 15 10:00:00", "Jul  9 00:00:00", "Jun 15 10:00:02", TestName = "weeks ahead")]
    [TestCase("Jun 15 10:00:00", "1970-01-01T00:00:07+00:00", "Jun 15 10:00:02", TestName = "an exact stamp long ago")]
    [TestCase("Jun 15 10:00:00", "2099-01-01T00:00:07+00:00", "Jun 15 10:00:02", TestName = "an exact stamp in the future")]
    public void Outlier_AmongLinesOfADay_DoesNotCarryThem(params string[] stamps)
    {
        foreach (var now in (string[])["2026-06-15T10:05:00Z", "2027-05-01T00:00:00Z"])
        {
            var reading = new LineReading(TimeZoneInfo.Utc, At(now));
            var times = stamps.Select(stamp => reading.TimeOf(Given.Line(stamp + " vm kernel: hello"))!.Value).ToList();

            Assert.That(
                times.Where((_, line) => stamps[line].StartsWith("Jun 15", StringComparison.Ordinal)).Select(at => at.Date),
                Is.All.EqualTo(new DateTime(2026, 6, 15)),
                now
            );
            Assert.That(reading.Clock.Last, Is.EqualTo(times[^1]), now);
        }
    }

    /// <summary>Any stamps of other times, few among many lines in order, and the lines keep their times.</summary>
    [Test]
    public void Outliers_AtAnyPlaces_LeaveTheOtherLinesTheirTimes() =>
        Gen.Select(Instant, Gen.Select(Gen.Int[1, 600], Gen.Int[0, 9], Instant.Where(odd => odd is not { Month: 2, Day: 29 })).Array[2, 40])
            .Sample(
                (first, lines) =>
                {
                    var (stamps, expected, at) = (new List<string> { Stamp(first) }, new List<DateTimeOffset?> { first }, first);
                    foreach (var (pause, dice, odd) in lines)
                    {
                        if (dice == 0)
                        {
                            stamps.Add(Stamp(odd));
                            expected.Add(null);
                        }

                        at = at.AddSeconds(pause);
                        stamps.Add(Stamp(at));
                        expected.Add(at);
                    }

                    return Times("UTC", at, [.. stamps]).Zip(expected).All(pair => pair.Second is null || pair.First == pair.Second);
                },
                iter: 3_000
            );

    [Test]
    public void Straggler_OfTheOldYearInJanuary_StaysInTheOldYear()
    {
        var times = Times("UTC", At("2027-12-30T00:00:00Z"), "Jan  5 10:00:00", "Dec 28 09:00:00", "Jan  5 10:00:01");

        Assert.That(times.Select(at => at.Year), Is.EqualTo(new[] { 2027, 2026, 2027 }));
    }

    [Test]
    public void LastLine_OfTheFuture_IsNotThePresent()
    {
        var reading = new LineReading(TimeZoneInfo.Utc, At("2026-06-15T10:00:00Z"));
        reading.TimeOf(Given.Line("Jun 15 10:00:00 vm kernel: hello"));
        reading.TimeOf(Given.Line("Jan  1 00:00:07 vm kernel: hello"));

        Assert.That(reading.Clock.Last, Is.EqualTo(At("2026-06-15T10:00:00Z")));
    }

    [Test]
    public void Lines_AfterAGapOfMonths_AreThePresent()
    {
        var reading = new LineReading(TimeZoneInfo.Utc, At("2026-11-20T10:00:00Z"));
        reading.TimeOf(Given.Line("Jun 15 10:00:00 vm kernel: hello"));
        reading.TimeOf(Given.Line("Nov 20 09:00:00 vm kernel: hello"));

        Assert.That(reading.Clock.Last, Is.EqualTo(At("2026-11-20T09:00:00Z")));
    }

    [Test]
    public void LineWithoutATime_LeavesTheClockAsItIs()
    {
        var reading = new LineReading(TimeZoneInfo.Utc, At("2026-06-15T10:00:00Z"));
        reading.TimeOf(Given.Line("Nov 31 10:00:00 vm kernel: hello"));

        Assert.That(reading.Clock.Last, Is.Null);
    }

    [TestCase("Europe/London", "Sun 2026-10-25 01:30:00 BST", "2026-10-25T00:30:00Z")]
    [TestCase("Europe/London", "Sun 2026-10-25 01:30:00 GMT", "2026-10-25T01:30:00Z")]
    [TestCase("Europe/Berlin", "Sun 2026-10-25 02:30:00 CET", "2026-10-25T01:30:00Z")]
    [TestCase("UTC", "Mon 2026-11-23 09:00:00 EST", "2026-11-23T14:00:00Z")]
    [TestCase("Asia/Kolkata", "Mon 2026-11-23 09:00:00 IST", "2026-11-23T03:30:00Z")]
    [TestCase("Asia/Shanghai", "Mon 2026-11-23 09:00:00 CST", "2026-11-23T01:00:00Z")]
    [TestCase("America/Chicago", "Mon 2026-11-23 09:00:00 CST", "2026-11-23T15:00:00Z")]
    public void ZoneName_WithSeveralMeanings_IsThatOfTheLog(string zone, string stamp, string expected) =>
        Assert.That(Times(zone, At("2026-11-24T00:00:00Z"), stamp).Single(), Is.EqualTo(At(expected)));

    [Test]
    public void TimeOnly_OverMidnight_GoesToTheNextDayAndBackForAStraggler()
    {
        var times = Times(
            "UTC",
            At("2026-11-22T12:00:00Z"),
            "16:30:45",
            "23:59:59",
            "00:00:01",
            "23:59:59",
            "00:00:02",
            "11:00:00",
            "22:00:00",
            "04:00:00"
        );

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
            var byTime = Enumerable
                .Range(0, 40)
                .Select(_ => begin.AddSeconds(random.Next(4 * 3600)))
                .Order()
                .Select(at => Stamp(InZone(at, zone)));

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
        var parser = new LineReading(TimeZoneInfo.Utc, At("2026-02-01T00:00:00Z"));

        Assert.That(parser.TimeOf(Given.Line("Dec 31 23:59:59 vm sshd[1]: hello")), Is.EqualTo(At("2025-12-31T23:59:59Z")));
        Assert.That(parser.TimeOf(Given.Line("Jan  1 00:00:00 vm kernel: hello")), Is.EqualTo(At("2026-01-01T00:00:00Z")));
        Assert.That(parser.TimeOf(Given.Line("no stamp at all")), Is.Null);
        Assert.That(parser.Parse(Given.Line("Jan 20 00:00:00 vm /rabbit2packer.py: Starting"))!.At, Is.EqualTo(At("2026-01-20T00:00:00Z")));
    }

    private static List<DateTimeOffset> Times(string zone, DateTimeOffset now, params string[] stamps)
    {
        var parser = new LineReading(TimeZoneInfo.FindSystemTimeZoneById(zone), now);
        return [.. stamps.Select(stamp => parser.TimeOf(Given.Line(stamp + " vm kernel: hello"))).OfType<DateTimeOffset>()];
    }

    private static DateTimeOffset InZone(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset? InYear(DateTimeOffset at, int year) =>
        at.Day <= DateTime.DaysInMonth(year, at.Month)
            ? new DateTimeOffset(year, at.Month, at.Day, at.Hour, at.Minute, at.Second, at.Offset)
            : null;

    private static string Stamp(DateTimeOffset at) => Stamp(at.DateTime);

    // The custom format has no day padded with a blank.
    private static string Stamp(DateTime at) => string.Create(CultureInfo.InvariantCulture, $"{at:MMM} {at.Day,2} {at:HH:mm:ss}");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
