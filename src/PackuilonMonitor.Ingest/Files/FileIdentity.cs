namespace PackuilonMonitor.Ingest.Files;

/// <summary>
/// The identity of a file, whatever its name. The time of birth (nanoseconds since 1970, 0 if the file system has none) distinguishes a
/// reused inode number from the earlier file.
/// </summary>
public readonly record struct FileIdentity(ulong Device, ulong Inode, long Born);
