using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using SyslogFilter = PackuilonMonitor.Core.Parsing.LineFilter;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The only path from files to observations: the files of the system log, each with its rotated siblings, and Packer's logs.
/// <see cref="Follow"/> continues after <see cref="ReadAll"/> or <see cref="CatchUp"/>.
/// </summary>
public sealed class MonitorFeed : IDisposable
{
    private readonly OneShot _messages;
    private readonly SystemLogInterpreter _interpreter;
    private readonly IReadOnlyList<IObservationSource> _others;
    private readonly IScheduler _clock;
    private readonly ProfileCache? _profiles;
    private IReadOnlyList<PairRemembered> _pairs;

    /// <summary>One stopwatch for all readings: files are closed by the length of their silence.</summary>
    private readonly IStopwatch _stopwatch;

    /// <param name="messages">The system log.</param>
    /// <param name="years">Gives stamps their year and zone.</param>
    /// <param name="others">Other sources: Packer's logs, RabbitMQ.</param>
    /// <param name="clock">The wall time for events without a line.</param>
    /// <param name="profiles">The profiles that lines announce; null if they cannot be read here.</param>
    /// <param name="pairs">What earlier runs learned of profiles.</param>
    public MonitorFeed(
        OneShot messages,
        SyslogClock years,
        IReadOnlyList<IObservationSource> others,
        IScheduler clock,
        ProfileCache? profiles = null,
        IReadOnlyList<PairRemembered>? pairs = null
    )
    {
        (_profiles, _pairs) = (profiles, pairs ?? []);
        _messages = messages;
        _interpreter = new SystemLogInterpreter(years);
        _others = others;
        _clock = clock;
        _stopwatch = clock.StartStopwatch();
    }

    /// <summary>
    /// How many bytes of a system log line are kept: far more than any sentence of ours has, and few enough that no line costs more than 64
    /// KiB of memory.
    /// </summary>
    public const int LongestLine = 5 * 1024;

    /// <summary>The files of the system log in the order of their lines; "-" is standard input.</summary>
    /// <param name="start">Where to start; usually the first line of the oldest rotated sibling.</param>
    public static OneShot Files(IEnumerable<string> paths, StartAt start) => Files(paths, _ => start);

    /// <summary>The same, each file from a place of its own.</summary>
    public static OneShot Files(IEnumerable<string> paths, Func<string, StartAt> start) =>
        new(
            paths,
            new TailOptions
            {
                Keep = SyslogFilter.Concerns,
                Search = LineSieve.Next,
                Stamped = SyslogFilter.HasStamp,
                LongestLine = LongestLine,
                Silence = LongestSilence.In,
            },
            Console.OpenStandardInput,
            start
        );

    /// <summary>systemd's journal, from a child process journalctl.</summary>
    public static OneShot Journal(TimeZoneInfo zone) => new(new JournalSource("journalctl", zone));

    /// <summary>systemd's journal, as JSON on standard input.</summary>
    public static OneShot JournalInput(TimeZoneInfo zone) =>
        new(new StreamSource(JournalSource.Id, Console.OpenStandardInput, new TailOptions(), new JournalLines(zone).Translate));

    /// <summary>The present content, in batches, each file to its end before the next.</summary>
    public IEnumerable<IReadOnlyList<Observation>> ReadAll()
    {
        foreach (var batch in _messages.Read(() => Moment.Of(_clock, _stopwatch)))
            yield return Interpret(batch, _clock.Now);
        foreach (var observations in _others.SelectMany(other => other.ReadAll(Moment.Of(_clock, _stopwatch))))
        {
            // A log may meanwhile belong to a build that started while it was read: the line of its start must come first.
            foreach (var added in CatchUp())
                yield return added;
            yield return observations;
        }
    }

    /// <summary>
    /// The present content of the system log's files alone, in batches: it gives the present state before Packer's logs are read.
    /// </summary>
    public IEnumerable<IReadOnlyList<Observation>> CatchUp()
    {
        foreach (var batch in _messages.CatchUp(() => Moment.Of(_clock, _stopwatch)))
            yield return Interpret(batch, _clock.Now);
    }

    /// <summary>New observations, in batches, on the scheduler. Completes only if everything comes from a stream that ended.</summary>
    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail) => Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        var hints = new DirectoryHints(tail, (directory, why) => tail.Schedule(() => observer.OnNext([Polled(directory, why, tail.Now)])));
        var all = _messages.Follow(tail, hints)
            .Select(batch => Interpret(batch, tail.Now))
            .Merge(OnceCaughtUp(tail, _others.Select(other => other.Follow(tail, hints)).Merge()));
        return new CompositeDisposable(all.Subscribe(observer), hints);
    });

    /// <summary>The contents of a profile precede the lines about it.</summary>
    private IReadOnlyList<Observation> Interpret(IEnumerable<TailEvent> batch, DateTimeOffset now)
    {
        IReadOnlyList<Observation> seen = [.. _interpreter.Interpret(batch, now)];
        if (seen.Count == 0 || _profiles is null && _pairs.Count == 0)
            return seen;
        var known = _pairs.Select(pair => new Observation(now, Store, "", Speaker.Monitor, null, pair));
        IReadOnlyList<Observation> all = [.. known, .. _profiles?.Of(seen, now) ?? [], .. seen];
        _pairs = [];
        return all;
    }

    /// <summary>Where what is remembered comes from.</summary>
    private static readonly SourceId Store = new("history");

    /// <summary>Other sources are read only after the system log is read to its end: only its lines say whose a build log is.</summary>
    private IObservable<IReadOnlyList<Observation>> OnceCaughtUp(IScheduler tail, IObservable<IReadOnlyList<Observation>> others) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
        {
            var turns = new SerialDisposable();
            void Turn() =>
                turns.Disposable = _messages.Readers.Any(reader => reader.HasMore) ? tail.Schedule(Turn) : others.Subscribe(observer);
            turns.Disposable = tail.Schedule(Turn);
            return turns;
        });

    /// <summary>How far the files are read; null if data are between a reader and its place.</summary>
    public IReadOnlyList<SourcePosition>? Places
    {
        get
        {
            var places = _messages.Readers.Select(reader => reader.Place).ToList();
            return places.Contains(null) ? null : [.. places.OfType<SourcePosition>()];
        }
    }

    private static Observation Polled(string directory, string why, DateTimeOffset now) =>
        new(now, new SourceId(directory), "", Speaker.Monitor, null, new SourcePolled(why));

    public void Dispose()
    {
        foreach (var other in _others)
            other.Dispose();
        _messages.Dispose();
    }
}
