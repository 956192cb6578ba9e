using System.Runtime.InteropServices;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>
/// The fields of the kernel's struct stat that we use. The two processors order links, mode, owner and group differently.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 144)]
internal struct KernelStat
{
    [FieldOffset(0)] public ulong Device;
    [FieldOffset(8)] public ulong Inode;
    [FieldOffset(16)] public ulong X64Links;
    [FieldOffset(24)] public uint X64Mode;
    [FieldOffset(28)] public uint X64Owner;
    [FieldOffset(32)] public uint X64Group;
    [FieldOffset(16)] public uint ArmMode;
    [FieldOffset(20)] public uint ArmLinks;
    [FieldOffset(24)] public uint ArmOwner;
    [FieldOffset(28)] public uint ArmGroup;
    [FieldOffset(48)] public long Size;
    [FieldOffset(88)] public long ModifiedSeconds;
    [FieldOffset(96)] public ulong ModifiedNanoseconds;

    public readonly StatxResult ToStatx(bool arm) => new()
    {
        Mask = Native.BasicStats,
        Links = arm ? ArmLinks : (uint)X64Links,
        Owner = arm ? ArmOwner : X64Owner,
        Group = arm ? ArmGroup : X64Group,
        Mode = (ushort)(arm ? ArmMode : X64Mode),
        Inode = Inode,
        Size = (ulong)Size,
        ModifiedSeconds = ModifiedSeconds,
        ModifiedNanoseconds = (uint)ModifiedNanoseconds,
        // A device number consists of two numbers, each with its upper bits further up.
        DeviceMajor = (uint)(((Device >> 8) & 0xFFF) | ((Device >> 32) & 0xFFFFF000)),
        DeviceMinor = (uint)((Device & 0xFF) | ((Device >> 12) & 0xFFFFFF00)),
    };
}
