using System.Net;
using System.Net.Sockets;
using System.Text;
using PackuilonMonitor.Commands;

namespace PackuilonMonitor.Serving;

/// <summary>
/// Answers GET and HEAD on one address, one request a connection; nothing else of HTTP is needed for a scrape. It does not
/// look at the name it was asked by, so it can be reached through a tunnel.
/// </summary>
public sealed class HttpEndpoint : IDisposable
{
    /// <summary>More connections at a time are closed at once: a scrape takes milliseconds.</summary>
    private const int MostAtOnce = 64;

    private const int LongestHead = 8 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener;
    private readonly Func<string, HttpAnswer> _answer;
    private readonly Action<Exception> _bug;
    private readonly CancellationTokenSource _stop = new();
    private int _open;

    private HttpEndpoint(TcpListener listener, Func<string, HttpAnswer> answer, Action<Exception> bug) => (_listener, _answer, _bug) = (listener, answer, bug);

    /// <summary>Where it listens; the port is the real one if the system was to choose.</summary>
    public IPEndPoint At => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Listens and answers until it is disposed of.</summary>
    /// <param name="at">Where to listen.</param>
    /// <param name="answer">Gets a path without its query, on threads of the pool.</param>
    /// <param name="bug">Gets whatever the answer throws, of any kind: it is a bug, which must not end as a closed connection. Its client gets 500.</param>
    /// <exception cref="WrongUseException">The address cannot be listened on, such as one in use.</exception>
    public static HttpEndpoint Open(IPEndPoint at, Func<string, HttpAnswer> answer, Action<Exception> bug)
    {
        var listener = new TcpListener(at);
        try
        {
            if (at.Address.Equals(IPAddress.IPv6Any))
                listener.Server.DualMode = true;
            listener.Start();
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw new WrongUseException($"--listen: cannot listen on {at}: {error.Message}; give another address or port, or port 0 for any free one");
        }

        var endpoint = new HttpEndpoint(listener, answer, bug);
        _ = endpoint.Watched(endpoint.Accept());
        return endpoint;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    /// <summary>Nobody waits for the task: what it throws would be lost.</summary>
    private async Task Watched(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _bug(error);
        }
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                _ = Watched(Serve(client));
            }
            catch (SocketException)
            {
                // No descriptor is free, or the peer was gone already: the next one may fare better.
                await Task.Delay(100).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var connection = client;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(Patience);
        try
        {
            if (Interlocked.Increment(ref _open) > MostAtOnce)
                return;
            var stream = client.GetStream();
            var (answer, bodyless) = Answer(await Head(stream, patience.Token).ConfigureAwait(false));
            await stream.WriteAsync(answer.Head(), patience.Token).ConfigureAwait(false);
            if (!bodyless)
                await stream.WriteAsync(answer.Body, patience.Token).ConfigureAwait(false);
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer went away or was too slow; it has nothing to be told.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>The request up to its empty line; null if it is too long, empty if the peer ended it before.</summary>
    private static async Task<string?> Head(NetworkStream stream, CancellationToken patience)
    {
        var buffer = new byte[LongestHead];
        for (var length = 0; length < buffer.Length;)
        {
            var got = await stream.ReadAsync(buffer.AsMemory(length), patience).ConfigureAwait(false);
            if (got == 0)
                return "";
            length += got;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
                return Encoding.Latin1.GetString(buffer, 0, end);
        }

        return null;
    }

    private (HttpAnswer Answer, bool Bodyless) Answer(string? head)
    {
        if (head is null)
            return (HttpAnswer.Text(431, "the request is too long\n"), false);
        var words = head.Split("\r\n", 2)[0].Split(' ');
        if (words is not [var method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"])
            return (HttpAnswer.Text(400, "not a request of HTTP/1.1\n"), false);
        if (method is not ("GET" or "HEAD"))
            return (HttpAnswer.Text(405, "only GET and HEAD\n"), false);
        return (AnswerTo(target.Split('?', 2)[0]), method == "HEAD");
    }

    private HttpAnswer AnswerTo(string path)
    {
        try
        {
            return _answer(path);
        }
        catch (Exception error)
        {
            _bug(error);
            return HttpAnswer.Text(500, "a bug in the monitor; it reports it on standard error\n");
        }
    }
}
