using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>
/// A factory's build logs on their way: their bytes go to a stream of their own, and what they have told goes with the events, after the
/// bytes are there.
/// </summary>
internal sealed class LogShipping : IDisposable
{
    private readonly LogDirectory _directory;
    private readonly BuildLogs _logs;
    private readonly LogShipper _shipper;
    private readonly DirectoryHints _hints;
    private readonly IScheduler _tail;
    private readonly Action<LogDigest> _publish;
    private readonly Dictionary<string, BuildLogRead> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);
    private MonitorState _state = MonitorState.Empty;

    /// <param name="tail">The factory's thread and clock.</param>
    /// <param name="publish">Publishes what a log has told, on the factory's thread.</param>
    public LogShipping(
        EventStream stream,
        Func<LogDirectory> directory,
        LogLimits limits,
        IScheduler tail,
        Action<string> said,
        Action<LogDigest> publish
    )
    {
        (_directory, _logs, _tail, _publish) = (directory(), new BuildLogs(directory()), tail, publish);
        _hints = new DirectoryHints(tail);
        _shipper = new LogShipper(stream, limits, said, (log, another) => tail.Schedule(() => Tell(log, another)));
    }

    /// <summary>What the logs tell, from now on; the first look reads all that are there.</summary>
    public IObservable<IReadOnlyList<Observation>> Follow()
    {
        _shipper.Begin();
        return _logs.Follow(_tail, _hints);
    }

    /// <summary>The newest state, and what was folded into it. On the factory's thread.</summary>
    public void See(MonitorState state, IReadOnlyList<Observation> batch)
    {
        _state = state;
        foreach (var read in batch.Select(seen => seen.Event).OfType<BuildLogRead>())
        {
            _read[read.File] = read;
            Ship(read);
        }

        foreach (var gone in batch.Select(seen => seen.Event).OfType<BuildLogGone>())
        {
            _read.Remove(gone.File);
            _told.Remove(gone.File);
        }

        // A line may have ended the build of a log that says nothing more.
        foreach (var file in batch.Select(seen => seen.Event).OfType<BuildSucceeded>().Select(end => end.Build).Concat(
            batch.Select(seen => seen.Event).OfType<BuildFailed>().Select(end => end.Build)).OfType<BuildName>().SelectMany(Logs).ToList())
            Ship(_read[file]);
    }

    public void Dispose()
    {
        _hints.Dispose();
        _shipper.Dispose();
        _logs.Dispose();
    }

    private IEnumerable<string> Logs(BuildName build) =>
        _read.Keys.Where(file => file.StartsWith(build.Text, StringComparison.Ordinal));

    private void Ship(BuildLogRead read) =>
        _shipper.See(new GrownLog(read.File, IdOf(read.File), read.Generation, _directory.Place(read.File)));

    private string IdOf(string file) => _state.Builds.Find(_state.Builds.LastOf(file))?.Id ?? file;

    private void Tell(ShippedLog log, int another)
    {
        // Another log of that name is on its way: what it has told goes behind its bytes.
        if (!_read.TryGetValue(log.File, out var read) || read.Generation != another)
            return;
        var build = _state.Builds.Find(_state.Builds.LastOf(log.File));
        var isEnded = read.Log.Evidence.Final is not null || build is { Running: false } || build is null && !IsFresh(read);
        var digest = new LogDigest(log.File, build?.Id ?? log.File, log.Generation, read.Log)
        {
            First = log.First,
            Last = log.Last,
            Size = log.Size,
            IsEnded = isEnded,
        };
        // While it is written a new step is worth a message, and that it grows is one a minute.
        var grown = isEnded ? log.Size : _tail.Now.ToUnixTimeSeconds() / 60;
        var signature = FormattableString.Invariant(
            $"{digest.Build} {log.Generation} {log.First} {read.Log.Trail.Steps.Length} {read.Log.Problems.Count > 0} {isEnded} {grown}"
        );
        if (_told.GetValueOrDefault(log.File) == signature)
            return;
        _told[log.File] = signature;
        _publish(digest);
    }

    private bool IsFresh(BuildLogRead read) => _tail.Now - read.Log.ModifiedAt < TimeSpan.FromMinutes(10);
}
