using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The same search in every build: its hits are listed below the log.</summary>
public sealed record AllBuildsPanel
{
    public static readonly AllBuildsPanel Closed = new();

    /// <summary>What is searched in every build's log; null for nothing.</summary>
    public SearchPattern? Pattern { get; init; }

    /// <summary>The hits so far; null while there was no answer.</summary>
    public OtherHits? Hits { get; init; }

    /// <summary>The keys move in the list of hits, not in the log.</summary>
    public bool Focused { get; init; }

    /// <summary>Which hit of the list the keys are at.</summary>
    public int Chosen { get; init; }

    /// <summary>A hit of the list that was asked for: its build's log is to be opened there.</summary>
    public OtherHit? Jump { get; init; }

    /// <summary>With the hits in every build; answers to another search are passed over.</summary>
    public AllBuildsPanel With(OtherHits hits) => Pattern == hits.Pattern ? this with { Hits = hits, Chosen = InList(Chosen, hits) } : this;

    public AllBuildsPanel Select(int by) => this with { Chosen = InList(Chosen + by, Hits) };

    /// <summary>The list of a search, with the keys in it.</summary>
    public AllBuildsPanel Searching(SearchPattern pattern) => this with
    {
        Pattern = pattern,
        Hits = Hits?.Pattern == pattern ? Hits : null,
        Focused = true,
        Chosen = 0,
    };

    private static int InList(int chosen, OtherHits? hits) => Math.Clamp(chosen, 0, Math.Max(0, (hits?.Hits.Length ?? 0) - 1));
}
