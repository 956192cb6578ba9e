using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Broker;

/// <summary>
/// Publishes the bytes of build logs to a stream of their own, on a thread and a connection of its own, so that events never wait for
/// them. What was published before is asked of the stream itself, after a restart as after a lost connection. A log that is gone before it
/// was published is published from its copy.
/// </summary>
/// <param name="copies">The copies of this host.</param>
internal sealed class LogShipper(EventStream stream, LogLimits limits, StoredLogs copies, Action<string> said) : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly Queue<ShippedLog> _announced = new();
    private readonly GrownLogs _grown = new(limits, said);
    private readonly CopyQueue _copies = new(copies, limits);

    /// <summary>Called on the thread with a log of which all that was there is published, and how often it began again.</summary>
    public Action<ShippedLog, int> Shipped { get; init; } = (_, _) => { };

    /// <summary>
    /// Called on the thread with a log of which all is published, whether another one of that name is published too, and what it says.
    /// </summary>
    public Action<ShippedLog, bool, BuildLog> Copied { get; init; } = (_, _, _) => { };

    public void Begin() => new Thread(Run) { Name = "logs", IsBackground = true }.Start();

    /// <summary>A log has grown; returns at once. From any thread.</summary>
    public void See(GrownLog log)
    {
        _grown.See(log);
        _wake.Set();
    }

    /// <summary>The builds whose logs are gone by now; returns at once. From any thread.</summary>
    public void See(IReadOnlyList<GoneLog> gone)
    {
        _copies.See(gone);
        _wake.Set();
    }

    /// <summary>The events say how far a log is published; returns at once. From any thread.</summary>
    public void Announce(ShippedLog log)
    {
        lock (_gate)
            _announced.Enqueue(log);
        _wake.Set();
    }

    public void Dispose() => _stop.Cancel();

    private void Run()
    {
        string? announced = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var logs = new LogStream(stream, _stop.Token);
                announced = null;
                Work(logs);
            }
            catch (Exception error) when (BrokerFault.IsOrdinary(error))
            {
                if (_stop.IsCancellationRequested)
                    return;
                var why = $"{stream.LogQueue}: {BrokerFault.Reason(error)}; trying again";
                if (why != announced)
                    said(announced = why);
                _stop.Token.WaitHandle.WaitOne(Retry);
            }
        }
    }

    /// <summary>Publishes what waits, a piece of each log in turn, and copies after them, until the connection is lost.</summary>
    private void Work(LogStream logs)
    {
        _grown.Begin();
        _copies.Begin();
        while (true)
        {
            _wake.Reset();
            var turn = _grown.Due(Running);
            lock (_gate)
            {
                while (_announced.TryDequeue(out var announced))
                    logs.Announce(announced);
            }

            foreach (var log in turn)
                Publish(logs, log);
            if (turn.Count > 0)
                continue;
            if (_copies.Next(logs.Table) is { } copy)
            {
                Publish(logs, copy);
                continue;
            }

            logs.Rest();
            _wake.Wait(_grown.Patience, _stop.Token);
        }
    }

    /// <summary>Publishes the next piece of a log, or reports that all of it is published.</summary>
    private void Publish(LogStream logs, GrownLog log)
    {
        if (_grown.Next(logs.Table, log, Running) is { } piece)
        {
            logs.Publish(piece);
            Pause(piece.Bytes.Length);
        }
        else if (_grown.Whole(logs.Table, log) is { } done)
        {
            Shipped(done, log.Another);
        }
    }

    /// <summary>Publishes the next piece of a copy; the last one ends it.</summary>
    private void Publish(LogStream logs, CopyToShip copy)
    {
        if (copy.Next() is { } piece)
        {
            logs.Publish(piece);
            Pause(piece.Bytes.Length);
        }

        if (copy.In(logs.Table) is { } done)
            Copied(done, logs.Table.Find(done.File) != done, copy.Stored.Log);
    }

    private static TimeSpan Running => TimeSpan.FromMilliseconds(Environment.TickCount64);

    private void Pause(int length) => _stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds((double)length / limits.BytesASecond));
}
