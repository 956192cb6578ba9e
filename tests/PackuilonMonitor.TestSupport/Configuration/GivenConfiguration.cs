namespace PackuilonMonitor.Tests.Configuration;

/// <summary>Files of Packuilon's configuration, and what Python reads of them.</summary>
internal static class GivenConfiguration
{
    public const string Fault = "FAULT";

    /// <summary>A text, and what A and B of [global] are then: null where there is no such key, FAULT where Python raises.</summary>
    public static readonly (string Text, string? A, string? B)[] Cases =
    [
        ("[global]\nA = 1\nB=2\n", "1", "2"),
        ("[global]\nA: 1\nB : 2\n", "1", "2"),
        ("[global]\na = http://x\nb = c: d = e\n", "http://x", "c: d = e"),
        ("[global]\nA := 1\n", "= 1", null),
        ("[global]\nA = \"1\"\nB = '2'\n", "\"1\"", "'2'"),
        ("[global]\nA = 1 # no comment\nB = 2 ; no comment\n", "1 # no comment", "2 ; no comment"),
        ("# c\n; c\n  # c\n[global]\n#A = 0\nA = 1\n", "1", null),
        ("[global]\nA =\nB=\n", "", ""),
        ("[global]\nA = 1\n  2\n\t3\nB = 4\n", "1\n2\n3", "4"),
        ("[global]\nA =\n  1\n  2\n\n\nB=2\n", "\n1\n2", "2"),
        ("[global]\nA = 1\n   \n  more\nB=2\n", "1\n\nmore", "2"),
        ("[global]\nA = 1\n # c\n  more\n", "1\nmore", null),
        ("[global]\n  A = 1\n  B = 2\n", "1", "2"),
        ("[global]\n  A = 1\n    B = 2\n", "1\nB = 2", null),
        ("[global]\nA=1\n  [global]\nB=2\n", "1\n[global]", "2"),
        ("[DEFAULT]\nA = 1\n[global]\nB = 2\n", "1", "2"),
        ("[DEFAULT]\nA = 1\n[global]\nA = 2\n", "2", null),
        ("[DEFAULT]\nA = 1\n[DEFAULT]\nB = 2\n[global]\n", "1", "2"),
        ("[global]\nA = 1\n[DEFAULT]\nB = %(A)s\n", "1", "1"),
        ("[DEFAULT]\nBASE = /x\n[global]\nA = %(BASE)s/log\nB = %(base)s%(a)s\n", "/x/log", "/x/x/log"),
        ("[global]\nA = 100%%\nB = %%(A)s\n", "100%", "%(A)s"),
        ("[global]\nA = %(B)s%%\nB = %%\n", "%%", "%"),
        ("[global]\nA = 100%\nB = 1\n", Fault, "1"),
        ("[global]\nA = a%b\nB = 1\n", Fault, "1"),
        ("[global]\nA = %()s\n", Fault, null),
        ("[global]\nA = %(B)x\nB = 1\n", Fault, "1"),
        ("[global]\nA = %(C)s\nB = 1\n", Fault, "1"),
        ("[global]\nA = %(A)s\nB = 1\n", Fault, "1"),
        ("[global]\nA = %(B)s\nB = %(C)s\nC = %(D)s\nD = 7\n", "7", "7"),
        ("[global]\nA = 1\nA = 2\n", Fault, Fault),
        ("[global]\nA = 1\na = 2\n", Fault, Fault),
        ("[global]\nA = 1\n[x]\nA = 2\n[global]\nB = 2\n", Fault, Fault),
        ("[DEFAULT]\nA = 1\nA = 2\n[global]\n", Fault, Fault),
        ("A = 1\n[global]\nB = 2\n", Fault, Fault),
        ("[global]\nA\nB = 1\n", Fault, Fault),
        ("[global]\n= 1\n", Fault, Fault),
        ("[global]\n[]\nA=1\n", Fault, Fault),
        ("[global] # x\nA=1\n", "1", null),
        ("[Global]\nA = 1\n", null, null),
        ("[ global ]\nA = 1\n", null, null),
        ("[x]y]\nA = 1\n[global]\nB = 2\n", null, "2"),
        ("[global]\r\nA = 1\r\nB = 2\r\n", "1", "2"),
        ("\uFEFF[global]\nA = 1\n", Fault, Fault),
        ("[global]\nA = \u00a01\u00a0\nB = 1\u20282\n", "1", "1\u20282"),
        (Chain(10), "x", "1"),
        (Chain(11), Fault, "1"),
        ("", null, null),
    ];

    /// <summary>A refers to the first of so many keys, each of which refers to the next.</summary>
    private static string Chain(int length) =>
        "[global]\nA = %(c1)s\nB = 1\n"
        + string.Concat(Enumerable.Range(1, length - 1).Select(key => $"c{key} = %(c{key + 1})s\n"))
        + $"c{length} = x\n";
}
