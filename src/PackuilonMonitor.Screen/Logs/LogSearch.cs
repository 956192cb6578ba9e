using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>What is searched in a log.</summary>
public sealed record LogSearch
{
    public static readonly LogSearch None = new();

    /// <summary>What is searched; null for nothing.</summary>
    public SearchPattern? Pattern { get; init; }

    /// <summary>How what is typed is understood.</summary>
    public SearchHow How { get; init; }

    /// <summary>
    /// The pattern is being typed: Enter (<see cref="Keys.ContentAct.Open"/>) keeps it, Esc goes back to where the search began.
    /// </summary>
    public bool Typing { get; init; }

    /// <summary>What was searched last, also when it is not shown any more; an empty pattern searches it again.</summary>
    public SearchPattern? Earlier { get; init; }

    /// <summary>Where the search began.</summary>
    public SearchOrigin? Origin { get; init; }

    /// <summary>A hit that is still to be gone to.</summary>
    public SoughtHit? Sought { get; init; }
}

/// <summary>What was shown, and what was searched before.</summary>
public sealed record SearchOrigin(LogPosition Position, SearchPattern? Pattern);

/// <summary>The first hit from a byte position on, or the last one before it.</summary>
public readonly record struct SoughtHit(long From, bool Backward);
