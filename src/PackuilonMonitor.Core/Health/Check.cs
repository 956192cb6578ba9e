using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health;

/// <summary>One of the things that a check is about.</summary>
/// <param name="Id">Its name in <c>mute CODE:ID</c>.</param>
/// <param name="Text">What is wrong with it, in one line without control characters of its own; parts of it are text of others.</param>
/// <param name="Since">Since when; null where that is not known.</param>
public sealed record HealthItem(string Id, string Text, DateTimeOffset? Since)
{
    /// <summary>The lines it rests on, oldest first.</summary>
    public ImmutableArray<HeardLine> Lines { get; init; } = [];

    /// <summary>How bad it is; that of the check where it says nothing else.</summary>
    public Severity? Severity { get; init; }

    /// <summary>How many lines or messages it stands for.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The id of the build it is about.</summary>
    public string? Build { get; init; }

    public WorkerId? Thread { get; init; }

    public string? Profile { get; init; }

    /// <summary>The file or directory it is about.</summary>
    public string? Path { get; init; }

    /// <summary>The command to type for it; the check's where it is null.</summary>
    public string? Do { get; init; }

    public bool Muted { get; init; }
}

/// <summary>Something that is wrong now.</summary>
/// <param name="Items">Newest first, at least one.</param>
/// <param name="Summary">At most seventy columns.</param>
/// <param name="Do">One command to type. We never run it.</param>
public sealed record Check(CheckCode Code, Severity Severity, ImmutableArray<HealthItem> Items, string Summary, string Do)
{
    /// <summary>How many there are: items, or lines where the items are kinds of lines.</summary>
    public long Count => Items.Sum(item => item.Count);

    /// <summary>Since when: that of its oldest item.</summary>
    public DateTimeOffset? Since => Items.Min(item => item.Since);

    /// <summary>When it became what it is now: that of its newest item.</summary>
    public DateTimeOffset? ChangedAt => Items.Max(item => item.Since);

    /// <summary>The mute that holds for it; null where it is not muted.</summary>
    public Mute? Mute { get; init; }

    public bool IsMuted => Mute is not null;
}

/// <summary>A check that could not be judged.</summary>
public sealed record NotJudged(CheckCode Code, string Why);
