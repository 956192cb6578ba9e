namespace PackuilonMonitor.Core.Snapshots;

/// <summary>What is known from elsewhere than the observations; all of it may be unknown.</summary>
/// <param name="ThreadCount">How many workers the daemon's configuration asks for.</param>
public sealed record Facts(int? ThreadCount = null)
{
    /// <summary>What the store remembers.</summary>
    public BuildHistory History { get; init; } = BuildHistory.None;

    /// <summary>What its health is judged by.</summary>
    public HealthFacts Health { get; init; } = HealthFacts.None;

    /// <summary>More threads than anybody configures are a mistake, and would fill the screen.</summary>
    public const int MostThreads = 64;

    public static readonly Facts None = new();

    /// <summary>The zone that times are shown in.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}
