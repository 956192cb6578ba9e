using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>What one look at a build log read: enough to fold the same log again without its file.</summary>
/// <param name="File">The log's file name in the log directory.</param>
/// <param name="Generation">How often the file began again.</param>
public sealed record LogGrowth(string File, int Generation)
{
    /// <summary>Nothing of what was read before belongs to it.</summary>
    public bool Began { get; init; }

    /// <summary>When the lines arrived; null where nobody saw them come.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>When the file was last written, as of this look.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The new lines, without their ends.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>A hole was passed over.</summary>
    public bool HasHole { get; init; }

    /// <summary>A last line without an end, after which nobody follows the log any more; empty for none.</summary>
    public string Unfinished { get; init; } = "";

    /// <summary>The log is kept in brief from here on.</summary>
    public bool IsBrief { get; init; }
}
