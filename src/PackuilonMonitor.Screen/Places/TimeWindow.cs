using System.Collections.Immutable;

namespace PackuilonMonitor.Screen.Places;

/// <summary>What a timeline shows: how much time, until when, and whose builds are listed.</summary>
/// <param name="Zoom">Which of the spans.</param>
/// <param name="Until">The right edge; null for the moment that is shown.</param>
/// <param name="Lane">The id of the lane with the cursor; null for the one that began a build last.</param>
public sealed record TimeWindow(int Zoom = 1, DateTimeOffset? Until = null, string? Lane = null)
{
    public static readonly ImmutableArray<TimeSpan> Spans =
        [TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8), TimeSpan.FromHours(24), TimeSpan.FromDays(7)];

    public static readonly TimeWindow Start = new();

    public TimeSpan Span => Spans[Zoom];

    public DateTimeOffset End(DateTimeOffset now) => Until ?? now;

    /// <summary>The same span with that moment as its middle; what lies after the present is not shown.</summary>
    public TimeWindow Around(DateTimeOffset at, DateTimeOffset now) =>
        this with { Until = at + Span / 2 is var until && until < now ? until : null };
}

/// <summary>A time in columns of equal length. It moves by a whole column, so that nothing changes in between.</summary>
public sealed record TimeAxis(DateTimeOffset From, TimeSpan Column, int Columns)
{
    public DateTimeOffset Until => From + Column * Columns;

    /// <param name="columns">How many columns there is room for.</param>
    public static TimeAxis Of(TimeWindow window, int columns, DateTimeOffset now)
    {
        var count = Math.Max(1, columns);
        var seconds = Math.Max(1, (long)Math.Ceiling(window.Span.TotalSeconds / count));
        var last = window.End(now).ToUnixTimeSeconds() / seconds;
        var from = Math.Max(DateTimeOffset.MinValue.ToUnixTimeSeconds(), (last + 1 - count) * seconds);
        return new TimeAxis(DateTimeOffset.FromUnixTimeSeconds(from), TimeSpan.FromSeconds(seconds), count);
    }

    public bool Contains(DateTimeOffset at) => at >= From && at < Until;

    /// <summary>The column of a moment; what lies outside is at the edge.</summary>
    public int ColumnOf(DateTimeOffset at) => (int)Math.Clamp(Math.Floor((at - From) / Column), 0, Columns - 1);
}
