using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Configuration;

/// <summary>The zone of this host: that of the variable TZ, otherwise the system's.</summary>
/// <param name="Complaint">Why TZ is invalid, which then means UTC as in the C library; null if it is valid.</param>
public sealed record HostZone(TimeZoneInfo Zone, string? Complaint = null)
{
    public static HostZone Of(Func<string, string?> environment)
    {
        if (environment("TZ") is not { Length: > 0 } said)
            return new HostZone(TimeZoneInfo.Local);
        var name = said.TrimStart(':');
        if (name.StartsWith('/') && File.Exists(name))
            return new HostZone(TimeZoneInfo.Local);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return new HostZone(zone);
        return PosixZone.Of(name) is { } spelt
            ? new HostZone(spelt)
            : new HostZone(
                TimeZoneInfo.Utc,
                $"TZ: no such time zone: {SettingValue.Shown(said)}; stamps without a zone count as UTC; "
                + $"give a name like Europe/London, or CET-1CEST,M3.5.0,M10.5.0/3"
            );
    }
}
