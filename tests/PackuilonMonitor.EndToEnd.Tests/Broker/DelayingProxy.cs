using System.Net;
using System.Net.Sockets;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>
/// A way to a server on loopback that takes some time in each direction, and counts what comes back, and how often whoever asks waits.
/// </summary>
internal sealed class DelayingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly TimeSpan _delay;
    private long _received;
    private long _roundTrips;
    private int _isAnswering;

    public DelayingProxy(int server, TimeSpan delay)
    {
        (_server, _delay) = (server, delay);
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The bytes that the server has sent so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>How often the server answered something so far.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    public void Dispose() => _listener.Stop();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _server).ConfigureAwait(false);
                _ = Pass(client, server, count: false);
                _ = Pass(server, client, count: true);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is stopped.
        }
    }

    private async Task Pass(TcpClient from, TcpClient to, bool count)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.GetStream().ReadAsync(buffer).ConfigureAwait(false) is > 0 and var length)
            {
                await Task.Delay(_delay).ConfigureAwait(false);
                if (count)
                    Interlocked.Add(ref _received, length);
                if (Interlocked.Exchange(ref _isAnswering, count ? 1 : 0) == 0 && count)
                    Interlocked.Increment(ref _roundTrips);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, length)).ConfigureAwait(false);
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
