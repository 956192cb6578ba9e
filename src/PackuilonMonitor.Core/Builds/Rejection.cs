using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>A refused message, and the line that says so.</summary>
public sealed record Rejection(string Host, WorkerId? Worker, ImageName? Image, DateTimeOffset At, Refusal Why, string Text)
    : IArchived<Rejection>
{
    /// <summary>The exception that the daemon wrote beside that line; null for none.</summary>
    public string? Error { get; init; }

    Rejection IArchived<Rejection>.Through(Archive archive) => new(
        archive.Text(Host),
        archive.Optional(Worker, static (archive, worker) => new WorkerId(archive.Number(worker.Number))),
        archive.Optional(Image, static (archive, image) => new ImageName(archive.Text(image.Text))),
        archive.Time(At),
        (Refusal)archive.Number((int)Why),
        archive.Text(Text)
    )
    {
        Error = archive.TextOrNull(Error),
    };
}
