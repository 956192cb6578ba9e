using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>Stamps on both sides of each limit, and the zones and clocks behind them. ACCEPT=1 rewrites the tables.</summary>
public sealed class StampTableTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>A form with a blank to fill, and what fills it: values inside a limit and beyond it.</summary>
    private static readonly (string Form, string[] Values)[] Stamps =
    [
        ("Nov {0} 12:29:46", ["0", "00", "1", " 1", "01", "  1", "30", "31", "9x", "x", "", "022"]),
        ("Feb {0} 12:29:46", ["28", "29", "30"]),
        ("{0} 22 12:29:46", ["Jan", "Dec", "Nox", "anF", "Sun", "nov", "No", "Nove"]),
        ("{0} 22 12:29:46 2026", ["Mon Nov", "Sun Nov", "Sux Nov", "Sun  Nov", "SunxNov", "Nov Sun", "Sun"]),
        ("Nov 22 {0} 12:29:46", ["1969", "1970", "2999", "3000", "202", "20266", "2026x", "2026:"]),
        ("Nov 22 12:29:46 {0}", ["1969", "1970", "2999", "3000", "202", "20266", "2026x", "2026:"]),
        ("Nov 22 12:29:46 2026{0}", [" a", "", "  a", "/a"]),
        ("Feb 29 {0} 12:29:46", ["2023", "2024"]),
        ("Feb 29 12:29:46 {0}", ["2023", "2024"]),
        ("Nov 22 {0}", ["12:29:4", "12:29:46.5", "12:29", "12.29.46", "12:29.46", "1:29:46", "12:29:60", "12:29:61", "24:00:00"]),
        ("{0}-11-22T12:29:46Z", ["1969", "1970", "2999", "3000", "026", "2x26"]),
        ("2026-{0}-22T12:29:46Z", ["00", "01", "12", "13", "1", "1x"]),
        ("2026-11-{0}T12:29:46Z", ["00", "01", "30", "31", "1", "1x"]),
        ("2026-02-{0}T12:29:46Z", ["28", "29"]),
        ("2028-02-{0}T12:29:46Z", ["29", "30"]),
        ("2026-11-22{0}12:29:46Z", ["T", " ", "t", "x", "", "TT"]),
        ("2026{0}22T12:29:46Z", ["-11-", "/11-", "-11/", "-11"]),
        ("2026-11-22T{0}:29:46Z", ["00", "23", "24", "2x", "-1"]),
        ("2026-11-22T12:{0}:46Z", ["00", "59", "60", "5x"]),
        ("2026-11-22T12:29:{0}Z", ["00", "59", "60", "61", "5x"]),
        ("2026-11-22T12{0}29:46Z", [":", "."]),
        ("2026-11-22T12:29{0}46Z", [":", "."]),
        ("2026-11-22T12:29:46{0}Z", [".1", ",1", ".", ";1", ".x", ".1234567", ".12345678", ".123456789012", ".000001"]),
        ("2026-11-22T12:29:60{0}Z", [".5"]),
        (
            "2026-11-22T12:29:46{0}",
            [
                "", "Z", "Zx", "x", " Z", "+00:00", "-00:00", "+13:59", "+14:00", "+14:01", "+1400", "+1401", "-14:00", "+15:00", "+00:59",
                "+00:60", "+1", "+01", "+01:", "+01:0", "+01:00x", "+010", "+0100", "+0100x", "+01x", "01:00", " +01:00", " +0100", " -03",
                "  +01", " +x1", " +0x", " +01:x0", " CET", " CEST", " XYZT", " CE",
            ]
        ),
        (
            "Sun 2026-11-22 12:29:46{0}",
            ["", " Z", " UTC", " CET", " CEST", " CES", " XYZT", " EST", " IST", " CST", " BST", " AKST", " +03", " +0x", "Z", "x", "  CET"]
        ),
        ("Sun 2026-{0} 12:29:46 CET", ["07-01", "13-01", "11-31"]),
        ("Sun {0}", ["12:29:46", "1795350586", "Nov 22 12:29:46", "Nov 22 2026 12:29:46", "Sun Nov 22 12:29:46"]),
        (
            "{0}",
            [
                "12345678", "123456789", "1795350586", "1795350586.5", "1795350586.", "1795350586x", "17953505860", "32503679999",
                "32503680000", "179535058601", "12:29:46", "12:29:46.25", "12:29:46x", "1:29:46", "12:29:4", "00:00:00",
            ]
        ),
    ];

    /// <summary>In a log of Berlin, before host and tag.</summary>
    [Test]
    public void Stamps_OnBothSidesOfEachLimit_AreReadAsListed()
    {
        var text = new StringBuilder();
        foreach (var (form, values) in Stamps)
        {
            foreach (var value in values)
            {
                var stamp = string.Format(CultureInfo.InvariantCulture, form, value);
                var line = $"{stamp} vm /rabbit2packer.py: Starting";
                var seen = new LineReading(Berlin, Given.Noon).Parse(Given.Line(line));
                var read = seen is null ? "-" : seen.HasNoTime ? "no time" : $"{Ticks(seen.At)} {seen.Host}";
                var any = LineFilter.HasStamp(Encoding.UTF8.GetBytes(stamp)) ? "" : ", alone no stamp";
                text.Append(CultureInfo.InvariantCulture, $"{stamp,-36} {read}{any}\n");
            }
        }

        Golden.Matches("Stamps.txt", text.ToString());
    }

    /// <summary>What can be said of a line of which only so many bytes are there.</summary>
    [Test]
    public void Headers_CutAnywhere_AreFilteredAsListed()
    {
        var text = new StringBuilder();
        foreach (var header in Header.All)
        {
            var line = header.Write(Speaker.Rabbit2Packer, "Starting Thread-2");
            text.Append(line).Append('\n');
            Append("stamp", bytes => LineFilter.HasStamp(bytes));
            Append("ours ", bytes => LineFilter.NamesUs(bytes));
            Append("maybe", bytes => LineFilter.Concerns(bytes));
            Append("read ", bytes => Given.Parser().Parse(Given.Line(Encoding.UTF8.GetString(bytes))) is { HasNoTime: false });

            void Append(string what, Func<byte[], bool> holds) =>
                text.Append(CultureInfo.InvariantCulture, $"  {what} ")
                    .AppendJoin(
                        ' ',
                        Enumerable.Range(0, line.Length + 1)
                            .Where(end => end == 0 || holds(Bytes(line, end)) != holds(Bytes(line, end - 1)))
                            .Select(end => end == 0 ? "no" : $"{(holds(Bytes(line, end)) ? "yes" : "no")} from {end}")
                    )
                    .Append('\n');
        }

        Golden.Matches("Stamps.Cut.txt", text.ToString());
    }

    private static byte[] Bytes(string line, int end) => Encoding.UTF8.GetBytes(line[..end]);

    private static readonly (string Form, string[] Values)[] Zones =
    [
        ("{0}-1", ["CET", "CE", "C", "CENTRAL", "<+01>", "<A-1>", "<+0>", "<+01", "<+0_1>", "<+1é>", "C1T", "<CET", ""]),
        ("CET{0}", ["-1", "1", "+1", "0", "24", "25", "-24", "14", "15", "-14", "-15", "014", "0001", "-", "+", "x", "--1", " 1"]),
        ("CET{0}", ["1:0", "1:59", "1:60", "1:", "1:x", "1:30:0", "1:30:59", "1:30:60", "1:30:", "1:30x", "1;30", "-1:30", "1:00:00:0"]),
        ("CET-1{0}", ["CEST", "CE", "<+02>", "CEST-2", "CEST-3", "CEST0", "CEST-1", "CEST-25", "CESTx", "CEST,", ",M3.5.0,M10.5.0"]),
        (
            "CET-1CEST,{0},M10.5.0",
            [
                "M0.5.0", "M1.5.0", "M3.0.0", "M3.1.0", "M3.5.0", "M3.6.0", "M3.2.6", "M3.2.7", "M3.2", "M3", "M3.2.", "M3.2.x", "M3x2.0",
                "M3.2x0", "Mx.2.0", "M3.4.3", "M5.5.0", "M2.5.1", "m3.5.0",
            ]
        ),
        ("CET-1CEST,{0},J300", ["J0", "J1", "J59", "J60", "J365", "J366", "J", "Jx", "0", "1", "59", "365", "366", "x", ""]),
        ("CET-1CEST,J60,{0}", ["M12.5.6", "M13.1.0", "J365", "365", "364"]),
        ("CET-1CEST,M3.5.0{0},M10.5.0", ["/0", "/2", "/3:30", "/24", "/25", "/-1", "/167", "/168", "/-167", "/", "/x", "/3:60", "x"]),
        ("CET-1CEST,M3.5.0,M10.5.0{0}", ["/3", "/3x", ",", "x"]),
    ];

    /// <summary>With the changes of a common year and a leap year.</summary>
    [Test]
    public void Zones_OnBothSidesOfEachLimit_AreAsListed()
    {
        var text = new StringBuilder();
        foreach (var (form, values) in Zones)
        {
            foreach (var spelt in values.Select(value => string.Format(CultureInfo.InvariantCulture, form, value)))
                text.Append(CultureInfo.InvariantCulture, $"{spelt,-28} {(PosixZone.Of(spelt) is { } zone ? Describe(zone) : "-")}\n");
        }

        Golden.Matches("Stamps.Zones.txt", text.ToString());
    }

    private static string Describe(TimeZoneInfo zone)
    {
        var rules = zone.GetAdjustmentRules().Where(rule => rule.DateStart.Year is 2027 or 2028).Select(rule =>
            $"{rule.DaylightDelta} from {Day(rule.DaylightTransitionStart)} to {Day(rule.DaylightTransitionEnd)}"
        );
        return string.Join(", ", [$"{zone.BaseUtcOffset} {zone.StandardName} {zone.DaylightName}", .. rules]);
    }

    private static string Day(TimeZoneInfo.TransitionTime at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.Month}/{at.Day} {at.TimeOfDay:HH:mm:ss}");

    /// <summary>A minute, half a day, a day, a week and a month, and a second less and more of each.</summary>
    private static readonly int[] Steps =
    [
        .. from span in new[] { 0, 60, 43_200, 86_400, 7 * 86_400, 31 * 86_400 } from more in new[] { -1, 0, 1 } select span + more,
        3_600, 100 * 86_400, 183 * 86_400, 366 * 86_400,
    ];

    /// <summary>Ordinary days, the two changes of summer time, the turn of the year, and a leap day.</summary>
    private static readonly string[] Starts =
        ["2026-06-15T10:00:00Z", "2026-10-25T00:30:00Z", "2026-03-29T00:59:00Z", "2026-12-31T22:59:58Z", "2028-02-29T10:00:00Z"];

    [Test]
    public void Lines_WhoseTimesJump_AreDatedAsListed()
    {
        // Not for secrets: the same lines each time.
        var (random, text) = (new Random(1), new StringBuilder());
        for (var number = 0; number < 240; number++)
        {
            var at = DateTimeOffset.Parse(Any(Starts), CultureInfo.InvariantCulture);
            var now = at.AddSeconds(Any(Steps));
            var reading = new LineReading(Berlin, now);
            text.Append(CultureInfo.InvariantCulture, $"now {Local(now):yyyy-MM-dd HH:mm:ss}");
            for (var line = random.Next(2, 6); line > 0; line--)
            {
                var stamp = Written(Local(at), random.Next(8));
                var read = reading.TimeOf(Given.Line($"{stamp} vm x: hello"));
                text.Append(CultureInfo.InvariantCulture, $"; {stamp} = {(read is { } known ? Ticks(known) : "-")}");
                at = at.AddSeconds(Any(Steps) * (random.Next(3) == 0 ? -1 : 1));
            }

            text.Append(CultureInfo.InvariantCulture, $"; last {(reading.Clock.Last is { } last ? Ticks(last) : "-")}\n");
        }

        Golden.Matches("Stamps.Clock.txt", text.ToString());

        T Any<T>(T[] all) => all[random.Next(all.Length)];
    }

    private static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Berlin).DateTime;

    private static string Written(DateTime at, int form) => form switch
    {
        0 => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        1 => at.ToString("MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture),
        2 => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        _ => at.ToString("MMM dd HH:mm:ss", CultureInfo.InvariantCulture),
    };

    private static string Ticks(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
