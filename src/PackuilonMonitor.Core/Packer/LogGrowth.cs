namespace PackuilonMonitor.Core.Packer;

/// <summary>The lines that one poll of a build log read: enough to fold the same log again without its file.</summary>
/// <param name="File">The log's file name in the log directory.</param>
/// <param name="Generation">How often the file restarted.</param>
public sealed record LogGrowth(string File, int Generation)
{
    /// <summary>Whether the log begins here: nothing read before belongs to it.</summary>
    public bool Began { get; init; }

    /// <summary>When the lines arrived; null if nobody saw them arrive.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>When the file was last written, as of this poll.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The new lines, without their ends.</summary>
    public LogLines Lines { get; init; } = LogLines.None;

    /// <summary>Whether a hole was skipped.</summary>
    public bool HasHole { get; init; }

    /// <summary>An unfinished last line, after which nobody follows the log; empty for none.</summary>
    public string Unfinished { get; init; } = "";

    /// <summary>Whether only a summary of the log is kept from here on.</summary>
    public bool IsBrief { get; init; }
}
