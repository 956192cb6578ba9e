using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;

namespace PackuilonMonitor.Core.Alerts;

/// <summary>What became of a check.</summary>
public enum HealthTurn
{
    Raised,

    /// <summary>Its severity, its items or its count.</summary>
    Changed,
    Cleared,
    Muted,
    Unmuted,
}

/// <summary>A turn of a check, as it is listed.</summary>
/// <param name="At">When it was noticed; of a check that a line raised, the time of that line.</param>
/// <param name="Was">The severity before; null where it was not raised.</param>
/// <param name="Words">What was wrong then.</param>
/// <param name="Items">Ids that are new.</param>
/// <param name="Gone">Ids that are over.</param>
public sealed record HealthEvent(
    DateTimeOffset At,
    string? Factory,
    CheckCode Code,
    HealthTurn Turn,
    Severity Severity,
    Severity? Was,
    long Count,
    CheckSummary Words,
    ImmutableArray<string> Items,
    ImmutableArray<string> Gone
)
{
    /// <summary>What was wrong, as wide as that of a check.</summary>
    public string Summary => Words.In(Check.Widest);

    /// <summary>The same as it is recorded and printed.</summary>
    public HealthTurned Observed() => new(Turn.Name(), Code.Name(), Severity.Name(), Was?.Name(), Count, Summary)
    {
        Items = Items,
        Gone = Gone,
    };
}

public static class HealthTurns
{
    /// <summary>In the words of JSON and of the screens.</summary>
    public static string Name(this HealthTurn turn) => turn switch
    {
        HealthTurn.Raised => "raised",
        HealthTurn.Changed => "changed",
        HealthTurn.Cleared => "cleared",
        HealthTurn.Muted => "muted",
        HealthTurn.Unmuted => "unmuted",
    };
}

/// <summary>A notice about a check for somebody who does not watch the screen.</summary>
/// <param name="Text">What, in one sentence; parts of it are text of others.</param>
/// <param name="Rings">It is bad news.</param>
public sealed record HealthNotice(DateTimeOffset At, string? Factory, CheckCode Code, Severity Severity, string Text, bool Rings);
