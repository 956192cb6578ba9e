using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Health;

/// <summary>What a process knows beside the lines: how it reads them, and what becomes of its own work.</summary>
public sealed record Surroundings
{
    public static readonly Surroundings None = new();

    /// <summary>The name in what is told of the whole; null where it is not known.</summary>
    public string? Name { get; init; }

    /// <summary>THREAD_COUNT; null where it cannot be read.</summary>
    public int? Threads { get; init; }

    /// <summary>Where Packer's logs are; null where they cannot be read here.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>Somebody named that directory, so that it must be there.</summary>
    public bool LogDirectoryIsNamed { get; init; }

    /// <summary>The address under which RabbitMQ is asked; null where it is not.</summary>
    public string? Broker { get; init; }

    /// <summary>Sources are followed: what is missing for a moment is no news.</summary>
    public bool IsLive { get; init; }

    /// <summary>Only lines of ours are read, as of the journal, or they come from elsewhere: silence proves nothing.</summary>
    public bool SilenceIsUsual { get; init; }

    /// <summary>Stamps name no date, and nobody said which day it is.</summary>
    public bool IsUndated { get; init; }

    /// <summary>The store remembers builds of this factory.</summary>
    public bool Remembers { get; init; }

    /// <summary>
    /// Whether the image has an empty list of templates, so that nothing is built of its messages; null where that cannot be read.
    /// </summary>
    public Func<ImageName, bool>? HasNoTemplates { get; init; }

    /// <summary>How long a running build is in a step that takes too long by its past, in words; null where it does not.</summary>
    public Func<string, string?> StuckInStep { get; init; } = static _ => null;

    /// <summary>What is wrong with the monitor's own work.</summary>
    public ImmutableArray<OwnTrouble> Own { get; init; } = [];

    /// <summary>Codes that this process cannot judge, with the reasons.</summary>
    public ImmutableArray<NotJudged> NotJudged { get; init; } = [];
}

/// <summary>Something of the monitor's own that does not work: its history, a way of telling, the shipping of events.</summary>
public sealed record OwnTrouble(CheckCode Code, string Item, string Words, DateTimeOffset? Since, Severity Severity = Severity.Warn);
