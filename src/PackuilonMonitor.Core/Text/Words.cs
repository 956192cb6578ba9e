using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using Refusal = PackuilonMonitor.Core.Events.Refusal;

namespace PackuilonMonitor.Core.Text;

/// <summary>The words and numbers of the screens.</summary>
public static class Words
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>What a build left behind.</summary>
    public static string Left(LeftKind kind) => kind switch
    {
        LeftKind.Server => "server",
        LeftKind.Keypair => "keypair",
        LeftKind.Volume => "volume",
        LeftKind.FloatingIp => "floating IP",
        LeftKind.Image => "image",
    };

    /// <summary>
    /// Minutes and seconds, <c>3:12</c>; hours from one on, <c>1:02:33</c>, from ten on without seconds, <c>22h31m</c>; days from four on.
    /// </summary>
    public static string Span(TimeSpan time)
    {
        var span = Positive(time);
        if (span.TotalDays >= 4)
            return string.Create(Invariant, $"{(long)span.TotalDays}d{span.Hours:00}h");
        if (span.TotalHours >= 10)
            return string.Create(Invariant, $"{(long)span.TotalHours}h{span.Minutes:00}m");
        return span.TotalHours >= 1
            ? string.Create(Invariant, $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
            : string.Create(Invariant, $"{span.Minutes}:{span.Seconds:00}");
    }

    /// <summary>A guess of a time, in five columns at most: <c>4:20</c>, <c>1h02m</c>, <c>22h</c>, <c>5d</c>.</summary>
    public static string Roughly(TimeSpan time) => Positive(time) switch
    {
        { TotalHours: < 1 } span => Span(span),
        { TotalHours: < 10 } span => string.Create(Invariant, $"{span.Hours}h{span.Minutes:00}m"),
        { TotalDays: < 4 } span => string.Create(Invariant, $"{(long)span.TotalHours}h"),
        var span => string.Create(Invariant, $"{(long)span.TotalDays}d"),
    };

    /// <summary>
    /// How long ago, coarsely, so that an idle screen stands still: <c>&lt;10s</c>, <c>&lt;1m</c>, <c>3m</c>, <c>2h</c>, <c>5d</c>.
    /// </summary>
    public static string Age(TimeSpan time) => Positive(time) switch
    {
        { TotalSeconds: < 10 } => "<10s",
        { TotalMinutes: < 1 } => "<1m",
        { TotalHours: < 1 } span => string.Create(Invariant, $"{(long)span.TotalMinutes}m"),
        { TotalDays: < 2 } span => string.Create(Invariant, $"{(long)span.TotalHours}h"),
        var span => string.Create(Invariant, $"{(long)span.TotalDays}d"),
    };

    /// <summary>The time of day to the second; the date for another day.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone) => When(at, now, zone, "HH:mm:ss");

    /// <summary>The time of day to the minute; the date for another day.</summary>
    public static string Minute(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone) => When(at, now, zone, "HH:mm");

    public static string Thread(int? number) => number is { } known ? string.Create(Invariant, $"T{known}") : "T?";

    public static string Thread(WorkerId? worker) => Thread(worker?.Number);

    /// <summary>Short for a template: the two that every factory has are known by three letters.</summary>
    public static string Template(string? template) => template switch
    {
        null => "-",
        "managed.json" => "mgd",
        "unmanaged.json" => "unm",
        _ => WithoutJson(template),
    };

    /// <summary>A template or a profile without the ending of its file.</summary>
    public static string WithoutJson(string name) => Without(name, ".json");

    /// <summary>Image and short template as one name.</summary>
    public static string Name(BuildView build) =>
        build.Template is null ? build.Image.Text : $"{build.Image.Text}.{Template(build.Template)}";

    public const string SharedLog = "log written by two builds";

    /// <summary>A profile by its first label; the domain is everybody's.</summary>
    public static string Profile(string profile)
    {
        var name = WithoutJson(profile);
        return name.IndexOf('.') is var dot and > 0 ? name[..dot] : name;
    }

    /// <summary>One word of at most four letters, as good without colour.</summary>
    public static string Result(BuildState state) => state switch
    {
        BuildState.Building => "runs",
        BuildState.Succeeded => "ok",
        BuildState.Failed => "FAIL",
        BuildState.Cancelled => "CANC",
        BuildState.Lost => "LOST",
        BuildState.Unknown => "?",
    };

    public static string Refused(Refusal why) => why switch
    {
        Refusal.MalformedProfile => "malformed profile",
        Refusal.NoSourceImage => "no source image",
        Refusal.TemplateMissing => "template file not found",
        Refusal.NoTemplate => "no template defined",
        Refusal.Unwritable => "file not writable",
        Refusal.WorkerDied => "worker died",
    };

    public static string Program(Speaker speaker) => speaker switch
    {
        Speaker.Rabbit2Packer => "rabbit2packer",
        Speaker.Cdb2Rabbit => "cdb2rabbit",
        Speaker.CdpListend => "cdp-listend",
        Speaker.SystemLog => "syslog",
        Speaker.Systemd => "systemd",
        Speaker.Monitor => "this monitor",
    };

    /// <summary>What a lost build is taken for lost by: it is concluded, so the line it rests on stands behind.</summary>
    public static string Lost(string? line)
    {
        var cause = line switch
        {
            null => "",
            "Starting" => "rabbit2packer restarted, ",
            _ when line.StartsWith("Starting Thread-", StringComparison.Ordinal) => "its thread restarted, ",
            _ when line.StartsWith("Exiting Thread-", StringComparison.Ordinal)
                    || line.StartsWith("Exception in thread", StringComparison.Ordinal) => "its thread ended, ",
            _ when line.Contains("processing", StringComparison.Ordinal) => "its thread went on to another message, ",
            _ => "",
        };
        return $"{cause}no sign since{(line is { Length: > 0 } ? $": \"{line}\"" : "")}";
    }

    /// <summary>The same without the line.</summary>
    public static string LostBy(string? line) =>
        Lost(line) is var text && text.IndexOf(": \"", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text;

    /// <summary>The number and the noun, with an s unless it is one.</summary>
    public static string Count(long number, string noun) => string.Create(Invariant, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>Nothing but printable ASCII: as wide as it is long, and safe.</summary>
    public static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Clocks may be set back; nothing lasts less than no time.</summary>
    public static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    private static string When(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone, string today)
    {
        var (local, current) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        if (local.Date == current.Date)
            return local.ToString(today, Invariant);
        return local.Year == current.Year ? local.ToString("d MMM", Invariant) : local.ToString("MMM yyyy", Invariant);
    }

    private static string Without(string text, string end) => text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
}
