using System.Globalization;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>Which program a tag names: exactly one of ours, with or without a path before it and a pid after it.</summary>
internal static class Ident
{
    private static readonly (string Name, Speaker Speaker)[] Ours =
    [
        ("rabbit2packer.py", Speaker.Rabbit2Packer),
        ("cdb2rabbit.py", Speaker.Cdb2Rabbit),
        ("cdp-listend", Speaker.CdpListend),
    ];

    /// <summary>The daemons that write the system log. Old versions of rsyslog add a message number to their name.</summary>
    private static bool IsSystemLog(ReadOnlySpan<char> name) =>
        name is "rsyslogd" or "rsyslogd-2177" or "systemd-journald" or "systemd-journal" or "journal";

    // /rabbit2packer.py:   /rabbit2packer.py[32587]:   rabbit2packer.py:   /usr/sbin/cdp-listend[3580]:
    public static Speaker? OfTag(ReadOnlySpan<char> tag, out int? pid)
    {
        pid = null;
        if (tag is not [.., ':'])
            return null;
        tag = tag[..^1];
        if (tag is [.., ']'])
        {
            var open = tag.LastIndexOf('[');
            if (open < 0 || !IsPid(tag[(open + 1)..^1]))
                return null;
            pid = Pid(tag[(open + 1)..^1]);
            tag = tag[..open];
        }

        return OfName(tag);
    }

    /// <summary>The program of an APP-NAME, which has neither colon nor pid.</summary>
    public static Speaker? OfName(ReadOnlySpan<char> name)
    {
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (var (ours, program) in Ours)
        {
            if (name.SequenceEqual(ours))
                return program;
        }

        return IsSystemLog(name) ? Speaker.SystemLog : name is "systemd" ? Speaker.Systemd : null;
    }

    /// <summary>A loop, because the library's span searches box each digit here.</summary>
    private static bool IsPid(ReadOnlySpan<char> text)
    {
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
        }

        return text.Length is > 0 and <= LongestPid;
    }

    /// <summary>The number of a process in a tag or a header; null for anything else.</summary>
    public static int? Pid(ReadOnlySpan<char> text) =>
        IsPid(text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;

    private const int LongestPid = 10;
}
