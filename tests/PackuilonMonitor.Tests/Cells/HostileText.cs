namespace PackuilonMonitor.Tests.Cells;

/// <summary>Text that attacks terminals, each with every way such a sequence can end.</summary>
internal static class HostileText
{
    private static readonly string[] Ends = ["\u0007", "\u001b\\", "\u009c", "", "\u0018", "\n"];

    private static readonly string[] Strings =
    [
        "]0;pwned", "]1;pwned", "]2;pwned", "]4;1;?", "]4;1;rgb:ff/00/00", "]7;file:///etc", "]8;;http://evil.example/", "]9;hello", "]9;4;1;50",
        "]10;?", "]10;#000000", "]11;?", "]11;#000000", "]12;?", "]50;fixed", "]50;?", "]52;c;ZWNobw==", "]52;c;?", "]99;i=1;x", "]104",
        "]133;A", "]777;notify;a;b", "]1337;File=inline=1:AAAA", "]1337;ReportCellSize", "Ltitle", "P$qm", "P$q\"p", "P+q544e", "Pq#0;2;0;0;0~",
        "Ptmux;\u001b\u001b]52;c;QQ==", "P1000p", "_Gf=100,a=T;AAAA", "^privacy", "Xstart of string", "]l;icon", "]666;x", "]", "P", "_", "^", "X",
    ];

    private static readonly string[] Controls =
    [
        "[6n", "[5n", "[c", "[>c", "[=c", "[>q", "[21t", "[18t", "[14t", "[?u", "[>1u", "[?6n", "[?996n", "[?1049h", "[?1049l", "[?47h",
        "[?1000h", "[?1002h", "[?1003h", "[?1006h", "[?1015h", "[?2004h", "[?25l", "[?7l", "[?5h", "[?3h", "[?2026h", "[1;5r", "[r", "[s", "[u",
        "[2J", "[3J", "[J", "[2K", "[H", "[1;1H", "[999A", "[999B", "[999C", "[999D", "[10L", "[10M", "[10P", "[10@", "[10S", "[10T", "[10X",
        "[4h", "[20h", "[!p", "[0;1;2;3;4;5;6;7;8;9;99999999999999999999m", "[38;5m", "[38;2;1m", "[8m", "[5m", "[1 q", "[?1$p", "[?1;2;3",
        "[;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;m", "[1\u001b[31m", "[", "c", "#8", "#3", "(0", ")0", "*A", "%G",
        "%@", "7", "8", "=", ">", "D", "E", "H", "M", "N", "O", "Z", "n", "o", "|", "}", "~", " F", " G",
    ];

    private static readonly string[] Bare =
    [
        "\u0000", "\u0005", "\u0007", "\b\b\b\b", "\u000b", "\u000c", "\r", "\u000e", "\u000f", "\u0011", "\u0013", "\u001a", "\u001c", "\u007f",
        "\u0080", "\u0084", "\u0085", "\u0088", "\u008d", "\u008e", "\u008f", "\u0090q", "\u0098x", "\u009a", "\u009b6n", "\u009d0;x", "\u009ex", "\u009fx",
        "\u00ad", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
        "\u2060", "\u2061", "\u2066", "\u2067", "\u2068", "\u2069", "\u206f", "\ufeff", "\ufff9", "\ufffb", "\ufffe", "\uffff", "\ud800", "\udc00",
        "\ud800\ud800", "\U000e0001", "\U000e0041", "\U0010ffff", "\ue000", "\u0301", "\u20dd", "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e9\U0001f1ea", "\U0001f44d\U0001f3fd", "\u2714\ufe0f", "\u115f", "\u1160", "\u3164",
    ];

    public static IEnumerable<string> All()
    {
        foreach (var end in Ends)
        {
            foreach (var body in Strings)
            {
                yield return "\u001b" + body + end;
                if (body[0] is ']' or 'P' or '_' or '^' or 'X')
                    yield return (char)(body[0] + 0x40) + body[1..] + end;
            }

            foreach (var body in Controls)
                yield return "\u001b" + body + end;
            foreach (var body in Controls.Where(body => body[0] == '['))
                yield return "\u009b" + body[1..] + end;
            foreach (var body in Bare)
                yield return body + end;
        }
    }
}
