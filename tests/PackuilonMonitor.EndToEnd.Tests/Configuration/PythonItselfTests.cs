using System.Diagnostics;
using System.Text.Json;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Configuration;

/// <summary>What is expected of Packuilon's configuration, held against Python itself where that is installed.</summary>
public sealed class PythonItselfTests
{
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
        var texts = folder.Write("cases.json", JsonSerializer.Serialize(GivenConfiguration.Cases.Select(given => given.Text)));

        var answer = Python(script, texts);

        var read = JsonSerializer.Deserialize<string?[][]>(answer)!;
        Assert.Multiple(() =>
        {
            foreach (var (given, values) in GivenConfiguration.Cases.Zip(read))
                Assert.That((values[0], values[1]), Is.EqualTo((given.A, given.B)), JsonSerializer.Serialize(given.Text));
        });
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
