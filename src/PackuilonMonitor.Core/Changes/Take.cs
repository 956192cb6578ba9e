using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>A message that a worker took off the queue, as its lines tell it.</summary>
/// <param name="Ticket">Its place in the order of taking, as far as the lines tell that.</param>
/// <param name="Image">Null where only a refusal speaks of it, which names no image.</param>
internal sealed record Take(int Ticket, DateTimeOffset At, WorkerId? Worker, ImageName? Image)
{
    /// <summary>The daemon writes "Name is" as it takes a message, so this take's place in the order is exact.</summary>
    public bool Ordered { get; init; }

    /// <summary>A "Name is" line announced it, and no line yet says which thread has it.</summary>
    public bool Unclaimed { get; init; }

    /// <summary>Since when its thread had nothing to do but to ask for messages; null where that is not known.</summary>
    public DateTimeOffset? FreeSince { get; init; }

    public Refusal? Refused { get; init; }

    public string? RefusedText { get; init; }

    /// <summary>The id of the change whose message it was; null where that is not known.</summary>
    public string? Trigger { get; init; }

    /// <summary>No message in the queue can have been this one, so it was queued by hand.</summary>
    public bool IsByHand { get; init; }

    /// <summary>The builds that were started for it.</summary>
    public ImmutableList<(int Number, string Id)> Builds { get; init; } = [];

    /// <summary>
    /// The image's name for comparisons, the same without its architecture, and without the whole label of its system; empty where there is
    /// none.
    /// </summary>
    public string Name { get; } = Image is { } image ? Names.OfImage(image) : "";

    public string Release { get; } = Image is { } image ? Names.WithoutArchitecture(image) : "";

    public string Personality { get; } = Image is { } image ? Names.WithoutSystem(image) ?? "" : "";
}
