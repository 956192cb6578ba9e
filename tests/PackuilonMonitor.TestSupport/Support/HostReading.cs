using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Tests.Support;

/// <summary>What a factory's own host reads in its system log.</summary>
internal static class HostReading
{
    /// <summary>All lines of our programs.</summary>
    public static IReadOnlyList<Observation> Of(string messages, DateTimeOffset now)
    {
        var settings = new SourceSettings { Messages = [messages], Zone = TimeZoneInfo.Utc };
        using var feed = Sources.Of(settings, FactoryConfiguration.Default, null, now).Open(withBuildLogs: false);
        return [.. feed.ReadAll().SelectMany(batch => batch).Where(seen => seen.Text is not null)];
    }
}
