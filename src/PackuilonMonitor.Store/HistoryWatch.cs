using System.Collections.Frozen;
using System.Reactive.Concurrency;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Recording;

namespace PackuilonMonitor.Store;

/// <summary>Reads a store that a recorder writes, again whenever it has changed. Writes nothing.</summary>
public sealed class HistoryWatch : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly string _factory;
    private readonly IScheduler _scheduler;
    private readonly Action<HistoryNews> _report;
    private HistoryStore? _store;
    private HistoryNews? _reported;
    private long _version = -1;
    private volatile bool _closed;

    /// <param name="path">The store's file.</param>
    /// <param name="scheduler">Its own thread and clock.</param>
    /// <param name="report">Called on that thread with the state of the store, whenever that changes.</param>
    /// <param name="factory">The factory's name if there are several.</param>
    public HistoryWatch(string path, IScheduler scheduler, Action<HistoryNews> report, string? factory)
    {
        (_path, _scheduler, _report, _factory) = (path, scheduler, report, factory ?? "");
    }

    /// <summary>Reads the store and keeps checking it. Started again, it reads the store again.</summary>
    public void Begin() => _scheduler.Schedule(() =>
    {
        var wasOpen = _reported is not null;
        (_reported, _version) = (null, -1);
        Check();
        if (!wasOpen)
            _scheduler.Schedule(Pace, Turn);
    });

    public void Dispose()
    {
        _closed = true;
        _scheduler.Schedule(Close);
    }

    private void Turn(Action<TimeSpan> again)
    {
        if (_closed)
            return;
        Check();
        again(Pace);
    }

    private void Check()
    {
        if (_closed)
            return;
        try
        {
            var sign = RecorderLockFile.Read(Path.GetDirectoryName(_path)!, _scheduler.Now);
            var opening = _store is null ? HistoryStore.Read(_path) : default;
            _store ??= opening.Store;
            if (_store is null)
            {
                Report(Kept() with { Why = opening.Why });
                return;
            }

            var version = _store.Version();
            var news = Kept();
            if (version != _version)
            {
                var (count, since) = _store.Extent(_factory);
                news = new HistoryNews(
                    null,
                    count,
                    since,
                    _store.Builds(HistoryRecorder.MostLoaded, factory: _factory),
                    _store.Kept().Keys.ToFrozenSet(StringComparer.Ordinal)
                );
            }

            _version = version;
            Report(
                news with
                {
                    Recorder = WithoutBeats(sign),
                    Why =
                        sign.State is RecorderState.None
                            ? "the recorder was stopped: systemctl start packuilon-monitor-record"
                            : sign.Trouble(_scheduler.Now),
                }
            );
        }
        catch (SqliteException error)
        {
            Close();
            Report(Kept() with { Why = HistoryStore.WhyNot(error) });
        }
    }

    /// <summary>While the recorder writes regularly, its heartbeats are not reported.</summary>
    private RecorderSign WithoutBeats(RecorderSign sign) =>
        sign.State is RecorderState.Runs && _scheduler.Now - sign.WroteAt < 2 * RecorderLock.Pace ? sign with { WroteAt = null } : sign;

    private HistoryNews Kept() => _reported ?? new HistoryNews(null, 0, null, [], FrozenSet<string>.Empty);

    private void Report(HistoryNews news)
    {
        if (news == _reported)
            return;
        _reported = news;
        _report(news);
    }

    private void Close()
    {
        _store?.Dispose();
        (_store, _version) = (null, -1);
    }
}
