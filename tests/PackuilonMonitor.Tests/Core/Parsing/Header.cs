using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>A way to write the same line: a format of rsyslog with a form of the tag.</summary>
/// <param name="Name">What the test is called.</param>
/// <param name="At">The instant that the stamp stands for.</param>
/// <param name="KeepsName">Whether a reader can tell from the header which program spoke.</param>
/// <param name="Write">Header and message for a program.</param>
public sealed record Header(string Name, DateTimeOffset At, bool KeepsName, Func<Speaker, string, string> Write)
{
    /// <summary>A stamp without a date means the day that is now, which is a day later in <see cref="Support.Given"/>.</summary>
    private static readonly DateTimeOffset Second = new(2026, 11, 22, 9, 5, 7, TimeSpan.Zero);

    public static readonly Header[] All =
    [
        new("traditional", Second, true, (speaker, text) => $"Nov 22 09:05:07 vm-factory {Tag(speaker)}: {text}"),
        new("traditional, no slash, pid", Second, true, (speaker, text) => $"Nov 22 09:05:07 vm-factory {File(speaker)}[32587]: {text}"),
        new("traditional, priority", Second, true, (speaker, text) => $"<14>Nov 22 09:05:07 vm-factory {Tag(speaker)}[7]: {text}"),
        new("time only", Second.AddDays(1), true, (speaker, text) => $"09:05:07 vm-factory {Tag(speaker)}: {text}"),
        new("iso, fraction", Second.AddMicroseconds(123456), true, (speaker, text) =>
            $"2026-11-22T09:05:07.123456+00:00 vm-factory {Tag(speaker)}: {text}"
        ),
        new("iso, no fraction", Second, true, (speaker, text) => $"2026-11-22T10:05:07+01:00 vm-factory {Tag(speaker)}[7]: {text}"),
        new("iso, zulu, priority", Second.AddMilliseconds(120), true, (speaker, text) =>
            $"<11>2026-11-22T09:05:07.12Z vm-factory {Tag(speaker)}: {text}"
        ),
        new("iso, offset without colon", Second, true, (speaker, text) => $"2026-11-22T09:05:07+0000 vm-factory {Tag(speaker)}: {text}"),
        new("iso, fraction, offset without colon", Second.AddMicroseconds(123456), true, (speaker, text) =>
            $"2026-11-22T10:05:07.123456+0100 vm-factory {File(speaker)}[1]: {text}"
        ),
        new("iso, offset of hours", Second, true, (speaker, text) => $"2026-11-22T06:05:07-03 vm-factory {Tag(speaker)}: {text}"),
        new("iso, a blank for the T", Second.AddMilliseconds(5), true, (speaker, text) =>
            $"2026-11-22 09:05:07.005+00:00 vm-factory {Tag(speaker)}: {text}"
        ),
        new("iso, a blank, a comma", Second.AddMilliseconds(123), true, (speaker, text) =>
            $"2026-11-22 09:05:07,123 vm-factory {Tag(speaker)}: {text}"
        ),
        new("iso, a blank before the offset", Second, true, (speaker, text) =>
            $"2026-11-22 11:05:07 +0200 vm-factory {Tag(speaker)}: {text}"
        ),
        new("iso, no offset", Second, true, (speaker, text) => $"2026-11-22T09:05:07 vm-factory {Tag(speaker)}: {text}"),
        new("short-full", Second, true, (speaker, text) => $"Sun 2026-11-22 09:05:07 UTC vm-factory {File(speaker)}[1]: {text}"),
        new("short-full, another zone", Second, true, (speaker, text) =>
            $"Sun 2026-11-22 10:05:07 CET vm-factory {File(speaker)}[1]: {text}"
        ),
        new("short-full, a zone of digits", Second, true, (speaker, text) =>
            $"Sun 2026-11-22 12:05:07 +03 vm-factory {File(speaker)}[1]: {text}"
        ),
        new("short-full, an unknown zone", Second, true, (speaker, text) =>
            $"Sun 2026-11-22 09:05:07 XYZT vm-factory {File(speaker)}[1]: {text}"
        ),
        new("short-precise", Second.AddMicroseconds(123456), true, (speaker, text) =>
            $"Nov 22 09:05:07.123456 vm-factory {Tag(speaker)}: {text}"
        ),
        new("traditional, year before the time", Second, true, (speaker, text) =>
            $"Nov 22 2026 09:05:07 vm-factory {Tag(speaker)}: {text}"
        ),
        new("traditional, year behind the time", Second, true, (speaker, text) =>
            $"Nov 22 09:05:07 2026 vm-factory {Tag(speaker)}: {text}"
        ),
        new("traditional, weekday and year", Second, true, (speaker, text) =>
            $"Sun Nov 22 09:05:07 2026 vm-factory {Tag(speaker)}: {text}"
        ),
        new("epoch, fraction", Second.AddMicroseconds(123456), true, (speaker, text) =>
            $"1795338307.123456 vm-factory {File(speaker)}[1]: {text}"
        ),
        new("epoch", Second, true, (speaker, text) => $"1795338307 vm-factory {Tag(speaker)}: {text}"),
        new("framed", Second, true, (speaker, text) => $"{text.Length + 50} <14>Nov 22 09:05:07 vm-factory {Tag(speaker)}: {text}"),
        new("framed, rfc 5424, named", Second, true, (speaker, text) =>
            $"{text.Length + 50} <14>1 2026-11-22T09:05:07+00:00 vm-factory {File(speaker)} - - - {text}"
        ),
        new("a mark behind the tag", Second, true, (speaker, text) => $"<14>Nov 22 09:05:07 vm-factory {Tag(speaker)}: \uFEFF{text}"),
        new("a mark before the line", Second, true, (speaker, text) => $"\uFEFFNov 22 09:05:07 vm-factory {Tag(speaker)}: {text}"),
        new("rfc 5424, named", Second.AddMicroseconds(1), true, (speaker, text) =>
            $"<14>1 2026-11-22T09:05:07.000001+00:00 vm-factory {File(speaker)} 3286 - -  {text}"
        ),
        new("rfc 5424, named, data", Second, true, (speaker, text) =>
            $"""<14>1 2026-11-22T09:05:07Z vm-factory {File(speaker)} - ID1 [a@1 b="c\] d"][e@2] {text}"""
        ),
        new("rfc 5424, name lost", Second, false, (speaker, text) => $"<11>1 2026-11-22T04:05:07-05:00 vm-factory - - - -  {text}"),
    ];

    public override string ToString() => Name;

    private static string Tag(Speaker speaker) => speaker switch
    {
        Speaker.CdpListend => "/usr/sbin/cdp-listend",
        _ => "/" + File(speaker),
    };

    private static string File(Speaker speaker) => speaker switch
    {
        Speaker.Rabbit2Packer => "rabbit2packer.py",
        Speaker.Cdb2Rabbit => "cdb2rabbit.py",
        Speaker.CdpListend => "cdp-listend",
        _ => throw new ArgumentOutOfRangeException(nameof(speaker)),
    };
}
