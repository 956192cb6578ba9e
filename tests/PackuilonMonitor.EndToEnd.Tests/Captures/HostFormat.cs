using System.Globalization;
using CsCheck;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>A way in which a host may write its system log, made of parts that go together.</summary>
/// <param name="Zone">The zone of the host, in which stamps without an offset are.</param>
public sealed record HostFormat(string Before, string Stamp, string Host, string Mark, string Zone)
{
    private static readonly string[] Stamps =
    [
        "yyyy-MM-ddTHH:mm:ss.ffffffzzz",
        "yyyy-MM-ddTHH:mm:sszzz",
        "yyyy-MM-ddTHH:mm:ss+hhmm",
        "yyyy-MM-ddTHH:mm:ss.ffffff+hhmm",
        "yyyy-MM-ddTHH:mm:ss.fffZ",
        "yyyy-MM-dd HH:mm:ss.fffzzz",
        "yyyy-MM-dd HH:mm:ss,fff",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss +hhmm",
        "yyyy-MM-ddTHH:mm:ss",
        "ddd yyyy-MM-dd HH:mm:ss NAME",
        "MMM dd HH:mm:ss",
        "MMM padded HH:mm:ss",
        "MMM d HH:mm:ss",
        "MMM padded HH:mm:ss.ffffff",
        "MMM padded yyyy HH:mm:ss",
        "MMM padded HH:mm:ss yyyy",
        "ddd MMM padded HH:mm:ss yyyy",
        "EPOCH.ffffff",
        "EPOCH",
    ];

    private static readonly string[] Hosts = ["vm", "vm-factory.example.org", "192.0.2.7", "2001:db8::7", "fe80::1"];

    private static readonly (string Id, string Name)[] Zones =
    [
        ("UTC", "UTC"),
        ("Europe/Berlin", "CET"),
        ("America/New_York", "EST"),
        ("Asia/Kolkata", "IST"),
        ("America/Sao_Paulo", "-03"),
    ];

    /// <summary>Any of them.</summary>
    public static readonly Gen<HostFormat> Any =
        from before in Gen.OneOf<string>(["", "<14>", "<11>", "83 <14>", "\uFEFF"])
        from stamp in Gen.OneOf(Stamps)
        from host in Gen.OneOf(Hosts)
        from mark in Gen.OneOf<string>(["", "", "\uFEFF"])
        from zone in Gen.OneOf(Zones)
        select new HostFormat(before, stamp, host, mark, zone.Id);

    /// <summary>One of each form of time.</summary>
    public static IEnumerable<HostFormat> OneOfEach =>
        Stamps.Select(
            (stamp, number) =>
                new HostFormat(number % 3 == 0 ? "<14>" : "", stamp, Hosts[number % Hosts.Length], "", Zones[number % Zones.Length].Id)
        );

    /// <summary>A line of the ISO format in this one.</summary>
    public string Rewritten(string line)
    {
        var fields = line.Split(' ', 4);
        if (fields.Length < 4)
            return line;
        var at = TimeZoneInfo.ConvertTime(
            DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById(Zone)
        );
        return $"{Before}{Written(at)} {Host} {fields[2]} {Mark}{fields[3]}";
    }

    private string Written(DateTimeOffset at)
    {
        if (Stamp.EndsWith('Z'))
            at = at.ToUniversalTime();
        var offset = $"{(at.Offset < TimeSpan.Zero ? '-' : '+')}{at.Offset:hhmm}";
        var form = Stamp.Replace("padded", $"'{at.Day,2}'", StringComparison.Ordinal)
            .Replace("+hhmm", $"'{offset}'", StringComparison.Ordinal)
            .Replace("NAME", $"'{Zones.First(zone => zone.Id == Zone).Name}'", StringComparison.Ordinal)
            .Replace("EPOCH", $"'{at.ToUnixTimeSeconds()}'", StringComparison.Ordinal)
            .Replace("Z", "'Z'", StringComparison.Ordinal);
        return at.ToString(form, CultureInfo.InvariantCulture);
    }

    public override string ToString() => $"{Before}{Stamp} {Host} {Zone}{(Mark.Length > 0 ? " marked" : "")}";
}
