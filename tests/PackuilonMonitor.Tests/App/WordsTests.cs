using System.Globalization;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Tests.App;

public sealed class WordsTests
{
    [TestCase("-0:00:05", "0:00")]
    [TestCase("0:03:12", "3:12")]
    [TestCase("1:02:33", "1:02:33")]
    [TestCase("9:59:59", "9:59:59")]
    [TestCase("22:31:40", "22h31m")]
    [TestCase("3.01:00:00", "73h00m")]
    [TestCase("5.06:00:00", "5d06h")]
    public void Span_Time_InFewLetters(string time, string expected) =>
        Assert.That(Words.Span(TimeSpan.Parse(time, CultureInfo.InvariantCulture)), Is.EqualTo(expected));

    [TestCase("0:04:20", "4:20")]
    [TestCase("1:02:33", "1h02m")]
    [TestCase("22:31:40", "22h")]
    [TestCase("5.06:00:00", "5d")]
    public void Roughly_Time_InFiveLetters(string time, string expected) =>
        Assert.That(Words.Roughly(TimeSpan.Parse(time, CultureInfo.InvariantCulture)), Is.EqualTo(expected));

    [TestCase("Starting", "rabbit2packer restarted, no sign since: \"Starting\"")]
    [TestCase("Starting Thread-2", "its thread restarted, no sign since: \"Starting Thread-2\"")]
    [TestCase("Thread-2 processing web", "its thread went on to another message, no sign since: \"Thread-2 processing web\"")]
    [TestCase(null, "no sign since")]
    public void Lost_SaysWhatItRestsOn(string? line, string expected) => Assert.That(Words.Lost(line), Is.EqualTo(expected));

    [TestCase(0, "<10s")]
    [TestCase(9, "<10s")]
    [TestCase(10, "<1m")]
    [TestCase(59, "<1m")]
    [TestCase(60, "1m")]
    [TestCase(3_599, "59m")]
    [TestCase(3_600, "1h")]
    [TestCase(86_400, "24h")]
    [TestCase(172_800, "2d")]
    public void Age_Seconds_AreCoarse(int seconds, string expected) =>
        Assert.That(Words.Age(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [TestCase("2026-11-23T10:00:00+00:00", "11:00:00")]
    [TestCase("2026-11-22T10:00:00+00:00", "22 Nov")]
    [TestCase("2025-11-22T10:00:00+00:00", "Nov 2025")]
    [TestCase("2026-11-22T23:30:00+00:00", "00:30:00")]
    public void Clock_OfAnotherDay_IsTheDate(string at, string expected)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("one hour", TimeSpan.FromHours(1), null, null);

        Assert.That(Words.Clock(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), InventedDay.Now, zone), Is.EqualTo(expected));
    }

    [TestCase("managed.json", "mgd")]
    [TestCase("unmanaged.json", "unm")]
    [TestCase("desktop.json", "desktop")]
    [TestCase(null, "-")]
    public void Template_IsShort(string? template, string expected) => Assert.That(Words.Template(template), Is.EqualTo(expected));

    [TestCase("image-el9.ral.example.org.json", "image-el9")]
    [TestCase("image-el9.json", "image-el9")]
    [TestCase(".json", "")]
    [TestCase(".hidden.json", ".hidden")]
    public void Profile_IsItsFirstLabel(string profile, string expected) => Assert.That(Words.Profile(profile), Is.EqualTo(expected));
}
