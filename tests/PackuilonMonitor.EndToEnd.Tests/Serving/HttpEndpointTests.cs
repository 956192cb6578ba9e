using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Serving;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>What is answered to good and to bad requests.</summary>
public sealed class HttpEndpointTests
{
    private readonly ConcurrentQueue<Exception> _bugs = [];
    private HttpEndpoint _endpoint = null!;

    [SetUp]
    public void Open()
    {
        _bugs.Clear();
        _endpoint = HttpEndpoint.Open(ListenAddress.Parse("127.0.0.1:0"), Answer, _bugs.Enqueue);
    }

    private static HttpAnswer Answer(string path) => path switch
    {
        "/here" => HttpAnswer.Text(200, $"asked for {path}\n"),
        "/bug" => throw new InvalidOperationException("a bug of the answer"),
        "/io" => throw new IOException("a bug that looks like a lost connection"),
        _ => HttpAnswer.Text(404, $"asked for {path}\n"),
    };

    /// <summary>A lost connection is nobody's fault; what the answer itself throws is a bug, whatever its type.</summary>
    [TestCase("/bug", typeof(InvalidOperationException))]
    [TestCase("/io", typeof(IOException))]
    public void Request_WhoseAnswerThrows_Gets500AndReportsTheBug(string path, Type bug)
    {
        var answer = Ask($"GET {path} HTTP/1.1\r\n\r\n");

        Assert.That(answer, Does.StartWith("HTTP/1.1 500 "));
        Assert.That(_bugs.Select(error => error.GetType()), Is.EqualTo(new[] { bug }));
    }

    [TearDown]
    public void Close() => _endpoint.Dispose();

