using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Doctor;

/// <summary>Who may do what with a file by its mode, and which commands change that; only the kernel knows access lists.</summary>
public static class Rights
{
    private const int Read = 4;
    private const int Write = 2;
    private const int Search = 1;

    public static bool MayRead(Account account, FileStatus status) => May(account, status, Read);

    public static bool MayWrite(Account account, FileStatus status) => May(account, status, Write);

    /// <summary>Whether files can be created in a directory.</summary>
    public static bool MayMakeFiles(Account account, FileStatus directory) =>
        May(account, directory, Write) && May(account, directory, Search);

    public static bool MaySearch(Account account, FileStatus directory) => May(account, directory, Search);

    /// <summary>Lets the user read a file: through its group if that may read and is meaningful, otherwise an access list.</summary>
    public static IReadOnlyList<string> ToReadFile(Account account, string path, FileStatus status) =>
        GroupThatMay(account, status) is { } group
            ? [$"sudo usermod -aG {Quoted(group)} {Quoted(account.User)}   # then log in again"]
            : [$"sudo setfacl -m u:{Quoted(account.User)}:r {Quoted(path)}"];

    /// <summary>Lets the user change a file with the editor of their choice.</summary>
    public static string ToEdit(Account account, string path)
    {
        var mayWrite = StatResult.At(path) is { Found: true, Status: var status } && MayWrite(account, status);
        return $"{(mayWrite ? "" : "sudo ")}${{EDITOR:-vi}} {Quoted(path)}";
    }

    /// <summary>Lets the user read a directory and the files in it, including new ones.</summary>
    public static IReadOnlyList<string> ToReadDirectory(Account account, string path, FileStatus status) =>
        GroupThatMay(account, status) is { } group
            ? [$"sudo usermod -aG {Quoted(group)} {Quoted(account.User)}   # then log in again"]
            :
            [
                $"sudo setfacl -R -m u:{Quoted(account.User)}:rX {Quoted(path)}",
                $"sudo setfacl -d -m u:{Quoted(account.User)}:rX {Quoted(path)}   # for logs to come",
            ];

    public static IReadOnlyList<string> ToSearch(Account account, string directory) =>
        [$"sudo setfacl -m u:{Quoted(account.User)}:x {Quoted(directory)}"];

    /// <summary>The topmost directory on the way to a path that the user may not enter; null if none is known.</summary>
    public static string? Barrier(Account account, string path)
    {
        var directories = new Stack<string>();
        for (
            var directory = Path.GetDirectoryName(Path.GetFullPath(path));
            directory is not null;
            directory = Path.GetDirectoryName(directory)
        )
            directories.Push(directory);
        return directories.FirstOrDefault(directory =>
            StatResult.At(directory) is { Found: true, Status: var status } && !MaySearch(account, status)
        );
    }

    /// <summary>A path or name quoted as one word for a shell.</summary>
    public static string Quoted(string text)
    {
        var plain = SafeText.Plain(text);
        return
            plain.Length > 0
            && plain.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-' or '+' or '@' or ':')
            ? plain
            : $"'{plain.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A group that may read and that gives no further rights: never root's.</summary>
    private static string? GroupThatMay(Account account, FileStatus status) =>
        (status.Permissions & (Read << 3)) != 0 && status.Group != 0 && !account.Groups.Contains(status.Group)
            ? account.Names.GetValueOrDefault(status.Group, status.Group.ToString(CultureInfo.InvariantCulture))
            : null;

    private static bool May(Account account, FileStatus status, int bit)
    {
        if (account.IsRoot)
            return true;
        var shift = status.Owner == account.Id ? 6 : account.Groups.Contains(status.Group) ? 3 : 0;
        return (status.Permissions & (bit << shift)) != 0;
    }
}
