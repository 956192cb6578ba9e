using System.Collections.Frozen;
using System.Reactive.Concurrency;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Store;

/// <summary>
/// Stores the folded states: at most once a second, on a thread of its own, so that no disk delays the screen. Only the newest state waits.
/// If the store fails, this is reported and retried later, and everything missed is written then.
/// </summary>
public sealed class HistoryRecorder : IDisposable
{
    /// <summary>
    /// How many builds of the past are loaded into memory: as many as a running monitor keeps, so that both show the same.
    /// </summary>
    public const int MostLoaded = BuildTable.Most;

    /// <summary>A program that is killed loses no more than this.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    /// <summary>Other monitors may write between two such groups.</summary>
    private const int BuildsAtOnce = 100;

    private readonly string _path;
    private readonly string _factory;
    private readonly Retention _keeping;
    private readonly IScheduler _scheduler;
    private readonly Action<HistoryNews> _report;
    private readonly LogCopies _copies;
    private readonly bool _isHosts;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Build? Build, object? Log, BuildState State)> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Trigger> _triggers = new(StringComparer.Ordinal);
    private Pairs _pairs = Pairs.Empty;
    private HistoryStore? _store;
    private HistoryNews _news = new(null, 0, null, [], FrozenSet<string>.Empty);
    private volatile SeenState? _latest;
    private volatile bool _reads;
    private int _due;
    private bool _reported;
    private bool _closed;

    /// <param name="path">The store's file.</param>
    /// <param name="keeping">Its limits.</param>
    /// <param name="directory">Where finished logs are copied from.</param>
    /// <param name="scheduler">Its own thread and clock.</param>
    /// <param name="report">Called on that thread with the state of the store, whenever that changes.</param>
    /// <param name="factory">The factory's name if there are several; each has a recorder of its own, which uses only its own rows.</param>
    /// <param name="isHosts">The store is the host's, and this process has its lock.</param>
    public HistoryRecorder(
        string path,
        Retention keeping,
        LogDirectory directory,
        IScheduler scheduler,
        Action<HistoryNews> report,
        string? factory = null,
        bool isHosts = false
    )
    {
        _isHosts = isHosts;
        (_path, _keeping, _scheduler, _report, _factory) = (path, keeping, scheduler, report, factory ?? "");
        _copies = new LogCopies(keeping, directory);
    }

    /// <summary>Opens the store, writes what waits, and reports its content. Started again, it reads the store again.</summary>
    public void Begin()
    {
        _reads = true;
        Wake(TimeSpan.Zero);
    }

    /// <summary>Takes a state and the arrival times of the logs' lines so far; returns at once. For one thread.</summary>
    public void See(SeenLogs logs, MonitorState state)
    {
        // Until everything was read once, the state covers only the beginning of the past.
        if (!state.Logs.Complete)
            return;
        _latest = new SeenState(state, logs);
        Wake(Pace);
    }

    /// <summary>Writes the rest and closes the store.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_closed)
                Turn();
            _closed = true;
            Close();
        }
    }

    private void Wake(TimeSpan delay)
    {
        if (Interlocked.Exchange(ref _due, 1) == 0)
            _scheduler.Schedule(delay, Work);
    }

    private void Work()
    {
        Interlocked.Exchange(ref _due, 0);
        lock (_gate)
        {
            if (!_closed)
                Turn();
        }

        if (_news.Why is not null)
            Wake(Retry);
    }

    private void Turn()
    {
        try
        {
            if (_store is not null && !File.Exists(_path))
                Close();
            if (_store is null && !TryOpen())
                return;
            if (_latest is { } latest)
                Write(_store!, latest);
            if (_reads)
                Load(_store!);
            Report(null);
        }
        catch (SqliteException error)
        {
            Close();
            Report(SqliteCalls.WhyNot(error));
        }
    }

    private bool TryOpen()
    {
        var opening = _isHosts ? HistoryStore.WriteOfHost(_path) : HistoryStore.Write(_path);
        _store = opening.Store;
        // A store that may not be written may still be readable.
        using var readable = _store is null ? HistoryStore.Read(_path).Store : null;
        if ((_store ?? readable) is { } known)
            Load(known);
        if (opening.Remark is { } remark)
            _news = _news with { Remark = _news.Remark is { } other ? $"{remark}; {other}" : remark };

        if (_store is null)
            Report(opening.Why);
        return _store is not null;
    }

    private void Load(HistoryStore known)
    {
        _reads = false;
        _copies.Know(known.Kept());
        _news = _news with { Builds = known.Builds(MostLoaded, factory: _factory) };
        _news = _news with { Remark = known.Remark };
        _reported = false;
    }

    private void Write(HistoryStore store, SeenState seen)
    {
        // A build without a start has no stable name: docs/history.md.
        var oldest = _scheduler.Now - _keeping.Longest;
        var known = BuildView.All(seen.State);
        var changed = known.Where(view => view.StartedAt >= oldest && IsNews(view)).ToList();
        foreach (var group in changed.Chunk(BuildsAtOnce))
        {
            store.Put(group, seen.State.Triggers);
            foreach (var view in group)
                _written[view.Id] = (view.Build, view.Log, view.State);
        }

        var triggers = seen
            .State.Triggers.Triggers.Where(trigger => !ReferenceEquals(_triggers.GetValueOrDefault(trigger.Id), trigger))
            .ToList();
        if (triggers.Count > 0)
            store.Put(triggers);
        foreach (var trigger in triggers)
            _triggers[trigger.Id] = trigger;

        PutPairs(store, seen.State.Triggers.Pairs, triggers);
        Forget(_written, known.Count, known.Select(view => view.Id));
        Forget(_triggers, seen.State.Triggers.Triggers.Count, seen.State.Triggers.Triggers.Select(trigger => trigger.Id));
        if (!_copies.Put(store, changed, seen.Logs, _scheduler.Now))
            return;
        store.Trim(_keeping, _scheduler.Now);
        _copies.Know(store.Kept());
    }

    /// <summary>The pairs that lines have shown; what is only remembered is in the store already.</summary>
    private void PutPairs(HistoryStore store, Pairs pairs, IEnumerable<Trigger> changed)
    {
        var seen = changed
            .Where(trigger => trigger is { Certain: true, Ground: TieGround.Learned })
            .Select(trigger => trigger.Profile)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (ReferenceEquals(pairs, _pairs) && seen.Count == 0)
            return;
        var shown = pairs
            .Learned.Where(pair => pair.Value is { IsName: true, Ticket: not 0 } && !ReferenceEquals(_pairs.Of(pair.Key), pair.Value))
            .Select(pair => new RememberedPair(pair.Key, new ImageName(pair.Value.FullName)))
            .ToList();
        var contradicted = pairs.Contradicted.Except(_pairs.Contradicted);
        if (shown.Count + contradicted.Count + seen.Count > 0)
            store.Put(_factory, shown, contradicted, seen, _scheduler.Now);
        _pairs = pairs;
    }

    /// <summary>Builds that the state has forgotten need not be kept here either.</summary>
    private static void Forget<T>(Dictionary<string, T> written, int count, IEnumerable<string> known)
    {
        if (written.Count <= count + 100)
            return;
        var left = known.ToHashSet(StringComparer.Ordinal);
        foreach (var id in written.Keys.Where(id => !left.Contains(id)).ToList())
            written.Remove(id);
    }

    private bool IsNews(BuildView view) =>
        !_written.TryGetValue(view.Id, out var known)
        || !ReferenceEquals(known.Build, view.Build)
        || !ReferenceEquals(known.Log, view.Log)
        || known.State != view.State;

    private void Report(string? why)
    {
        var (count, since) = _store?.Extent(_factory) ?? (_news.Count, _news.Since);
        var news = _news with { Why = why, Count = count, Since = since, Kept = _copies.Kept };
        if (_reported && news == _news)
            return;
        (_news, _reported) = (news with { Remark = null }, true);
        _report(news);
    }

    private void Close()
    {
        _store?.Dispose();
        _store = null;
        _written.Clear();
        _triggers.Clear();
        _pairs = Pairs.Empty;
    }

    private sealed record SeenState(MonitorState State, SeenLogs Logs);
}
