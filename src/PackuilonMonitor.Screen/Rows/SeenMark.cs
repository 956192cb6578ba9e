using System.Collections.Immutable;

namespace PackuilonMonitor.Screen.Rows;

/// <summary>What a user has seen: all that happened until then, and some of what happened later.</summary>
/// <param name="At">All that happened until then was seen. Never after the last line that was read: a line that comes late is no old
/// one.</param>
/// <param name="Keys">What was seen of what happened later.</param>
/// <param name="LookedAt">When somebody looked last and nothing was left unseen.</param>
public sealed record SeenMark(DateTimeOffset At, ImmutableHashSet<string> Keys, DateTimeOffset LookedAt)
{
    public static SeenMark Until(DateTimeOffset at) => new(at, ImmutableHashSet<string>.Empty, at);

    public bool HasSeen(string key, DateTimeOffset? at) => at is not { } happened || happened <= At || Keys.Contains(key);

    public SeenMark With(IEnumerable<string> keys) => this with { Keys = Keys.Union(keys) };
}
