using System.Globalization;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using SyslogFilter = PackuilonMonitor.Core.Parsing.LineFilter;

namespace PackuilonMonitor.Doctor;

/// <summary>Whether a file of the system log can be read.</summary>
public static class MessagesFindings
{
    /// <summary>The file, then its rotated files that cannot be read.</summary>
    public static IEnumerable<Finding> Of(string path, Account account) =>
        OfFile(path, account).Concat(RotatedSiblings.Of(path).Select(sibling => OfRotated(sibling, account)).OfType<Finding>())
            .Concat(RotatedSiblings.PassedOver(path, SyslogFilter.HasStamp).Select(passed => PassedOver(passed.Path, passed.Why, path)));

    private static Finding PassedOver(string path, string why, string log) =>
        Tool(path) is { } tool
            ? Finding.Unread(
                path,
                $"rotated and not read: {why}",
                $"sudo dnf install {tool.Package}   # or: sudo apt-get install {tool.DebianPackage}"
            )
            : Finding.Unread(path, $"rotated and not read: {why}", ToUnpack(path) ?? ToRename(path, log));

    /// <summary>Unpacks a file that the program does not read packed; null if it is not packed.</summary>
    private static string? ToUnpack(string path)
    {
        var (file, unpacked) = (Rights.Quoted(path), Rights.Quoted(path[..^Path.GetExtension(path).Length]));
        var folder = Rights.Quoted(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return Path.GetExtension(path) switch
        {
            ".Z" => $"sudo gzip -d {file}",
            ".br" => $"sudo brotli -d -j {file}",
            ".lz" => $"sudo lzip -d {file}",
            ".lz4" => $"sudo lz4 -d -q --rm {file} {unpacked}",
            ".lzma" => $"sudo xz -d {file}",
            ".lzo" => $"sudo lzop -d -U {file}",
            ".zip" => $"sudo unzip -d {folder} {file}",
            ".7z" => $"sudo 7z x -o{folder} {file}",
            _ => null,
        };
    }

    /// <summary>Gives a rotated file a name that is known, by the time of its last line.</summary>
    private static string ToRename(string path, string log) =>
        $"sudo mv -n {Rights.Quoted(path)} {Rights.Quoted($"{log}-{Stamp(StatResult.At(path).Status.ModifiedAt)}")}";

    private static string Stamp(DateTimeOffset at) => at.ToLocalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>The tool for a compressed file and its packages; null if no tool would help.</summary>
    private static (string Name, string Package, string DebianPackage)? Tool(string path) => PackedFile.ToolFor(path) switch
    {
        "xz" => ("xz", "xz", "xz-utils"),
        { } other => (other, other, other),
        null => null,
    };

    private static IEnumerable<Finding> OfFile(string path, Account account)
    {
        var stat = StatResult.At(path);
        var opening = OpenFile.At(path);
        using var file = opening.File;
        if (file is null)
            return [Unread(path, account, stat, opening)];
        if (stat.Status.Size == 0)
            return
            [
                Finding.Note(
                    path,
                    "can be read, and is empty: it was rotated just now, or nobody writes to it",
                    "systemctl status rsyslog"
                ),
            ];
        var read = Finding.Fine(
            path,
            string.Create(
                CultureInfo.InvariantCulture,
                $"can be read, {stat.Status.Size / 1024} KiB, written last at {stat.Status.ModifiedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}"
            )
        );
        if (RotatedSiblings.IsCompressed(path))
            return [Damaged(new Sibling(path, stat.Status, Compressed: true)) ?? read];
        return [read, .. HeaderFindings.Of(path, file)];
    }

    private static Finding? OfRotated(Sibling sibling, Account account)
    {
        var opening = OpenFile.At(sibling.Path);
        using var file = opening.File;
        if (file is null && opening is { Error: 0 })
            return Finding.Unread(
                sibling.Path,
                $"{opening.Why}, under the name of a rotated file: move it away",
                $"ls -ld {Rights.Quoted(sibling.Path)}"
            );
        if (file is null)
            return opening.Absent ? null : Unread(sibling.Path, account, StatResult.At(sibling.Path), opening);
        return Damaged(sibling);
    }

    private static Finding? Damaged(Sibling sibling) =>
        RotatedSiblings.Damage(sibling) is { } damage
            ? Finding.Unread(
                sibling.Path,
                $"{damage}: the lines behind that are missing",
                $"{Tool(sibling.Path)?.Name ?? "gzip"} -t {Rights.Quoted(sibling.Path)}"
            )
            : null;

    /// <summary>Why it cannot be read, with the commands to type.</summary>
    public static Finding Unread(string path, Account account, StatResult stat, Opening opening)
    {
        var why = opening.Why ?? "unreadable";
        if (opening.Absent)
        {
            return Finding.Unread(
                path, $"{why}: name the system log's file, or let rsyslog write one (a host with the journal alone has none)",
                "packuilon-monitor doctor --messages PATH", "sudo apt-get install rsyslog   # or: sudo dnf install rsyslog");
        }

        if (stat.Found && !stat.Status.IsRegular)
            return Finding.Unread(path, $"{why}: name a file", "packuilon-monitor doctor --messages /var/log/messages");
        if (!stat.Found && !stat.Absent && Rights.Barrier(account, path) is { } barrier)
            return Finding.Unread(path, $"{why}: {barrier} may not be entered", Rights.ToSearch(account, barrier));
        if (!stat.Found || account.IsRoot || Rights.MayRead(account, stat.Status))
            return Finding.Unread(
                path,
                $"{why}: check it and its access list",
                $"ls -l {Rights.Quoted(path)}",
                $"getfacl {Rights.Quoted(path)}"
            );
        return Finding.Unread(
            path,
            $"{why}; rsyslog creates the file again after a rotation, so give it a group that may read: "
            + $"$Umask 0027, $FileGroup and $FileCreateMode 0640 in rsyslog.conf",
            Rights.ToReadFile(account, path, stat.Status)
        );
    }
}
