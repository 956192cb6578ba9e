namespace PackuilonMonitor.Ingest.Files;

/// <summary>
/// Which file it is, whatever its name. The time of birth (nanoseconds since 1970, 0 where the file system has none) tells a reused inode
/// number from the file that had it before.
/// </summary>
public readonly record struct FileIdentity(ulong Device, ulong Inode, long Born);
