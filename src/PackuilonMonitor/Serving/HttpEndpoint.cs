using System.Net;
using System.Net.Sockets;
using System.Text;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Serving;

/// <summary>
/// Answers GET and HEAD on one address, one request per connection; a scrape needs nothing else of HTTP. It ignores the requested host
/// name, so a tunnel can reach it. Why it is our own, and what it must withstand: decision 0014.
/// </summary>
public sealed class HttpEndpoint : IDisposable
{
    /// <summary>The limit of connections. A further one closes the oldest without a complete request.</summary>
    public const int MostAtOnce = 64;

    private const int LongestHead = 8 * 1024;
    private const int MostDrained = 64 * 1024;
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener;
    private readonly Func<string, HttpAnswer> _answer;
    private readonly Action<Exception> _bug;
    private readonly TimeSpan _headTime;
    private readonly CancellationTokenSource _stop = new();
    private readonly LinkedList<TcpClient> _silent = [];
    private int _open;

    private HttpEndpoint(TcpListener listener, Func<string, HttpAnswer> answer, Action<Exception> bug, TimeSpan headTime) =>
        (_listener, _answer, _bug, _headTime) = (listener, answer, bug, headTime);

    /// <summary>The address; the port is the real one if the system chose it.</summary>
    public IPEndPoint At => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Listens and answers until it is disposed.</summary>
    /// <param name="at">The address.</param>
    /// <param name="answer">Receives a path without its query, on threads of the pool.</param>
    /// <param name="bug">
    /// Receives any exception of the answer: it is a bug, which must not end as a closed connection. Its client gets 500.
    /// </param>
    /// <param name="headTime">The time in which a request must be complete; null for 5 s.</param>
    /// <exception cref="WrongUseException">The address cannot be used, for example because it is in use.</exception>
    public static HttpEndpoint Open(IPEndPoint at, Func<string, HttpAnswer> answer, Action<Exception> bug, TimeSpan? headTime = null)
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
            throw new WrongUseException(
                $"--listen: cannot listen on {at}: {error.Message}; give another address or port, or port 0 for any free one"
            );
        }

        var endpoint = new HttpEndpoint(listener, answer, bug, headTime ?? HeadTime);
        _ = endpoint.Watched(endpoint.Accept());
        return endpoint;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    /// <summary>Nobody awaits the task: its exception would be lost.</summary>
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
                // No descriptor is free, or the peer was gone already: the next one may succeed.
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
        var silent = Enter(client);
        try
        {
            if (silent is null)
                return;
            var stream = client.GetStream();
            var (answer, bodyless) = Answer(await Head(stream).ConfigureAwait(false));
            Leave(silent);
            using var patience = Patience(AnswerTime);
            await stream.WriteAsync(answer.Head(), patience.Token).ConfigureAwait(false);
            if (!bodyless)
                await stream.WriteAsync(answer.Body, patience.Token).ConfigureAwait(false);
            client.Client.Shutdown(SocketShutdown.Send);
            await Drain(stream).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer left, was too slow, or was closed for another; it gets no answer.
        }
        finally
        {
            Leave(silent);
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Its place among those without a complete request; null if all are being answered and none can be closed for it.</summary>
    private LinkedListNode<TcpClient>? Enter(TcpClient client)
    {
        lock (_silent)
        {
            if (Interlocked.Increment(ref _open) > MostAtOnce)
            {
                if (_silent.First is not { } oldest)
                    return null;
                _silent.Remove(oldest);
                oldest.Value.Dispose();
            }

            return _silent.AddLast(client);
        }
    }

    private void Leave(LinkedListNode<TcpClient>? silent)
    {
        lock (_silent)
        {
            if (silent?.List is not null)
                _silent.Remove(silent);
        }
    }

    private CancellationTokenSource Patience(TimeSpan time)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(time);
        return patience;
    }

    // A connection closed over unread bytes is reset, and the answer may be lost with it.
    private async Task Drain(NetworkStream stream)
    {
        using var patience = Patience(DrainTime);
        var buffer = new byte[LongestHead];
        for (
            var drained = 0;
            drained < MostDrained && await stream.ReadAsync(buffer, patience.Token).ConfigureAwait(false) is > 0 and var got;

        )
            drained += got;
    }

    /// <summary>The request up to its empty line; null if it is too long, empty if the peer closed it before.</summary>
    private async Task<string?> Head(NetworkStream stream)
    {
        using var patience = Patience(_headTime);
        var buffer = new byte[LongestHead];
        for (var length = 0; length < buffer.Length;)
        {
            var got = await stream.ReadAsync(buffer.AsMemory(length), patience.Token).ConfigureAwait(false);
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
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        if (words is not [var method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"])
            return (HttpAnswer.Text(400, "not a request of HTTP/1.1\n"), false);
        if (method is not ("GET" or "HEAD"))
            return (HttpAnswer.Text(405, "only GET and HEAD\n"), false);
        if (lines.Skip(1).Any(AnnouncesBody))
            return (HttpAnswer.Text(413, "a request has no body here\n"), false);
        return (AnswerTo(target.Split('?', 2)[0]), method == "HEAD");
    }

    private static bool AnnouncesBody(string header) => header.Split(':', 2) is [var name, var value]
        && (name.Trim().Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
            || (name.Trim().Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && value.Trim() != "0"));

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
