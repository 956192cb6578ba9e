using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Builds;

/// <summary>Whether a source can be read now.</summary>
public enum SourceState
{
    /// <summary>It has never been there yet.</summary>
    Waiting,

    /// <summary>It is open, and what is written to it is seen.</summary>
    Following,

    /// <summary>It was there and is not any more.</summary>
    Missing,

    /// <summary>It is there and cannot be opened or read; the reason says why.</summary>
    Unreadable,
}

/// <summary>What is known of a source: its state since when, and what may have been lost from it.</summary>
/// <param name="Source">The path it was named with.</param>
/// <param name="State">Whether it can be read now.</param>
/// <param name="Why">The reason of the state, fit to be shown; null where the state says all.</param>
/// <param name="Since">The wall time at which the state was first seen.</param>
public sealed record SourceHealth(SourceId Source, SourceState State, string? Why, DateTimeOffset Since)
{
    /// <summary>How often it began again from its first byte: truncated or replaced.</summary>
    public int Generation { get; init; }

    /// <summary>How often it was rotated.</summary>
    public int Rotations { get; init; }

    /// <summary>How many places there are at which lines may be missing.</summary>
    public int Gaps { get; init; }

    /// <summary>The bytes known to be missing at those places; a gap of unknown size adds nothing.</summary>
    public long MissingBytes { get; init; }

    /// <summary>Why lines may be missing at the newest gap; null without one.</summary>
    public string? LastGap { get; init; }

    /// <summary>The same with one more gap.</summary>
    public SourceHealth Missed(long bytes, string why) => this with { Gaps = Gaps + 1, MissingBytes = MissingBytes + bytes, LastGap = why };

    /// <summary>The state in words, without the time.</summary>
    public string Text => State switch
    {
        SourceState.Waiting => Why ?? "waiting for file",
        SourceState.Following => Why ?? "following",
        SourceState.Missing => Why ?? "missing",
        SourceState.Unreadable => Why ?? "unreadable",
    };

    /// <summary>The gaps in words; null without one.</summary>
    public string? GapText => Gaps == 0 ? null : MissingBytes == 0
        ? $"lines may be missing: {LastGap}"
        : $"{MissingBytes} bytes missing: {LastGap}";
}
