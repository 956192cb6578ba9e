using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.State;

/// <summary>What is fixed for a run of the screen.</summary>
public sealed record ScreenSettings(Palette Palette, Glyphs Glyphs, KeyMap Keys, TimeZoneInfo Zone)
{
    /// <summary>The alerts that hook, webhook and desktop notification get.</summary>
    public ImmutableHashSet<AlertKind> Notified { get; init; } = [];

    /// <summary>The terminal shows desktop notifications.</summary>
    public bool HasDesktopNotices { get; init; }

    /// <summary>What of the settings could not be understood.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The sources can be read from the beginning again; standard input cannot.</summary>
    public bool CanReadAgain { get; init; } = true;

    /// <summary>What was recorded and can be looked at; null where nothing is.</summary>
    public RecordingSettings? Recording { get; init; }

    /// <summary>Who mutes.</summary>
    public string User { get; init; } = "";

    /// <summary>There is a file for mutes.</summary>
    public bool CanMute { get; init; }

    /// <summary>A store may hold copies of logs.</summary>
    public bool HasStore { get; init; }

    /// <summary>
    /// Where each factory's logs lie or lay, by its name; by the empty name where it has none. Of one elsewhere only the announced paths
    /// are known.
    /// </summary>
    public ImmutableDictionary<string, string> LogDirectories { get; init; } = ImmutableDictionary<string, string>.Empty;
}
