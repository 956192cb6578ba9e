namespace PackuilonMonitor.Simulation;

/// <summary>The program that writes a line.</summary>
public enum LogProgram
{
    Rabbit2Packer,
    Cdb2Rabbit,
    CdpListend,
    Other,
}

/// <summary>An operation on the factory's files. Every case is in this file.</summary>
public abstract record FileOperation;

/// <summary>A line appended to messages, and the truth about it.</summary>
/// <param name="Bytes">The line in the file, with its line end.</param>
/// <param name="Stamp">The time in its header: earlier than the write if a repeat was held back.</param>
/// <param name="Host">The host in its header.</param>
/// <param name="Program">The program that wrote it.</param>
/// <param name="Content">The part after the tag, including rsyslog's escapes and repeat bracket.</param>
/// <param name="Sentence">Its meaning.</param>
/// <param name="Thread">The thread that wrote it, whether or not the line names it; null for other programs and the main thread.</param>
/// <param name="Count">How many lines it represents: more than one only for a repeat bracket.</param>
public sealed record MessageLine(
    ReadOnlyMemory<byte> Bytes,
    DateTimeOffset Stamp,
    string Host,
    LogProgram Program,
    string Content,
    Sentence Sentence,
    string? Thread,
    int Count) : FileOperation;

/// <summary>A build log opened as Python's <c>open(path, "wt")</c> does: created, or truncated.</summary>
/// <remarks><c>File</c>: The path below the log directory.</remarks>
public sealed record LogOpened(string File) : FileOperation;

/// <summary>Bytes written to a build log at the writer's own position, which may be after the end or before it.</summary>
/// <remarks><c>File</c>: The path below the log directory.</remarks>
public sealed record LogWritten(string File, long Offset, ReadOnlyMemory<byte> Bytes) : FileOperation;

/// <summary>cdb2rabbit wrote its copy of a profile.</summary>
/// <param name="File">The profile's name, which is the copy's in the cache directory.</param>
/// <param name="Bytes">The whole profile.</param>
public sealed record ProfileCached(string File, ReadOnlyMemory<byte> Bytes) : FileOperation;

/// <summary>logrotate renamed messages to messages.1, and older ones accordingly.</summary>
public sealed record MessagesRotated(RotationKind Kind) : FileOperation;

/// <summary>How logrotate rotates.</summary>
public enum RotationKind
{
    RenameAndCreate,
    CopyAndTruncate,
}

/// <summary>One operation and the simulated time at which it happens.</summary>
public readonly record struct FactoryStep(DateTimeOffset At, FileOperation Operation);
