using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using SyslogFilter = PackuilonMonitor.Core.Parsing.LineFilter;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The one way from files to observations: the system log's files, each with its rotated siblings, and Packer's logs.
/// What <see cref="ReadAll"/> has read, <see cref="Follow"/> goes on from.
/// </summary>
public sealed class MonitorFeed : IDisposable
{
    private readonly OneShot _messages;
    private readonly SystemLogInterpreter _interpreter;
    private readonly BuildLogs? _logs;
    private readonly IScheduler _clock;

    /// <param name="messages">The system log's files, in the order of their lines.</param>
    /// <param name="years">Gives stamps their year and zone.</param>
    /// <param name="logs">Packer's logs; null to leave them out.</param>
    /// <param name="clock">The wall time of what rests on no line.</param>
    /// <param name="start">Where in the system log to begin; null for the oldest rotated sibling.</param>
    public MonitorFeed(IEnumerable<string> messages, SyslogClock years, LogDirectory? logs, IScheduler clock, StartAt? start = null)
    {
        var options = new TailOptions { Start = start ?? StartAt.Oldest, Keep = SyslogFilter.Concerns, Search = LineSieve.Next };
        _messages = new OneShot(messages, options, Console.OpenStandardInput);
        _interpreter = new SystemLogInterpreter(years);
        _logs = logs is null ? null : new BuildLogs(logs);
        _clock = clock;
    }

    /// <summary>All that is there now, in batches, each file to its end before the next.</summary>
    public IEnumerable<IReadOnlyList<Observation>> ReadAll()
    {
        var stopwatch = _clock.StartStopwatch();
        foreach (var brought in _messages.Read(() => Moment.Of(_clock, stopwatch)))
            yield return [.. _interpreter.Interpret(brought, _clock.Now)];
        foreach (var batch in _logs?.ReadAll(Moment.Of(_clock, stopwatch)) ?? [])
            yield return batch;
    }

    /// <summary>What is written from now on, in batches, on the scheduler. Never ends by itself.</summary>
    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail) => Observable.Using(
        () => new DirectoryHints(tail),
        hints => _messages.Readers
            .Select(reader => Tail.Follow(reader, tail, hints))
            .Merge()
            .Select(brought => (IReadOnlyList<Observation>)[.. _interpreter.Interpret(brought, tail.Now)])
            .Merge(_logs is null ? Observable.Empty<IReadOnlyList<Observation>>() : _logs.Follow(tail, hints)));

    public void Dispose()
    {
        _logs?.Dispose();
        _messages.Dispose();
    }
}
