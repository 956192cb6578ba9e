using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>A Quattor component of a build.</summary>
/// <param name="Name">Its name, such as <c>spma</c>.</param>
/// <param name="Line">The number of the line that began it.</param>
/// <param name="StartedAt">When that line arrived, or null if it was read afterwards.</param>
/// <param name="EndedAt">When its total arrived, or null.</param>
/// <param name="Errors">Its errors, or null until its total.</param>
/// <param name="Warnings">Its warnings, or null until its total.</param>
public sealed record Component(
    string Name, long Line, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt = null, long? Errors = null, long? Warnings = null)
    : IArchived<Component>
{
    Component IArchived<Component>.Through(Archive archive) => new(
        archive.Text(Name),
        archive.Number(Line),
        archive.TimeOrNull(StartedAt),
        archive.TimeOrNull(EndedAt),
        archive.NumberOrNull(Errors),
        archive.NumberOrNull(Warnings)
    );
}
