using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Logs;

// The same search in every build: its hits are listed below the log.
public sealed partial record LogView
{
    /// <summary>
    /// What is to be searched in every build's log; null for nothing. The answer comes back through <see cref="With(OtherHits)"/>.
    /// </summary>
    public SearchPattern? Everywhere { get; private init; }

    /// <summary>The hits in every build so far; null while none were told.</summary>
    public OtherHits? Others { get; private init; }

    /// <summary>The keys move in the list of hits, not in the log.</summary>
    public bool HitsFocused { get; private init; }

    /// <summary>Which hit of the list the keys are at.</summary>
    public int Chosen { get; private init; }

    /// <summary>A hit of the list that was asked for: its build's log is to be opened there.</summary>
    public OtherHit? Jump { get; private init; }

    /// <summary>With the hits in every build; answers to another search are passed over.</summary>
    public LogView With(OtherHits hits) => Everywhere == hits.Pattern
        ? this with { Others = hits, Chosen = Math.Clamp(Chosen, 0, Math.Max(0, hits.Hits.Length - 1)) }
        : this;

    /// <summary>At a line, by its number from 1; for a log opened at a hit.</summary>
    public LogView At(long line) => GoTo(LogTarget.Line(line), JumpLead);

    /// <summary>Searching what was searched in another log.</summary>
    public LogView Searched(SearchPattern? pattern) => this with { Search = pattern };

    private LogView SearchEverywhere() =>
        Search is null
            ? this with
            {
                Notice = "nothing is searched: / searches",
            }
            : this with
            {
                Everywhere = Search,
                Others = Others?.Pattern == Search ? Others : null,
                HitsFocused = true,
                Chosen = 0,
                Typing = false,
                Origin = null,
            };

    private LogView SelectHit(int by) => this with { Chosen = Math.Clamp(Chosen + by, 0, Math.Max(0, (Others?.Hits.Length ?? 0) - 1)) };

    private LogView Choose()
    {
        if (Others is not { Hits.Length: > 0 } others)
            return this;
        var hit = others.Hits[Math.Clamp(Chosen, 0, others.Hits.Length - 1)];
        return hit.BuildId == Build.Id
            ? GoTo(LogTarget.Line(hit.Line), JumpLead) with { HitsFocused = false }
            : this with { Jump = hit };
    }
}