    [TestCase("GET /here HTTP/1.1\r\nHost: any.name:1\r\n\r\n", "HTTP/1.1 200 OK\r\n", "asked for /here\n")]
    [TestCase("GET /here?x=1 HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK\r\n", "asked for /here\n")]
    [TestCase("GET /there HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found\r\n", "asked for /there\n")]
    [TestCase("HEAD /here HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n", "")]
    [TestCase("POST /here HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n", "only GET and HEAD\n")]
    [TestCase("GET http://elsewhere/ HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n", "not a request of HTTP/1.1\n")]
    [TestCase("\x16\x03\x01\x02\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n", "not a request of HTTP/1.1\n")]
    public void Request_IsAnswered(string request, string status, string body)
    {
        var answer = Ask(request);

        Assert.That(answer, Does.StartWith(status));
        Assert.That(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..], Is.EqualTo(body));
    }

    [Test]
    public void Request_WithoutEnd_IsRefusedWhenItIsTooLong() =>
        Assert.That(Ask("GET /here HTTP/1.1\r\nX: " + new string('x', 8 * 1024)[..(8 * 1024 - 23)]), Does.StartWith("HTTP/1.1 431 "));

    [TestCase("Content-Length: 5")]
    [TestCase("content-length:1")]
    [TestCase("Content-Length: -1")]
    [TestCase("Content-Length: 99999999999999999999")]
    [TestCase("Transfer-Encoding: chunked")]
    [TestCase("Transfer-Encoding : x")]
    public void Request_WithABody_IsRefused(string header) =>
        Assert.That(Ask($"GET /here HTTP/1.1\r\n{header}\r\n\r\nhello"), Does.StartWith("HTTP/1.1 413 "));

    [TestCase("GET /here HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "200")]
    [TestCase("GET  /here HTTP/1.1\r\n\r\n", "400")]
    [TestCase("GET /here\r\n\r\n", "400")]
    [TestCase("GET /here HTTP/2.0\r\n\r\n", "400")]
    [TestCase("GET /a b HTTP/1.1\r\n\r\n", "400")]
    [TestCase("\r\n\r\n", "400")]
    [TestCase("GET /../../etc/passwd HTTP/1.1\r\n\r\n", "404")]
    [TestCase("GET /\0\u00ff HTTP/1.1\r\n\r\n", "404")]
    [TestCase("GET /here HTTP/1.1\r\n\r\nGET /there HTTP/1.1\r\n\r\n", "200")]
    [TestCase("GET /here HTTP/1.1\r\nX\r\n:\r\n: :\r\n\r\n", "200")]
    public void Request_Strange_IsAnsweredOnce(string request, string status)
    {
        var answer = Ask(request);

        Assert.That(answer, Does.StartWith($"HTTP/1.1 {status} "));
        Assert.That(answer.Split("HTTP/1.1 "), Has.Length.EqualTo(2));
        Assert.That(_bugs, Is.Empty);
    }

    /// <summary>More than are let in at once, and each stays open for as long as it may: none of them shuts a scrape out.</summary>
    [Test]
    public void Requests_BehindManyHalfSentOnes_AreAnswered()
    {
        var half = Enumerable.Range(0, 4 * HttpEndpoint.MostAtOnce).Select(_ => Connected()).ToList();
        foreach (var client in half)
            client.GetStream().Write("GET /here HT"u8);

        for (var time = 0; time < 10; time++)
            Assert.That(Ask("GET /here HTTP/1.1\r\n\r\n"), Does.StartWith("HTTP/1.1 200 OK"));
        half.ForEach(client => client.Dispose());
        Assert.That(_bugs, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Request_ThatIsNotWholeInTime_IsClosedWithoutAnAnswer(bool drips)
    {
        using var hurried = HttpEndpoint.Open(ListenAddress.Parse("127.0.0.1:0"), Answer, _bugs.Enqueue, TimeSpan.FromMilliseconds(100));
        using var client = new TcpClient();
        client.Connect(hurried.At);
        var stream = client.GetStream();
        stream.Write("GET /here HTTP/1.1\r\nX: "u8);

        Assert.That(() => IsClosed(client, drips), Is.True.After(10_000, 10));
    }

    // A byte now and then does not make it whole.
    private static bool IsClosed(TcpClient client, bool drips)
    {
        try
        {
            if (drips)
                client.GetStream().Write("x"u8);
            return client.Client.Poll(0, SelectMode.SelectRead) && client.Client.Receive(new byte[1]) == 0;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return true;
        }
    }

    [Test]
    public void Requests_BehindManyThatSayNothing_AreStillAnsweredWhenThoseLeave()
    {
        var silent = Enumerable.Range(0, 100).Select(_ => Connected()).ToList();
        foreach (var client in silent)
            client.Dispose();

        Assert.That(() => Ask("GET /here HTTP/1.1\r\n\r\n"), Does.StartWith("HTTP/1.1 200 OK").After(5_000, 20));
    }

    [Test]
    public void Address_InUse_IsWrongUseThatNamesIt() =>
        Assert.That(
            () => HttpEndpoint.Open(_endpoint.At, _ => HttpAnswer.Text(200, ""), _bugs.Enqueue),
            Throws.TypeOf<WrongUseException>().With.Message.Contains($"cannot listen on {_endpoint.At}: ")
        );

    [TestCase("127.0.0.1:9464", "127.0.0.1:9464")]
    [TestCase("localhost:80", "127.0.0.1:80")]
    [TestCase("[::1]:9464", "[::1]:9464")]
    [TestCase("::1:9464", "[::1]:9464")]
    [TestCase("0.0.0.0:1", "0.0.0.0:1")]
    [TestCase("*:9464", "[::]:9464")]
    public void Address_OfText_IsParsed(string text, string address) =>
        Assert.That(ListenAddress.Parse(text).ToString(), Is.EqualTo(address));

    [TestCase("9464")]
    [TestCase(":9464")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:99999")]
    [TestCase("127.0.0.1:-1")]
    [TestCase("elsewhere.example.org:9464")]
    public void Address_ThatIsNone_IsWrongUse(string text) =>
        Assert.That(
            () => ListenAddress.Parse(text),
            Throws.TypeOf<WrongUseException>().With.Message.StartsWith($"--listen: not an address and port: {text}")
        );

    private TcpClient Connected()
    {
        var client = new TcpClient();
        client.Connect((IPEndPoint)_endpoint.At);
        return client;
    }

    private string Ask(string request)
    {
        using var client = Connected();
        client.GetStream().Write(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        try
        {
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
