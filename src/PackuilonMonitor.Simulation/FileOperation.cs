namespace PackuilonMonitor.Simulation;

/// <summary>Whose line it is.</summary>
public enum LogProgram
{
    Rabbit2Packer,
    Cdb2Rabbit,
    CdpListend,
    Other,
}

/// <summary>Something done to the factory's files. Every case is in this file.</summary>
public abstract record FileOperation;

/// <summary>A line appended to messages, and the truth about it.</summary>
/// <param name="Bytes">The line as it stands in the file, with its line end.</param>
/// <param name="Stamp">The time in its header: earlier than the write where a repeat was held back.</param>
/// <param name="Host">The host in its header.</param>
/// <param name="Program">Who wrote it.</param>
/// <param name="Content">The part after the tag, with rsyslog's escapes and repeat bracket as they stand.</param>
/// <param name="Sentence">What was said.</param>
/// <param name="Thread">The thread that said it, whether or not the line names it; null for other programs and the main thread.</param>
/// <param name="Count">How many lines it stands for: more than one only for a repeat bracket.</param>
public sealed record MessageLine(
    ReadOnlyMemory<byte> Bytes,
    DateTimeOffset Stamp,
    string Host,
    LogProgram Program,
    string Content,
    Sentence Sentence,
    string? Thread,
    int Count) : FileOperation;

/// <summary>A build log opened as Python's <c>open(path, "wt")</c> does: created, or cut to nothing.</summary>
/// <remarks><c>File</c>: The path below the log directory.</remarks>
public sealed record LogOpened(string File) : FileOperation;

/// <summary>Bytes put into a build log at the writer's own position, which may lie behind the end or before it.</summary>
/// <remarks><c>File</c>: The path below the log directory.</remarks>
public sealed record LogWritten(string File, long Offset, ReadOnlyMemory<byte> Bytes) : FileOperation;

/// <summary>logrotate put messages away as messages.1, and older ones one further.</summary>
public sealed record MessagesRotated(RotationKind Kind) : FileOperation;

/// <summary>How logrotate makes room.</summary>
public enum RotationKind
{
    RenameAndCreate,
    CopyAndTruncate,
}

/// <summary>One operation and the simulated time at which it happens.</summary>
public readonly record struct FactoryStep(DateTimeOffset At, FileOperation Operation);
