using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Lines;

/// <summary>Whether a source can be read now.</summary>
public enum SourceState
{
    /// <summary>It has never existed.</summary>
    Waiting,

    /// <summary>It is open and followed.</summary>
    Following,

    /// <summary>It existed and does not exist any more.</summary>
    Missing,

    /// <summary>It exists and cannot be opened or read; the reason says why.</summary>
    Unreadable,
}

/// <summary>The state of a source since when, and what may have been lost from it.</summary>
/// <param name="Source">Its given path.</param>
/// <param name="State">Whether it can be read now.</param>
/// <param name="Why">The reason of the state, for the screen; null if the state says everything.</param>
/// <param name="Since">The wall time at which the state was first seen.</param>
public sealed record SourceHealth(SourceId Source, SourceState State, string? Why, DateTimeOffset Since) : IArchived<SourceHealth>
{
    /// <summary>How often it restarted from its first byte: truncated or replaced.</summary>
    public int Generation { get; init; }

    /// <summary>How often it was rotated.</summary>
    public int Rotations { get; init; }

    /// <summary>The number of places where lines may be missing.</summary>
    public int Gaps { get; init; }

    /// <summary>The bytes known to be missing there; a gap of unknown size adds nothing.</summary>
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

    SourceHealth IArchived<SourceHealth>.Through(Archive archive) => new(
        new SourceId(archive.Text(Source.Path)),
        (SourceState)archive.Number((int)State),
        archive.TextOrNull(Why),
        archive.Time(Since)
    )
    {
        Generation = archive.Number(Generation),
        Rotations = archive.Number(Rotations),
        Gaps = archive.Number(Gaps),
        MissingBytes = archive.Number(MissingBytes),
        LastGap = archive.TextOrNull(LastGap),
    };
}
