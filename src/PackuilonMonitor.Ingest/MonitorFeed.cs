using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using SyslogFilter = PackuilonMonitor.Core.Parsing.LineFilter;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The one way from files to observations: the system log's files, each with its rotated siblings, and Packer's logs.
/// What <see cref="ReadAll"/> or <see cref="CatchUp"/> has read, <see cref="Follow"/> goes on from.
/// </summary>
public sealed class MonitorFeed : IDisposable
{
    private readonly OneShot _messages;
    private readonly SystemLogInterpreter _interpreter;
    private readonly IReadOnlyList<IObservationSource> _others;
    private readonly IScheduler _clock;
    private readonly ProfileCache? _profiles;
    private IReadOnlyList<PairRemembered> _pairs;

    /// <summary>One for all readings: files are let go by how long they were silent.</summary>
    private readonly IStopwatch _stopwatch;

    /// <param name="messages">Where the system log comes from.</param>
    /// <param name="years">Gives stamps their year and zone.</param>
    /// <param name="others">What else is observed: Packer's logs, RabbitMQ.</param>
    /// <param name="clock">The wall time of what rests on no line.</param>
    /// <param name="profiles">The profiles that lines announce; null where they cannot be read here.</param>
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
    /// So many bytes of a line of the system log are kept: far more than any sentence of ours has, and so little that no line costs more
    /// than 64 KiB of memory.
    /// </summary>
    public const int LongestLine = 5 * 1024;

    /// <summary>The system log's files in the order of their lines; "-" is standard input.</summary>
    /// <param name="start">Where to begin; the oldest rotated sibling's first line as a rule.</param>
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

    /// <summary>systemd's journal, as a child journalctl prints it.</summary>
    public static OneShot Journal(TimeZoneInfo zone) => new(new JournalSource("journalctl", zone));

    /// <summary>systemd's journal, as JSON on standard input.</summary>
    public static OneShot JournalInput(TimeZoneInfo zone) =>
        new(new StreamSource(JournalSource.Id, Console.OpenStandardInput, new TailOptions(), new JournalLines(zone).Translate));

    /// <summary>All that is there now, in batches, each file to its end before the next.</summary>
    public IEnumerable<IReadOnlyList<Observation>> ReadAll()
    {
        foreach (var brought in _messages.Read(() => Moment.Of(_clock, _stopwatch)))
            yield return Interpret(brought, _clock.Now);
        foreach (var batch in _others.SelectMany(other => other.ReadAll(Moment.Of(_clock, _stopwatch))))
        {
            // A log may by now be that of a build which began while it was read: its start must be known first.
            foreach (var brought in CatchUp())
                yield return brought;
            yield return batch;
        }
    }

    /// <summary>
    /// What the system log's files hold now, in batches, and nothing else: whoever has it all knows the present before Packer's logs are
    /// looked at.
    /// </summary>
    public IEnumerable<IReadOnlyList<Observation>> CatchUp()
    {
        foreach (var brought in _messages.CatchUp(() => Moment.Of(_clock, _stopwatch)))
            yield return Interpret(brought, _clock.Now);
    }

    /// <summary>What is written from now on, in batches, on the scheduler. Ends only if all comes from a stream that ended.</summary>
    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail) => Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        var hints = new DirectoryHints(tail, (directory, why) => tail.Schedule(() => observer.OnNext([Polled(directory, why, tail.Now)])));
        var all = _messages.Follow(tail, hints)
            .Select(brought => Interpret(brought, tail.Now))
            .Merge(OnceCaughtUp(tail, _others.Select(other => other.Follow(tail, hints)).Merge()));
        return new CompositeDisposable(all.Subscribe(observer), hints);
    });

    /// <summary>What a profile asks for is known before the lines that are about it.</summary>
    private IReadOnlyList<Observation> Interpret(IEnumerable<TailEvent> brought, DateTimeOffset now)
    {
        IReadOnlyList<Observation> seen = [.. _interpreter.Interpret(brought, now)];
        if (seen.Count == 0 || _profiles is null && _pairs.Count == 0)
            return seen;
        var known = _pairs.Select(pair => new Observation(now, Store, "", Speaker.Monitor, null, pair));
        IReadOnlyList<Observation> all = [.. known, .. _profiles?.Of(seen, now) ?? [], .. seen];
        _pairs = [];
        return all;
    }

    /// <summary>Where what is remembered comes from.</summary>
    private static readonly SourceId Store = new("history");

    /// <summary>Nothing else is read before the system log is read to its end: whose a log is, only its lines tell.</summary>
    private IObservable<IReadOnlyList<Observation>> OnceCaughtUp(IScheduler tail, IObservable<IReadOnlyList<Observation>> others) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
        {
            var turns = new SerialDisposable();
            void Turn() =>
                turns.Disposable = _messages.Readers.Any(reader => reader.HasMore) ? tail.Schedule(Turn) : others.Subscribe(observer);
            turns.Disposable = tail.Schedule(Turn);
            return turns;
        });

    /// <summary>How far the files are read; null where something is between a reader and its place.</summary>
    public IReadOnlyList<SourcePlace>? Places
    {
        get
        {
            var places = _messages.Readers.Select(reader => reader.Place).ToList();
            return places.Contains(null) ? null : [.. places.OfType<SourcePlace>()];
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
