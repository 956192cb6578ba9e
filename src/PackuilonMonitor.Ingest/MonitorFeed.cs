using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest.Files;
using SyslogFilter = PackuilonMonitor.Core.Parsing.LineFilter;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The one way from files to observations: the system log's files, each with its rotated siblings, then Packer's logs.
/// What <see cref="ReadAll"/> has read, <see cref="Follow"/> goes on from.
/// </summary>
public sealed class MonitorFeed : IDisposable
{
    private readonly IReadOnlyList<TailReader> _readers;
    private readonly SystemLogInterpreter _interpreter;
    private readonly IScheduler _clock;

    /// <param name="messages">The system log's files, in the order of their lines.</param>
    /// <param name="years">Gives stamps their year and zone.</param>
    /// <param name="clock">The wall time of what rests on no line.</param>
    public MonitorFeed(IEnumerable<string> messages, SyslogClock years, IScheduler clock)
    {
        var once = new ReadOnce();
        var options = new TailOptions { Start = StartAt.Oldest, Keep = SyslogFilter.Concerns };
        _readers = [.. messages.Select(path => new TailReader(FilePlace.At(path), options, once))];
        _interpreter = new SystemLogInterpreter(years);
        _clock = clock;
    }

    /// <summary>All that is there now, in batches, each file to its end before the next.</summary>
    public IEnumerable<IReadOnlyList<Observation>> ReadAll()
    {
        var stopwatch = _clock.StartStopwatch();
        foreach (var reader in _readers)
        {
            do
            {
                var now = Moment.Of(_clock, stopwatch);
                yield return [.. _interpreter.Interpret(reader.Poll(now), now.At)];
            }
            while (reader.HasMore);
        }
    }

    /// <summary>What is written from now on, in batches, on the scheduler. Never ends by itself.</summary>
    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail) => Observable.Using(
        () => new DirectoryHints(tail),
        hints => _readers
            .Select(reader => Tail.Follow(reader, tail, hints))
            .Merge()
            .Select(brought => (IReadOnlyList<Observation>)[.. _interpreter.Interpret(brought, tail.Now)]));

    public void Dispose()
    {
        foreach (var reader in _readers)
            reader.Dispose();
    }
}
