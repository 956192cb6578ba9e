using System.Globalization;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>The result of statx for a file. Times are nanoseconds since 1970; no links means deleted.</summary>
public readonly record struct FileStatus(FileIdentity Identity, long Size, long Modified, int Mode, uint Owner, uint Group, uint Links)
{
    private const int TypeMask = 0xF000;

    /// <summary>The permission bits.</summary>
    public int Permissions => Mode & 0xFFF;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsPipe => (Mode & TypeMask) == 0x1000;

    public bool IsLink => (Mode & TypeMask) == 0xA000;

    public DateTimeOffset ModifiedAt => DateTimeOffset.UnixEpoch.AddTicks(Modified / 100);

    /// <summary>The type of the file in words.</summary>
    public string Sort => (Mode & TypeMask) switch
    {
        0x8000 => "a regular file",
        0x4000 => "a directory",
        0xA000 => "a symbolic link",
        0x1000 => "a FIFO",
        0xC000 => "a socket",
        0x2000 => "a character device",
        0x6000 => "a block device",
        _ => "of an unknown sort",
    };

    /// <summary>The mode as chmod writes it, with the owner.</summary>
    public string Rights =>
        string.Create(CultureInfo.InvariantCulture, $"file mode {Convert.ToString(Permissions, 8).PadLeft(4, '0')}, owner {Owner}:{Group}");
}
