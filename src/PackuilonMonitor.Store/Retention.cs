namespace PackuilonMonitor.Store;

/// <summary>The limits of the store.</summary>
/// <param name="Logs">Whether finished logs are copied.</param>
/// <param name="MostLogBytes">All copies together, compressed; the oldest are deleted first.</param>
/// <param name="Longest">The age up to which a build is kept.</param>
public sealed record Retention(bool Logs, long MostLogBytes, TimeSpan Longest)
{
    /// <summary>Beyond this number the oldest builds are deleted, some kilobytes each.</summary>
    public const int MostBuilds = 10_000;

    public const int MostTriggers = 10_000;

    /// <summary>Of pairs of a profile and its image.</summary>
    public const int MostPairs = 2_000;

    /// <summary>No build writes a larger log; it is not copied.</summary>
    public const long MostOfOneLog = 64 * 1024 * 1024;

    public static readonly Retention Usual = new(true, 64 * 1024 * 1024, TimeSpan.FromDays(365));
}
