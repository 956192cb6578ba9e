namespace PackuilonMonitor.Store;

/// <summary>How much is remembered.</summary>
/// <param name="Logs">Whether finished logs are copied.</param>
/// <param name="MostLogBytes">All copies together, as they lie in the store; the oldest go first.</param>
/// <param name="Longest">How long ago a build may have begun.</param>
public sealed record Keeping(bool Logs, long MostLogBytes, TimeSpan Longest)
{
    /// <summary>The oldest builds beyond these are forgotten, some kilobytes each.</summary>
    public const int MostBuilds = 10_000;

    public const int MostTriggers = 10_000;

    /// <summary>Of pairs of a profile and its image.</summary>
    public const int MostPairs = 2_000;

    /// <summary>A log larger than this is no build's; it is not copied.</summary>
    public const long MostOfOneLog = 64 * 1024 * 1024;

    public static readonly Keeping Usual = new(true, 64 * 1024 * 1024, TimeSpan.FromDays(365));
}
