using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Configuration;

/// <summary>All settings of this run: files, environment and options, each overriding the one before. docs/settings.md.</summary>
/// <param name="Factories">The factories with sections of their own; none if only this host's factory is watched.</param>
public sealed record Settings(
    SourceSettings Sources,
    DisplaySettings Display,
    HistorySettings History,
    NotifySettings Notify,
    ImmutableArray<FactorySettings> Factories
)
{
    /// <summary>How long a state must last before it counts.</summary>
    public HealthLimits Health { get; init; } = HealthLimits.Usual;

    /// <summary>What the recorder stores, and where.</summary>
    public RecordSettings Record { get; init; } = new();

    public static readonly Settings Default = new(
        new SourceSettings(),
        new DisplaySettings(),
        new HistorySettings(),
        new NotifySettings(),
        []
    );
}

/// <summary>The places of a factory's logs; null values have the default of the command line.</summary>
/// <param name="Messages">Files of the system log in the order of their lines; empty for the host's usual one.</param>
/// <param name="LogDirectory">Packer's logs.</param>
/// <param name="Config">Packuilon's own configuration.</param>
/// <param name="Zone">The zone of stamps without one.</param>
/// <param name="Journal">Whether the system log is systemd's journal.</param>
/// <param name="Broker">Whether RabbitMQ is asked for the length of the queue.</param>
/// <param name="Threads">How many threads the daemon starts; null to read it from the configuration.</param>
/// <param name="From">The RabbitMQ to which the factory's events are shipped, instead of logs.</param>
public sealed record SourceSettings(
    ImmutableArray<string> Messages, string? LogDirectory = null, string? Config = null, TimeZoneInfo? Zone = null,
    Journal Journal = Journal.No, bool Broker = false, int? Threads = null, string? From = null)
{
    public SourceSettings()
        : this([])
    {
    }
}

/// <summary>Whether the system log is systemd's journal, and how it is read.</summary>
public enum Journal
{
    No,

    /// <summary>From a child process journalctl.</summary>
    Followed,

    /// <summary>As JSON on standard input.</summary>
    OnStandardInput,
}

/// <summary>One of several factories.</summary>
public sealed record FactorySettings(string Name, SourceSettings Sources);

/// <summary>How the screen looks; a null theme is chosen by the terminal.</summary>
/// <param name="EscapeTime">The time after which an Esc without another byte is a key; null by where the terminal is.</param>
public sealed record DisplaySettings(
    Theme? Theme = null,
    ColourChoice Colour = ColourChoice.Auto,
    bool Ascii = false,
    TimeSpan? EscapeTime = null
);

/// <summary>What is stored of builds that have ended.</summary>
/// <param name="On">Whether anything is stored.</param>
/// <param name="StateDirectory">The folder; null for the usual one.</param>
/// <param name="KeepDays">Builds that began longer ago are deleted, with their logs.</param>
/// <param name="KeepMegabytes">Room for the compressed copies of logs; beyond it the oldest are deleted.</param>
/// <param name="KeepLogs">Whether Packer's logs are copied.</param>
public sealed record HistorySettings(
    bool On = true, string? StateDirectory = null, int KeepDays = 365, int KeepMegabytes = 64, bool KeepLogs = true);

/// <summary>What the recorder stores for all users of the host.</summary>
/// <param name="Store">Its folder.</param>
/// <param name="Group">The group that may read it.</param>
/// <param name="KeepDays">The number of days whose lines are kept.</param>
/// <param name="KeepMegabytes">Room for the compressed lines; beyond it the oldest days are deleted.</param>
public sealed record RecordSettings(string Store = HostFolder.Usual, string Group = "adm", int KeepDays = 30, int KeepMegabytes = 200);
