namespace PackuilonMonitor.Core.Packer;

/// <summary>A line of a build log with a time of its own: about when it was written, even if nobody saw it arrive.</summary>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="At">When, by the clock of <paramref name="Whose"/>.</param>
/// <param name="What">What happened then.</param>
/// <param name="Whose">Whose clock it is.</param>
public sealed record Clue(long Line, DateTimeOffset At, string What, string Whose)
{
    /// <summary>The clocks of a factory and its servers may differ by this much and still count as right.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>The times in a log, in the order of its lines, without those that cannot belong to this build.</summary>
    /// <param name="log">The log.</param>
    /// <param name="from">When the build began.</param>
    /// <param name="to">When it ended.</param>
    public static IEnumerable<Clue> Of(BuildLog log, DateTimeOffset from, DateTimeOffset to)
    {
        if (log.Marks != LogMarks.None)
            yield break;
        if (log.Trail.QuattorBegan is { } began && Zoned(began.At, from, to) is { } at)
            yield return new Clue(began.Line, at, "Quattor began", "the server");
        if (log.Trail.ImagePutAway is { } away && away.At >= from - Slack && away.At <= to + Slack)
            yield return new Clue(away.Line, away.At, "the image before was put away", "Glance");
    }

    /// <summary>
    /// The server's time has no zone. Zones differ by quarters of an hour, so for a shorter build at most one instant fits; if several fit
    /// a longer one, there is no clue.
    /// </summary>
    private static DateTimeOffset? Zoned(DateTime local, DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset? found = null;
        for (var offset = TimeSpan.FromHours(-12); offset <= TimeSpan.FromHours(14); offset += Quarter)
        {
            var at = new DateTimeOffset(local, offset);
            if (at < from || at > to)
                continue;
            if (found is not null)
                return null;
            found = at;
        }

        return found;
    }
}
