using System.Net;
using System.Text.Json;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>The command as a process, asked over HTTP, and by Prometheus itself.</summary>
public sealed class ServeTests
{
    /// <summary>The lines of one build, each hour another.</summary>
    private static string Build(int hour) => $"""
        Nov 22 {hour}:00:01 factory /rabbit2packer.py: Thread-1 processing lab-sl7x-x86_64
        Nov 22 {hour}:00:02 factory /rabbit2packer.py: packer build starting, see: /log//lab-sl7x-x86_64.managed.json.log for details
        Nov 22 {hour}:07:02 factory /rabbit2packer.py: Thread-1: image built successfully: lab-sl7x-x86_64.managed.json

        """;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        _folder.Write("messages", Build(12));
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Serve_ThroughRotations_CountsEachBuildOnceAndEndsOnTerm()
    {
        using var serve = Serve(out var address);
        Eventually(address, 1);
        _folder.Append("messages", Build(13));
        Eventually(address, 2);
        _folder.Shift("messages");
        _folder.Write("messages", Build(14));
        Eventually(address, 3);
        _folder.Move("messages.1", "messages.2");
        _folder.Copy("messages", "messages.1");
        _folder.Truncate("messages");
        _folder.Append("messages", Build(15));
        Eventually(address, 4);

        var code = serve.End();
        Assert.That(code, Is.EqualTo(128 + RunningProgram.Terminate));
    }

    [Test]
    public void Status_OverHttp_IsThatOfTheCommand()
    {
        using var serve = Serve(out var address);
        Eventually(address, 1);

        var served = Get($"{address}/status.json").Body;
        Assert.Multiple(() =>
        {
            Assert.That(served, Is.EqualTo(Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. Sources()]).Printed));
            Assert.That(JsonDocument.Parse(served).RootElement.GetProperty("builds").GetArrayLength(), Is.EqualTo(1));
            Assert.That(Get($"{address}/healthz"), Is.EqualTo((HttpStatusCode.OK, "ok\n")));
        });
    }

    [Test]
    public void Status_OfABuildThatRuns_HasItsExpectedEndOverHttpToo()
    {
        _folder.Append("messages", Build(13) + Build(14) + string.Join('\n', Build(15).Split('\n')[..2]) + "\n");
        using var serve = Serve(out var address);
        Eventually(address, 3);

        var served = Get($"{address}/status.json").Body;

        Assert.That(served, Is.EqualTo(Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. Sources()]).Printed));
        Assert.That(
            JsonDocument.Parse(served).RootElement.GetProperty("builds")[3].GetProperty("expectedAt").GetString(),
            Does.StartWith("2026-11-22T15:07:02")
        );
    }

    [Test]
    public void Health_WhenTheSystemLogIsGone_NamesIt()
    {
        using var serve = Serve(out var address);
        Eventually(address, 1);
        _folder.Delete("messages");

        Assert.That(
            () => Get($"{address}/healthz"),
            Is.EqualTo((HttpStatusCode.ServiceUnavailable, $"{_folder["messages"]}: missing\n")).After(TestPatience.Milliseconds, 50)
        );
    }

    [Test]
    public void Serve_OnAPortInUse_SaysSoAndReturns64()
    {
        using var serve = Serve(out var address);
        var (code, printed) = Shell.Tell("", RunningProgram.Monitor, ["serve", "--listen", address["http://".Length..], .. Sources()]);

        Assert.That(
            (code, printed),
            Is.EqualTo(
                (
                    64,
                    $"packuilon-monitor: --listen: cannot listen on {address["http://".Length..]}: "
                    + $"Address already in use; give another address or port, or port 0 for any free one\n"
                )
            )
        );
    }

    [Test]
    public void Metrics_HeldAgainstPrometheusConventions_AreInOrder()
    {
        Shell.Needs("promtool");
        using var serve = Serve(out var address);
        Eventually(address, 1);

        Assert.That(Shell.Tell(Get($"{address}/metrics").Body, "promtool", "check", "metrics"), Is.EqualTo((0, "")));
    }

    [Test]
    public void Metrics_ScrapedByPrometheus_CanBeAsked()
    {
        Shell.Needs("prometheus");
        using var serve = Serve(out var address);
        Eventually(address, 1);
        var config = _folder.Write(
            "prometheus.yml",
            $"global: {{scrape_interval: 1s}}\n"
            + $"scrape_configs: [{{job_name: packuilon, static_configs: [{{targets: [\"{address["http://".Length..]}\"]}}]}}]\n"
        );
        using var prometheus = RunningProgram.Start(
            "prometheus",
            $"--config.file={config}",
            $"--storage.tsdb.path={_folder["tsdb"]}",
            "--web.listen-address=127.0.0.1:0"
        );
        var at = prometheus.WaitFor("Listening on").Split("address=")[1].Trim('"');

        const string Query = "packuilon_builds_total%7Boutcome%3D%22succeeded%22%7D";
        Assert.That(
            () => Asked($"http://{at}/api/v1/query?query={Query}"),
            Does.Contain("\"image\":\"lab-sl7x-x86_64\"").And.Contain(",\"1\"]").After(TestPatience.Milliseconds, 200)
        );
    }

    private RunningProgram Serve(out string address)
    {
        var program = RunningProgram.Start(RunningProgram.Monitor, ["serve", "--listen", "127.0.0.1:0", .. Sources()]);
        var line = program.WaitFor("serving http://");
        address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Replace("/metrics", "", StringComparison.Ordinal);
        return program;
    }

    private string[] Sources() =>
        [
            "--messages",
            _folder["messages"],
            "--log-dir",
            _folder["log"],
            "--config",
            _folder.Write("config.ini", ""),
            "--time-zone",
            "UTC",
            "--now",
            "2026-11-23T00:00:00Z",
        ];

    private static void Eventually(string address, double builds) =>
        Assert.That(
            () => Get($"{address}/metrics") is (HttpStatusCode.OK, var body) ? new Exposition(body).Sum("packuilon_builds_total") : 0,
            Is.EqualTo(builds).After(TestPatience.Milliseconds, 50)
        );

    private static (HttpStatusCode Status, string Body) Get(string url)
    {
        using var answer = Http.Send(new HttpRequestMessage(HttpMethod.Get, url));
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return (answer.StatusCode, reader.ReadToEnd());
    }

    private static string Asked(string url)
    {
        try
        {
            return Get(url).Body;
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
