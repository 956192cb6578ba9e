using System.Diagnostics;
using System.Text.Json;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Configuration;

/// <summary>
/// Packuilon's configuration as Python reads it: the expected values stand here, and are held against Python itself where that is
/// installed.
/// </summary>
public sealed class PythonConfigurationTests
{
    private const string Fault = "FAULT";

    /// <summary>A text, and what A and B of [global] are then: null where there is no such key, FAULT where Python raises.</summary>
    private static readonly (string Text, string? A, string? B)[] Cases =
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
        ("", null, null),
    ];

    private static IEnumerable<TestCaseData> EachCase() =>
        Cases.Select(given => new TestCaseData(given.Text, given.A, given.B).SetArgDisplayNames(JsonSerializer.Serialize(given.Text)));

    [TestCaseSource(nameof(EachCase))]
    public void Value_OfAFile_IsWhatPythonReads(string text, string? a, string? b) => Assert.That(Read(text), Is.EqualTo((a, b)));

    [Test]
    public void Cases_AreWhatThePythonOfThisHostReads()
    {
        using var folder = new TempFolder();
        var script = folder.Write("read.py", """
            import configparser, io, json, sys
            def read(text):
                parser = configparser.ConfigParser()
                try:
                    parser.read_file(io.StringIO(text, newline=None))
                except configparser.Error:
                    return ['FAULT', 'FAULT']
                def get(key):
                    try:
                        return parser.get('global', key)
                    except (configparser.NoOptionError, configparser.NoSectionError):
                        return None
                    except configparser.Error:
                        return 'FAULT'
                return [get('A'), get('B')]
            print(json.dumps([read(text) for text in json.load(open(sys.argv[1], encoding='utf-8'))]))
            """);
        var texts = folder.Write("cases.json", JsonSerializer.Serialize(Cases.Select(given => given.Text)));

        var answer = Python(script, texts);

        var read = JsonSerializer.Deserialize<string?[][]>(answer)!;
        Assert.Multiple(() =>
        {
            foreach (var (given, values) in Cases.Zip(read))
                Assert.That((values[0], values[1]), Is.EqualTo((given.A, given.B)), JsonSerializer.Serialize(given.Text));
        });
    }

    [TestCase("[global]\nRABBIT_PW secret\n")]
    [TestCase("RABBIT_PW = secret\n")]
    [TestCase("[global]\nRABBIT_PW = a\nRABBIT_PW = secret\n")]
    [TestCase("[global]\nRABBIT_PW = %secret\n")]
    [TestCase("[global]\nRABBIT_PW = %(secret)s\n")]
    [TestCase("[secret]\n[secret]\n")]
    public void Faults_NeverShowWhatTheFileHolds(string text)
    {
        var read = PythonConfiguration.Of(text);
        var fault = read.Error ?? read.Value.Value("global", "RABBIT_PW").Error;

        Assert.That(fault, Is.Not.Null.And.Not.Contain("secret"));
    }

    private static (string?, string?) Read(string text)
    {
        var read = PythonConfiguration.Of(text);
        return read.Error is not null ? (Fault, Fault) : (Value("A"), Value("B"));

        string? Value(string key) => read.Value.Value("global", key) is { Error: null, Value: var value } ? value : Fault;
    }

    private static string Python(string script, string texts)
    {
        try
        {
            using var python = Process.Start(
                new ProcessStartInfo("python3", [script, texts]) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var answer = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.That(python.ExitCode, Is.Zero);
            return answer;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("No python3 on this host.");
            throw;
        }
    }
}
