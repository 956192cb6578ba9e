using System.Diagnostics;
using System.Text.Json;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>The program itself on hostile files and arguments: every byte of both its outputs is looked at.</summary>
public sealed class HostileProgramTests
{
    private HostileFiles _files = null!;

    [OneTimeSetUp]
    public void MakeFiles() => _files = new HostileFiles();

    [OneTimeTearDown]
    public void RemoveFiles() => _files.Dispose();

    [TestCase("status")]
    [TestCase("status", "--json")]
    [TestCase("events")]
    [TestCase("events", "--json")]
    [TestCase("log", HostileFiles.Image)]
    [TestCase("log", HostileFiles.Image, "--plain")]
    [TestCase("log", HostileFiles.Image, "--color", "never")]
    [TestCase("doctor")]
    public void Command_OnHostileFiles_SendsTextAlone(params string[] command)
    {
        var (code, output, error) = Run([.. command, .. _files.Sources]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero, System.Text.Encoding.UTF8.GetString(error));
            Assert.That(output, Has.Length.GreaterThan(500));
            Assert.That(SentBytes.FaultsOfText(output), Is.Empty);
            Assert.That(SentBytes.FaultsOfText(error), Is.Empty);
        });
        if (command.Contains("--json"))
            Assert.That(() => Parsed(output), Throws.Nothing);
    }

    [Test]
    public void Log_WithColours_SendsColoursOfItsOwnAndTextAlone()
    {
        var (code, output, _) = Run(["log", HostileFiles.Image, "--color", "always", .. _files.Sources]);

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain((byte)0x1b), "colours of the log");
        Assert.That(SentBytes.FaultsOfColouredText(output), Is.Empty);
    }

    [TestCase("log", "{}")]
    [TestCase("log", "{}@x")]
    [TestCase("wait", "{}@x")]
    [TestCase("history", "{}", "--state-dir", "/nonexistent/{}")]
    [TestCase("status", "--now", "{}")]
    [TestCase("status", "--time-zone", "{}")]
    [TestCase("status", "--config", "/nonexistent/{}")]
    [TestCase("status", "--settings", "/nonexistent/{}")]
    [TestCase("status", "--messages", "/nonexistent/{}", "--log-dir", "/nonexistent/{}", "--config", "/dev/null")]
    [TestCase("doctor", "--messages", "/nonexistent/{}", "--log-dir", "/nonexistent/{}", "--config", "/dev/null")]
    [TestCase("status", "--bogus{}")]
    [TestCase("serve", "--listen", "{}")]
    [TestCase("demo", "--dialect", "{}")]
    [TestCase("--theme", "{}")]
    public void Command_WithHostileArguments_ComplainsInTextAlone(params string[] command)
    {
        var hostile = $"a\u001b]0;title\u0007\u009b2J\u202e\u200b{HostileFiles.Argument[..2000]}b";
        var (code, output, error) = Run([.. command.Select(word => word.Replace("{}", hostile, StringComparison.Ordinal))]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Not.Zero.And.Not.EqualTo(70), System.Text.Encoding.UTF8.GetString(error));
            Assert.That(output.Length + error.Length, Is.GreaterThan(20));
            Assert.That(SentBytes.FaultsOfText(output), Is.Empty);
            Assert.That(SentBytes.FaultsOfText(error), Is.Empty);
        });
    }

    [TestCase("config", "[rabbit2packer]\nLOG_DIR = /nonexistent/{}\nTHREAD_COUNT = {}\n")]
    [TestCase("config", "[rabbit2packer{}\n{}\n")]
    [TestCase("settings", "[display]\ntheme = {}\n")]
    [TestCase("settings", "[{}]\n{} = {}\n")]
    [TestCase("settings", "[notify]\nhook = {}\nwebhook = {}\n")]
    [TestCase("settings", "{}\n")]
    public void Status_WithHostileValuesInItsConfiguration_ComplainsInTextAlone(string which, string text)
    {
        foreach (var payload in HostileFiles.Payloads.Where((_, number) => number == 3).Append(HostileFiles.Argument))
        {
            var file = _files["hostile.ini"];
            File.WriteAllBytes(file, System.Text.Encoding.UTF8.GetBytes(text.Replace("{}", payload, StringComparison.Ordinal)));
            var (code, output, error) = Run([
                "status",
                "--messages",
                _files["messages"],
                $"--{which}",
                file,
                "--time-zone",
                "UTC",
                "--now",
                HostileFiles.Now,
            ]);

            Assert.That(code, Is.Not.EqualTo(70));
            Assert.That(SentBytes.FaultsOfText(output), Is.Empty);
            Assert.That(SentBytes.FaultsOfText(error), Is.Empty);
        }
    }

    [Test]
    public void Serve_OnHostileFiles_AnswersInTextAlone()
    {
        using var serve = RunningProgram.Start(RunningProgram.Monitor, ["serve", "--listen", "127.0.0.1:0", .. _files.Sources]);
        var line = serve.WaitFor("serving http://");
        var address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Replace("/metrics", "", StringComparison.Ordinal);
        using var http = new HttpClient();

        Assert.That(
            () => http.Send(new HttpRequestMessage(HttpMethod.Get, $"{address}/healthz")).IsSuccessStatusCode,
            Is.True.After(TestPatience.Milliseconds, 100)
        );
        foreach (var path in new[] { "/metrics", "/status.json", "/healthz", "/%1b%5d0;x%07" })
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, address + path));
            using var body = new MemoryStream();
            answer.Content.ReadAsStream().CopyTo(body);
            Assert.That(SentBytes.FaultsOfText(body.ToArray()), Is.Empty, path);
        }
    }

    private static List<JsonDocument> Parsed(byte[] output) =>
        [
            .. System
                .Text.Encoding.UTF8.GetString(output)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line)),
        ];

    private static (int Code, byte[] Output, byte[] Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(RunningProgram.Monitor)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var error = new MemoryStream();
        using var output = new MemoryStream();
        var errors = process.StandardError.BaseStream.CopyToAsync(error);
        process.StandardOutput.BaseStream.CopyTo(output);
        errors.Wait();
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), error.ToArray());
    }
}
