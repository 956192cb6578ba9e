using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>A factory's feed on its way to a stream: what was published before is left out, and a heartbeat goes with the rest.</summary>
/// <param name="mine">Shows the host that all was confirmed; null where nobody can see it.</param>
/// <param name="tail">The factory's thread and clock.</param>
/// <param name="logs">Begins to ship the build logs; null where they are not shipped. Given where what they tell goes to.</param>
internal sealed class Shipping(
    MonitorFeed feed,
    Sources sources,
    EventShipper shipper,
    RecorderLock? mine,
    IScheduler tail,
    Func<Action<LogDigest>, LogShipping?> logs,
    CancellationToken stop
) : IDisposable
{
    private LogShipping? _logs;

    private MonitorState _state = sources.Start();

    /// <summary>Publishes what is there and what comes, until it is disposed of.</summary>
    /// <param name="to">The stream, as it is told.</param>
    public IObservable<IReadOnlyList<Observation>> Run(string to)
    {
        var last = shipper.Begin(stop);
        var there = new List<Observation>();
        foreach (var batch in feed.ReadAll())
        {
            _state = _state.Apply(batch);
            there.AddRange(batch.Where(seen => seen.Text is not null));
        }

        SourceComplaints.Print(_state, goesOn: true);
        var (left, isFound) = last?.Rest(there) ?? (there, true);
        if (!isFound)
            Complaints.Print("the last published event is no longer in the logs: continuing with newer ones, some may be missing");
        Complaints.Print($"shipping to {to}, {left.Count} of {there.Count} existing events");
        shipper.Publish(left, stop);
        Beat();
        _logs = logs(digest => shipper.Publish(digest, stop));
        return feed.Follow(tail)
            .Merge(_logs?.Follow() ?? Observable.Never<IReadOnlyList<Observation>>())
            .Do(Publish)
            .Merge(Observable.Interval(Heartbeat.Pace, tail).Do(_ => Beat()).IgnoreElements().Select(_ => (IReadOnlyList<Observation>)[]));
    }

    private void Publish(IReadOnlyList<Observation> batch)
    {
        _state = _state.Apply(batch);
        shipper.Publish(batch, stop);
        _logs?.See(_state, batch);
    }

    public void Dispose() => _logs?.Dispose();

    /// <summary>All that there was is confirmed: both the readers and the host are told.</summary>
    private void Beat()
    {
        _logs?.See(_state, []);
        shipper.Publish(Heartbeat.Of(_state, countsLines: !sources.SilenceIsUsual, tail.Now), stop);
        try
        {
            mine?.Beat(tail.Now);
        }
        catch (IOException)
        {
            // Who looks takes it for one that hangs, which is told.
        }
    }
}
