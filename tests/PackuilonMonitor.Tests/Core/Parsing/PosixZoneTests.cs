using System.Globalization;
using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>Zones as the variable TZ spells them out, against the same zones by name.</summary>
public sealed class PosixZoneTests
{
    [TestCase("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin")]
    [TestCase("GMT0BST,M3.5.0/1,M10.5.0", "Europe/London")]
    [TestCase("EST5EDT,M3.2.0,M11.1.0", "America/New_York")]
    [TestCase("EST5EDT", "America/New_York")]
    [TestCase("AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Sydney")]
    [TestCase("IST-1GMT0,M10.5.0,M3.5.0/1", "Europe/Dublin")]
    [TestCase("<+03>-3", "Europe/Istanbul")]
    [TestCase("<-03>3", "America/Sao_Paulo")]
    [TestCase("IST-5:30", "Asia/Kolkata")]
    [TestCase("<+0545>-5:45", "Asia/Kathmandu")]
    [TestCase("UTC0", "UTC")]
    public void Of_AZoneSpeltOut_HasTheOffsetsOfItsName(string text, string name)
    {
        var (spelt, named) = (PosixZone.Of(text)!, TimeZoneInfo.FindSystemTimeZoneById(name));

        // Every half hour of two years, the changes among them.
        for (var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year < 2027; at = at.AddMinutes(30))
            Assert.That(spelt.GetUtcOffset(at), Is.EqualTo(named.GetUtcOffset(at)), at.ToString("u", CultureInfo.InvariantCulture));
    }

    [TestCase("XXX3YYY,J60/0,J300/0", "2028-02-29T12:00:00Z", -3)]
    [TestCase("XXX3YYY,J60/0,J300/0", "2028-03-01T12:00:00Z", -2)]
    [TestCase("XXX3YYY,59/0,300/0", "2028-02-29T12:00:00Z", -2)]
    [TestCase("XXX3YYY,59/0,300/0", "2027-02-28T12:00:00Z", -3)]
    [TestCase("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:30:00Z", -2)]
    [TestCase("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:30:00Z", -1)]
    public void Of_DaysOfTheYearAndHoursBeyondTheDay_ChangeThere(string text, string at, int hours) =>
        Assert.That(PosixZone.Of(text)!.GetUtcOffset(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)).TotalHours, Is.EqualTo(hours));

    [TestCase("")]
    [TestCase("X")]
    [TestCase("CET")]
    [TestCase("Europe/London")]
    [TestCase("CET-25")]
    [TestCase("CET-1CEST,M13.5.0,M10.5.0")]
    [TestCase("CET-1CEST,M3.5.0")]
    [TestCase("CET-1CEST,M3.5.0,M10.5.0/3x")]
    [TestCase("<+03-3")]
    [TestCase("<>3")]
    public void Of_WhatIsNoZone_IsNull(string text) => Assert.That(PosixZone.Of(text), Is.Null);
}
