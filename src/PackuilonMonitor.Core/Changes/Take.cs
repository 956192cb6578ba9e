using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>A message that a worker took off the queue, as far as its lines show.</summary>
/// <param name="Ticket">Its number in the order of taking, as far as the lines show that.</param>
/// <param name="Image">Null if only a refusal mentions it, which names no image.</param>
internal sealed record Take(int Ticket, DateTimeOffset At, WorkerId? Worker, ImageName? Image) : IArchived<Take>
{
    /// <summary>The daemon writes "Name is" as it takes a message, so this take's place in the order is exact.</summary>
    public bool Ordered { get; init; }

    /// <summary>A "Name is" line announced it, and no line yet says which thread has it.</summary>
    public bool Unclaimed { get; init; }

    /// <summary>The threads that had been idle before it.</summary>
    public Waiting Waiting { get; init; }

    /// <summary>How many messages were published before its line. Lines of one second may stand in any order.</summary>
    public long Published { get; init; }

    /// <summary>A thread died; it may have taken a message, or none.</summary>
    public bool IsDeath { get; init; }

    public Refusal? Refused { get; init; }

    public string? RefusedText { get; init; }

    /// <summary>The id of the change of its message; null if that is unknown.</summary>
    public string? Trigger { get; init; }

    /// <summary>No message in the queue fits it, so it was queued by hand.</summary>
    public bool IsByHand { get; init; }

    /// <summary>The builds that were started for it.</summary>
    public ImmutableList<(int Number, string Id)> Builds { get; init; } = [];

    /// <summary>When it was taken, in whole seconds since 1970: some headers have no fractions.</summary>
    public long Second { get; } = At.ToUnixTimeSeconds();

    private ImageSpelling Spelling { get; } = ImageSpelling.Of(Image);

    /// <summary>The image's name for comparisons; empty if there is none.</summary>
    public string Name => Spelling.Name;

    /// <summary>The same without its architecture.</summary>
    public string Release => Spelling.Release;

    /// <summary>The same without the whole label of its system.</summary>
    public string Personality => Spelling.Personality;

    /// <summary>The personality, or the name where there is none.</summary>
    public string ShortName => Spelling.ShortName;

    /// <summary>The first letter of the short name; 0 where that is empty.</summary>
    public char Initial => Spelling.Initial;

    /// <summary>A message without any of these bits has none of its names.</summary>
    public ulong Marks => Spelling.Marks;

    Take IArchived<Take>.Through(Archive archive) => new(
        archive.Number(Ticket),
        archive.Time(At),
        archive.Optional(Worker, static (archive, worker) => new WorkerId(archive.Number(worker.Number))),
        archive.Optional(Image, static (archive, image) => new ImageName(archive.Text(image.Text)))
    )
    {
        Ordered = archive.Flag(Ordered),
        Unclaimed = archive.Flag(Unclaimed),
        Waiting = new Waiting(archive.TimeOrNull(Waiting.Own), archive.TimeOrNull(Waiting.Any)),
        Published = archive.Number(Published),
        IsDeath = archive.Flag(IsDeath),
        Refused = archive.Optional(Refused, static (archive, why) => (Refusal)archive.Number((int)why)),
        RefusedText = archive.TextOrNull(RefusedText),
        Trigger = archive.TextOrNull(Trigger),
        IsByHand = archive.Flag(IsByHand),
        Builds = archive.List(Builds, static (archive, build) => (archive.Number(build.Number), archive.Text(build.Id))),
    };
}

/// <summary>Since when threads were idle, as far as is known.</summary>
/// <param name="Own">The thread that took the message.</param>
/// <param name="Any">The thread of all that was idle longest.</param>
internal readonly record struct Waiting(DateTimeOffset? Own, DateTimeOffset? Any);
