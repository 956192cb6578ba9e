using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Configuration;

/// <summary>
/// All that can be set, as it holds for this run: files, environment and options laid over one another. docs/settings.md.
/// </summary>
/// <param name="Factories">Those that are named in sections of their own; none where only this host's factory is watched.</param>
public sealed record Settings(
    SourceSettings Sources,
    DisplaySettings Display,
    HistorySettings History,
    NotifySettings Notify,
    ImmutableArray<FactorySettings> Factories
)
{
    /// <summary>How long what must last until it means something.</summary>
    public HealthLimits Health { get; init; } = HealthLimits.Usual;

    /// <summary>What the recorder keeps, and where.</summary>
    public RecordSettings Record { get; init; } = new();

    public static readonly Settings Default = new(
        new SourceSettings(),
        new DisplaySettings(),
        new HistorySettings(),
        new NotifySettings(),
        []
    );
}

/// <summary>Where a factory's logs are; what is null has the default of the command line.</summary>
/// <param name="Messages">Files of the system log in the order of their lines; empty for the host's usual one.</param>
/// <param name="LogDirectory">Packer's logs.</param>
/// <param name="Config">Packuilon's own configuration.</param>
/// <param name="Zone">The zone of stamps that name none.</param>
/// <param name="Journal">Whether the system log is systemd's journal and no file.</param>
/// <param name="Broker">Whether RabbitMQ is asked for the depth of the queue.</param>
/// <param name="Threads">How many threads the daemon starts; null to have it from the configuration.</param>
/// <param name="From">A RabbitMQ that the factory's events are shipped to, in place of logs.</param>
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

    /// <summary>As a child journalctl prints it.</summary>
    Followed,

    /// <summary>As JSON on standard input.</summary>
    OnStandardInput,
}

/// <summary>One of several factories.</summary>
public sealed record FactorySettings(string Name, SourceSettings Sources);

/// <summary>How the screen looks; a null theme is chosen by the terminal.</summary>
/// <param name="EscapeTime">After so long without another byte an Esc is a key; null by where the terminal is.</param>
public sealed record DisplaySettings(
    Theme? Theme = null,
    ColourChoice Colour = ColourChoice.Auto,
    bool Ascii = false,
    TimeSpan? EscapeTime = null
);

/// <summary>What is kept of builds that have ended.</summary>
/// <param name="On">Whether anything is kept.</param>
/// <param name="StateDirectory">Where; null for the usual place.</param>
/// <param name="KeepDays">Builds that began longer ago are forgotten, and their logs.</param>
/// <param name="KeepMegabytes">Room for the copies of logs, packed; of more than this the oldest go.</param>
/// <param name="KeepLogs">Whether copies of Packer's logs are kept beside the builds.</param>
public sealed record HistorySettings(
    bool On = true, string? StateDirectory = null, int KeepDays = 365, int KeepMegabytes = 64, bool KeepLogs = true);

/// <summary>What the recorder keeps for all users of the host.</summary>
/// <param name="Store">Its folder.</param>
/// <param name="Group">Who may read it.</param>
/// <param name="KeepDays">So many days of lines are kept.</param>
/// <param name="KeepMegabytes">Room for the lines, packed; the oldest days go.</param>
public sealed record RecordSettings(string Store = HostFolder.Usual, string Group = "adm", int KeepDays = 30, int KeepMegabytes = 200);
