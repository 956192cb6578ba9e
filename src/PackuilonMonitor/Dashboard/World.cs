using System.Collections.Immutable;
using System.Diagnostics;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Health;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.Bulletins;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Seen;

namespace PackuilonMonitor.Dashboard;

/// <summary>All that is outside of the screen: clock, threads, files, store, channels. It keeps no state of the screen.</summary>
internal sealed class World : IDisposable
{
    private static readonly TimeSpan MutesPace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SeenPace = TimeSpan.FromSeconds(1);

    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _ahead;
    private readonly StoppableScheduler _logThread = new("log");
    private readonly StoppableScheduler _filesThread = new("files");
    private readonly StoppableScheduler _storeThread = new("store");
    private readonly IScheduler _log;
    private readonly DirectoryHints _hints;
    private readonly ImmutableArray<FollowedFactory> _factories;
    private readonly LogFiles _files;
    private readonly PastFinder? _past;
    private readonly StoppableScheduler _pastThread = new("past");
    private readonly Notifier _channels;
    private readonly Func<ImmutableArray<DoctorRow>> _doctor;
    private readonly MuteFile _mutes;
    private readonly SeenFile _seen;
    private SeenMark? _seenMark;
    private volatile Action<string, string?> _report = static (_, _) => { };

    /// <param name="doctor">Examines what is read; it may take seconds.</param>
    public World(
        IReadOnlyList<Sources> factories,
        TimeZoneInfo zone,
        HistoryLocation history,
        NotifySettings notify,
        Func<ImmutableArray<DoctorRow>> doctor
    )
    {
        _doctor = doctor;
        (_mutes, _seen) = (history.Mutes, history.Seen);
        // With a given now the clock starts there and runs on; times of arrival are by the same clock.
        (_zone, _ahead) = (zone, factories[0].Ahead);
        _log = Shifted(_logThread);
        _hints = new DirectoryHints(_log);
        _factories = [.. factories.Select(factory => new FollowedFactory(factory, history, Shifted(_storeThread)))];
        _files = new LogFiles(_factories, history.Path, history.Recording);
        _past = history.Recording is { } recording ? new PastFinder(recording, zone) : null;
        // A recorder calls hook and webhook once for all users.
        _channels = new Notifier(history.Recorder.IsThere ? notify with { Hook = [], Webhook = null } : notify, (channel, trouble) =>
            _report(channel, trouble)
        );
    }

    /// <summary>The time, in the zone of the screen.</summary>
    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(DateTimeOffset.Now + _ahead, _zone);

    /// <summary>Never waits.</summary>
    public void Send(Bulletin bulletin) => _channels.Notify(bulletin);

    /// <summary>
    /// Listens to something. What arrives goes to <paramref name="post"/>, and a bug to <paramref name="fault"/>, from any thread.
    /// </summary>
    public RunningSubscription Start(Subscription wanted, Action<Message> post, Action<Exception> fault)
    {
        switch (wanted)
        {
            case FactoryStates states:
                return new RunningSubscription(
                    Of(states.Factory).Follow(state => post(new StatePublished(states.Id, state)), fault).Dispose
                );
            case FactoryHistory history:
                return new RunningSubscription(
                    Of(history.Factory)
                        .Remember(news =>
                            post(
                                new HistoryRead(
                                    history.Id,
                                    history.Factory,
                                    new BuildHistory(news.Builds, news.Kept),
                                    new HistoryStatus(news.Why, news.Count, news.Since) { Remark = news.Remark, Recorder = news.Recorder }
                                )
                            )
                        )
                        .Dispose
                );
            case FactoryMutes mutes:
                return new RunningSubscription(
                    Mutes(mutes.Factory).Subscribe(read => post(new MutesRead(mutes.Id, mutes.Factory, read)), fault).Dispose
                );
            case LogLinesOf lines:
                return Pages(lines, post, fault);
            case LogHits hits:
                return new RunningSubscription(Search(hits).Subscribe(found => post(new HitsFound(hits.Id, found)), fault).Dispose);
            case ChannelTroubles troubles:
                _report = (channel, trouble) => post(new ChannelReported(troubles.Id, channel, trouble));
                return new RunningSubscription(static () => { });
            default:
                throw new UnreachableException($"{wanted.GetType().Name} is not listened to");
        }
    }

