using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>One message that a worker took off the queue. Its templates are built in turn, with no line between them.</summary>
/// <param name="Image">The image to build.</param>
/// <param name="TakenAt">The time of the line that says so.</param>
/// <param name="Built">The templates for which a build was started; empty text in the dialect that has none.</param>
/// <param name="Ticket">The take of its message, which leads to its change.</param>
public sealed record Job(ImageName Image, DateTimeOffset TakenAt, ImmutableList<string> Built, int? Ticket) : IArchived<Job>
{
    /// <summary>More templates than any message asks for. A job that has built that many awaits nothing more.</summary>
    public const int MostBuilt = 32;

    /// <summary>The daemon said that it builds from the default templates, which it does before the first build of a message.</summary>
    public bool UsesDefaults { get; init; }

    /// <summary>One message never builds a template twice; the oldest revision has no templates and builds once.</summary>
    public bool Awaits(LogName log)
    {
        if (!log.Fits(Image, out var template) || Built.Count >= MostBuilt)
            return false;
        foreach (var built in Built)
        {
            if (template.SequenceEqual(built))
                return false;
        }

        return true;
    }

    internal Job With(string? template) => Built.Count < MostBuilt ? this with { Built = Built.Add(template ?? "") } : this;

    internal Job Without(string? template) => this with { Built = Built.Remove(template ?? "") };

    Job IArchived<Job>.Through(Archive archive) =>
        new(new ImageName(archive.Text(Image.Text)), archive.Time(TakenAt), archive.List(Built), archive.NumberOrNull(Ticket))
        {
            UsesDefaults = archive.Flag(UsesDefaults),
        };
}
