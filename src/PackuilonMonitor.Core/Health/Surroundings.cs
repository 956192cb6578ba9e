using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Health;

/// <summary>What a process knows besides the lines: how it reads them, and whether its own work succeeds.</summary>
public sealed record Surroundings
{
    public static readonly Surroundings None = new();

    /// <summary>The name for messages about the factory; null if unknown.</summary>
    public string? Name { get; init; }

    /// <summary>THREAD_COUNT; null if it cannot be read.</summary>
    public int? Threads { get; init; }

    /// <summary>The directory of Packer's logs; null if they cannot be read here.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>Somebody named that directory, so it must exist.</summary>
    public bool LogDirectoryIsNamed { get; init; }

    /// <summary>The address at which RabbitMQ is asked; null if it is not.</summary>
    public string? Broker { get; init; }

    /// <summary>Sources are followed: a file that is missing for a moment is not reported.</summary>
    public bool IsLive { get; init; }

    /// <summary>Only our lines are read, as from the journal: silence proves nothing.</summary>
    public bool SilenceIsUsual { get; init; }

    /// <summary>The stream that the events come from; null where the lines are read here.</summary>
    public ShippedFrom? From { get; init; }

    /// <summary>Stamps have no date, and no option says which day it is.</summary>
    public bool IsUndated { get; init; }

    /// <summary>The store remembers builds of this factory.</summary>
    public bool Remembers { get; init; }

    /// <summary>
    /// Whether the image has an empty list of templates, so that its messages build nothing; null if that cannot be read.
    /// </summary>
    public Func<ImageName, bool>? HasNoTemplates { get; init; }

    /// <summary>The template files of an image in the order in which they are built; null if that cannot be read.</summary>
    public Func<ImageName, IReadOnlyList<string>>? TemplateFiles { get; init; }

    /// <summary>How long a running build is in a step that takes too long by its past, in words; null if none does.</summary>
    public Func<string, string?> StuckInStep { get; init; } = static _ => null;

    /// <summary>The troubles of the monitor's own work.</summary>
    public ImmutableArray<OwnTrouble> Own { get; init; } = [];

    /// <summary>Codes that this process cannot evaluate, with the reasons.</summary>
    public ImmutableArray<NotJudged> NotJudged { get; init; } = [];
}

/// <summary>Where the events of a factory elsewhere come from.</summary>
/// <param name="Stream">The path of the source that the stream is.</param>
/// <param name="Factory">The name under which the factory is shipped.</param>
public sealed record ShippedFrom(string Stream, string Factory);

/// <summary>A trouble of the monitor itself: its history, a way to notify, the shipping of events.</summary>
public sealed record OwnTrouble(CheckCode Code, string Item, string Words, DateTimeOffset? Since, Severity Severity = Severity.Warn);
