using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PackuilonMonitor.Tests.Notify;

/// <summary>A real HTTP server on this host, whose answers a test chooses one after the other; the last is given for ever.</summary>
internal sealed class LocalServer : IDisposable
{
    /// <summary>The connection is closed without a word.</summary>
    public const string BreakOff = "";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _answers;
    private readonly Thread _thread;

    public LocalServer(params string[] answers)
    {
        _answers = new(answers);
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/secret/path");
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public Uri Address { get; }

    public ConcurrentQueue<(string Start, string? Type, string Body)> Got { get; } = new();

    public static string Answer(int status, string header = "X-Nothing: 1") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} Said\r\nContent-Length: 0\r\nConnection: close\r\nLocation: /elsewhere\r\n{header}\r\n\r\n"
        );

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        while (true)
        {
            try
            {
                using var connection = _listener.AcceptTcpClient();
                using var stream = connection.GetStream();
                Got.Enqueue(Read(stream));
                if (!_answers.TryPeek(out var answer))
                    answer = Answer(200);
                else if (_answers.Count > 1)
                    _answers.TryDequeue(out _);
                stream.Write(Encoding.ASCII.GetBytes(answer));
            }
            catch (IOException)
            {
                // The client went away.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private static (string Start, string? Type, string Body) Read(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var start = reader.ReadLine() ?? "";
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { Length: > 0 } line)
            headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        var body = new char[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
        var length = reader.ReadBlock(body);
        return (start, headers.GetValueOrDefault("Content-Type"), new string(body, 0, length));
    }
}
