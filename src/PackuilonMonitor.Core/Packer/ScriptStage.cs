using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>A part of a provisioning script that reports its start.</summary>
/// <param name="Name">What it does, such as <c>fetch profile</c>.</param>
/// <param name="Line">The number of the line that began it.</param>
/// <param name="StartedAt">When that line arrived, or null if it was read afterwards.</param>
public sealed record ScriptStage(string Name, long Line, DateTimeOffset? StartedAt) : IArchived<ScriptStage>
{
    ScriptStage IArchived<ScriptStage>.Through(Archive archive) =>
        new(archive.Text(Name), archive.Number(Line), archive.TimeOrNull(StartedAt));
}