    /// <summary>Does a request on the thread for whole files. A bug goes to <paramref name="fault"/>; all else is an answer.</summary>
    public void Do(Request request, Action<Message> post, Action<Exception> fault) =>
        (request is LookAtPast or StepInPast ? _pastThread : _filesThread).Schedule(() =>
        {
            try
            {
                post(
                    request switch
                    {
                        KeepMutes keep => Keep(keep),
                        RunDoctor run => new DoctorRan(run.Number, _doctor()),
                        LookAtPast or StepInPast => _past?.Answer(request) ?? new PastNotFound(request.Number, "nothing is recorded here"),
                        _ => _files.Answer(request),
                    }
                );
            }
            catch (Exception bug)
            {
                fault(bug);
            }
        });

    /// <summary>Keeps what the user has seen; written a moment later, since a key may be followed by others.</summary>
    public void Keep(SeenMark mark)
    {
        if (Interlocked.Exchange(ref _seenMark, mark) is null)
            _storeThread.Schedule(SeenPace, WriteSeen);
    }

    /// <summary>In this order: watchers, sources, threads. A thread that has stopped does nothing more, whoever still calls it.</summary>
    public void Dispose()
    {
        _hints.Dispose();
        foreach (var factory in _factories)
            factory.Dispose();
        _channels.Dispose();
        WriteSeen();
        _logThread.Dispose();
        _filesThread.Dispose();
        _pastThread.Dispose();
        _storeThread.Dispose();
    }

    private RunningSubscription Pages(LogLinesOf lines, Action<Message> post, Action<Exception> fault)
    {
        var source = new LogSource(
            _files.PlaceOf(lines.Log),
            _log,
            lines.ComparedWith is { } good ? Compare(good, fault) : null,
            lines.Log.IsCopy || lines.Log.Past is not null ? null : _hints,
            _files.ArrivalsOf(lines.Log),
            () => _files.WholeSizeOf(lines.Log)
        );
        var pages = source.Pages.Subscribe(page => post(new PageRead(lines.Id, page)), fault);
        Ask(source, lines);
        return new RunningSubscription(
            () =>
            {
                pages.Dispose();
                source.Dispose();
            },
            next => Ask(source, (LogLinesOf)next));
    }

    /// <summary>What is muted, again when another process changed it.</summary>
    private IObservable<ImmutableArray<Mute>> Mutes(string? factory) =>
        Observable
            .Timer(TimeSpan.Zero, MutesPace, _storeThread)
            .Select(_ => Read(factory))
            .OfType<IReadOnlyList<Mute>>()
            .Select(mutes => mutes.ToImmutableArray())
            .DistinctUntilChanged(mutes =>
                string.Join('\n', mutes.Select(mute => $"{mute.Name} {mute.At} {mute.Until} {string.Join(' ', mute.Items)}"))
            );

    /// <summary>Null where the file cannot be read, which the status line says.</summary>
    private IReadOnlyList<Mute>? Read(string? factory)
    {
        try
        {
            return _mutes.Of(factory);
        }
        catch (IOException error)
        {
            _report("mutes", $"mutes not read: {error.Message}");
            return null;
        }
    }

    private Answer Keep(KeepMutes keep)
    {
        try
        {
            _mutes.Set(keep.Factory, keep.Mutes);
            _report("mutes", null);
            return new MutesKept(keep.Number);
        }
        catch (IOException error)
        {
            return new MutesNotKept(keep.Number, error.Message);
        }
    }

    private void WriteSeen()
    {
        try
        {
            if (Interlocked.Exchange(ref _seenMark, null) is not { } mark)
                return;
            _seen.Write(mark);
            _report("seen", null);
        }
        catch (IOException error)
        {
            _report("seen", $"what was seen is not kept: {error.Message}");
        }
    }

    private static void Ask(LogSource source, LogLinesOf lines)
    {
        if (lines.Wanted is { } wanted)
            source.Ask(wanted);
    }

    /// <summary>Reads the good log on the thread for whole files: however long it takes, the log beside it is shown meanwhile.</summary>
    private Action<Action<LastGood?>> Compare(LogRef good, Action<Exception> fault) => compared => _filesThread.Schedule(() =>
    {
        try
        {
            compared(_files.Baseline(good));
        }
        catch (Exception bug)
        {
            fault(bug);
        }
    });

    private IObservable<OtherHits> Search(LogHits hits) => EverywhereSearch.In(
        hits.Pattern, hits.HidesPrefix, hits.Builds, build => _files.PlaceOf(LogRef.Of(build)),
        build => build.Id == hits.Opened && hits.ComparedWith is { } good ? _files.BaselineIfRead(good)?.Baseline : null, _log);

    private FollowedFactory Of(string? factory) => _factories.FirstOrDefault(known => known.Sources.Name == factory) ?? _factories[0];

    private IScheduler Shifted(IScheduler thread) => _ahead == TimeSpan.Zero ? thread : new ShiftedScheduler(thread, _ahead);
}
