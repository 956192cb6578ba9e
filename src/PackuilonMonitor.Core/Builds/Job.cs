using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>One message that a worker took off the queue. Its templates are built in turn, with no line between them.</summary>
/// <param name="Image">What it asks for.</param>
/// <param name="TakenAt">The time of the line that says so.</param>
/// <param name="Built">The templates that a build was started for.</param>
/// <param name="Ticket">The take of its message, from which its change is known.</param>
public sealed record Job(ImageName Image, DateTimeOffset TakenAt, ImmutableList<string> Built, long? Ticket)
{
    /// <summary>One message never builds a template twice; the oldest revision has no templates and builds once.</summary>
    public bool Awaits(LogName log) => log.Fits(Image) && !Built.Contains(log.TemplateFor(Image) ?? "");
}
