using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>
/// A factory's build logs on their way: their bytes go to a stream of their own, and what is known of them goes with the events, after the
/// bytes are there.
/// </summary>
internal sealed class LogShipping : IDisposable
{
    /// <summary>How often the store is asked for copies of logs that are gone.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly LogDirectory _directory;
    private readonly BuildLogs _logs;
    private readonly LogShipper _shipper;
    private readonly DirectoryHints _hints;
    private readonly IScheduler _tail;
    private readonly Action<LogDigest> _publish;
    private readonly Dictionary<string, (BuildLogRead Read, string Build)> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _announced = new(StringComparer.Ordinal);
    private DateTimeOffset _lookedForGoneAt;
    private MonitorState _state = MonitorState.Empty;

    /// <param name="tail">The factory's thread and clock.</param>
    /// <param name="publish">Publishes what is known of a log, on the factory's thread.</param>
    public LogShipping(
        EventStream stream,
        Func<LogDirectory> directory,
        LogLimits limits,
        StoredLogs copies,
        IScheduler tail,
        Action<string> said,
        Action<LogDigest> publish
    )
    {
        (_directory, _logs, _tail, _publish) = (directory(), new BuildLogs(directory()), tail, publish);
        _hints = new DirectoryHints(tail);
        _shipper = new LogShipper(stream, limits, copies, said)
        {
            Shipped = (log, another) => tail.Schedule(() => Announce(log, another)),
            Copied = (shipped, isEarlier, log) => tail.Schedule(() => Publish(shipped, log, shipped.Build, isEnded: true, isEarlier)),
        };
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
            Ship(read);
        }

        foreach (var gone in batch.Select(seen => seen.Event).OfType<BuildLogGone>())
        {
            _read.Remove(gone.File);
            _announced.Remove(gone.File);
        }

        // A line may have ended the build of a log that says nothing more. One that a build before has written is not this one's.
        var ended = batch.Select(seen => (seen.Event as BuildSucceeded)?.Build ?? (seen.Event as BuildFailed)?.Build).OfType<BuildName>();
        foreach (var file in ended.SelectMany(Logs).Where(file => _state.Logs.Find(file) is not null).ToList())
            Ship(_read[file].Read);
        SeeGone();
    }

    /// <summary>Looks from time to time for logs that are gone, because the recorder copies them at its own pace.</summary>
    private void SeeGone()
    {
        if (!_state.Logs.Complete || _tail.Now - _lookedForGoneAt < Pace)
            return;
        _lookedForGoneAt = _tail.Now;
        _shipper.See([
            .. _state.Builds.All.Select(build => BuildView.Of(_state, build))
                .Where(view => view is { Running: false, LogGone: true })
                .Select(view => new GoneLog(view.Name.File, FactoryName.Without(view.Id), view.Id)),
        ]);
    }

    public void Dispose()
    {
        _hints.Dispose();
        _shipper.Dispose();
        _logs.Dispose();
    }

    private IEnumerable<string> Logs(BuildName build) =>
        _read.Keys.Where(file => file.StartsWith(build.Text, StringComparison.Ordinal));

    private void Ship(BuildLogRead read)
    {
        _read[read.File] = (read, IdOf(read.File));
        _shipper.See(new GrownLog(read.File, _read[read.File].Build, read.Generation, _directory.Place(read.File)));
    }

    private string IdOf(string file) => BuildOf(file) is { } build ? FactoryName.Without(build.Id) : file;

    private Build? BuildOf(string file) => _state.Builds.Find(_state.Builds.LastOf(file));

    private void Announce(ShippedLog log, int another)
    {
        // Another log of that name is on its way: what is known of it goes behind its bytes.
        if (!_read.TryGetValue(log.File, out var known) || known.Read.Generation != another)
            return;
        var (read, id) = known;
        var build = BuildOf(log.File);
        var isEnded = read.Log.Evidence.Final is not null
            || id != IdOf(log.File)
            || build is { Running: false }
            || (build is null && !IsFresh(read));
        // While it is written a new step is worth a message, and that it grows is one a minute.
        var grown = isEnded ? log.Size : _tail.Now.ToUnixTimeSeconds() / 60;
        var signature = FormattableString.Invariant(
            $"{id} {log.Generation} {log.First} {read.Log.Trail.Steps.Length} {read.Log.Problems.Count > 0} {isEnded} {grown}"
        );
        if (_announced.GetValueOrDefault(log.File) == signature)
            return;
        _announced[log.File] = signature;
        Publish(log, read.Log, id, isEnded, isEarlier: false);
    }

    private void Publish(ShippedLog shipped, BuildLog log, string build, bool isEnded, bool isEarlier)
    {
        _publish(new LogDigest(shipped.File, build, shipped.Generation, log)
        {
            First = shipped.First,
            Last = shipped.Last,
            Size = shipped.Size,
            Filter = shipped.Filter,
            IsEnded = isEnded,
            IsEarlier = isEarlier,
        });
        if (isEnded)
            _shipper.Announce(shipped);
    }

    private bool IsFresh(BuildLogRead read) => _tail.Now - read.Log.ModifiedAt < TimeSpan.FromMinutes(10);
}
