namespace PackuilonMonitor.Core.Packer;

/// <summary>A line of a build log that carries a time of its own: about when it was written, also where nobody saw it arrive.</summary>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="At">When, by the clock of <paramref name="Whose"/>.</param>
/// <param name="What">What happened then.</param>
/// <param name="Whose">Whose clock it is.</param>
public sealed record Clue(long Line, DateTimeOffset At, string What, string Whose)
{
    /// <summary>Clocks of a factory and its servers differ by so much and are still taken for right.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>The times a log carries, in the order of its lines; those that cannot be of this build are left out.</summary>
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
    /// The server says no zone. Zones differ by quarters of an hour, so a build that is shorter has one instant at most
    /// that can be meant; of a longer one whose time could be several instants nothing is said.
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
