using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health;

/// <summary>One item of a check.</summary>
/// <param name="Id">Its name in <c>mute CODE:ID</c>.</param>
/// <param name="Text">What is wrong with it, in one line without control characters of its own; parts of it are untrusted text.</param>
/// <param name="Since">Since when; null if unknown.</param>
public sealed record HealthItem(string Id, string Text, DateTimeOffset? Since)
{
    /// <summary>The lines behind it, oldest first.</summary>
    public ImmutableArray<EvidenceLine> Lines { get; init; } = [];

    /// <summary>Its severity, by default that of the check.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The number of lines or messages that it represents.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The id of its build.</summary>
    public string? Build { get; init; }

    public WorkerId? Thread { get; init; }

    public string? Profile { get; init; }

    /// <summary>Its file or directory.</summary>
    public string? Path { get; init; }

    /// <summary>The command to type for it; null for the check's.</summary>
    public string? Do { get; init; }

    public bool Muted { get; init; }
}

/// <summary>Something that is wrong now.</summary>
/// <param name="Items">Newest first, at least one.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="Do">One command to type. We never run it.</param>
public sealed record Check(CheckCode Code, Severity Severity, ImmutableArray<HealthItem> Items, CheckSummary Words, string Do)
{
    /// <summary>Columns that a line of text has for it, wherever it is read.</summary>
    public const int Widest = 70;

    /// <summary>What is wrong, in at most seventy columns.</summary>
    public string Summary => Words.In(Widest);

    /// <summary>The number of items, or of lines if the items are kinds of lines.</summary>
    public long Count => Items.Sum(item => item.Count);

    /// <summary>Since when: that of its oldest item.</summary>
    public DateTimeOffset? Since => Items.Min(item => item.Since);

    /// <summary>Since when it is as it is now: that of its newest item.</summary>
    public DateTimeOffset? ChangedAt => Items.Max(item => item.Since);

    /// <summary>Its active mute; null if it is not muted.</summary>
    public Mute? Mute { get; init; }

    public bool IsMuted => Mute is not null;
}

/// <summary>A check that could not be evaluated.</summary>
public sealed record NotJudged(CheckCode Code, string Why);
