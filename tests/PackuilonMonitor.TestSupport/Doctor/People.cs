using PackuilonMonitor.Doctor;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Tests.Doctor;

/// <summary>Invented users and files, since the user who runs the tests may be root, who may do everything.</summary>
internal static class People
{
    public static readonly Account Operator = Account.Of(
        "Name:\tx\nUid:\t0\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\nGroups:\t10 1000 \n",
        "root:x:0:0::/root:/bin/sh\nhtv:x:1000:1000::/home/htv:/bin/sh\n",
        "root:x:0:\nadm:x:4:syslog\nwheel:x:10:\nhtv:x:1000:\nbroken\n"
    );

    public static readonly Account Root = Account.Of(
        "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t0\n",
        "root:x:0:0::/root:/bin/sh\n",
        "root:x:0:\n"
    );

    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>A file's status with its mode as chmod takes it.</summary>
    public static FileStatus FileOf(string mode, uint owner = 0, uint group = 0) => Status(Regular, mode, owner, group);

    public static FileStatus DirectoryOf(string mode, uint owner = 0, uint group = 0) => Status(Folder, mode, owner, group);

    private static FileStatus Status(int type, string mode, uint owner, uint group) =>
        new(default, 1, 0, type | Convert.ToInt32(mode, 8), owner, group, 1);

    /// <summary>Holds a finding against its grade, a part of its text, and the first thing to type.</summary>
    public static void Finds(Finding found, Grade grade, string said, string? command = null)
    {
        Assert.That(found.Grade, Is.EqualTo(grade), found.Text);
        Assert.That(found.Text, Does.Contain(said));
        if (command is not null)
            Assert.That(found.Commands[0], Is.EqualTo(command));
    }
}
