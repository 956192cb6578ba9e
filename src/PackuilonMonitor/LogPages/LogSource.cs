using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.LogPages;

/// <summary>
/// Answers what a log view asks for, off the loop: pages of the log, again whenever it grows, its line numbers and search as far as they
/// came. Everything happens in short turns on one scheduler; a newer request takes the place of the one before at the next turn.
/// </summary>
public sealed class LogSource : IDisposable
{
    /// <summary>What is counted in one turn: some milliseconds.</summary>
    private const long BytesPerTurn = 8 * 1024 * 1024;

    /// <summary>The first turn does no more than count a log of usual size, so that a huge one is shown at once.</summary>
    private const long BytesOfFirstTurn = 512 * 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(10);

    private readonly FilePlace _place;
    private readonly IScheduler _scheduler;
    private readonly DirectoryHints? _hints;
    private readonly LogAnswers _answers;
    private Action<Action<LastGood?>>? _compare;
    private LogRequest? _asked;
    private LogReader? _reader;
    private Action<TimeSpan>? _wake;

    /// <param name="place">The log's file.</param>
    /// <param name="scheduler">Where the file is read and pages are told: one thread, not the loop.</param>
    /// <param name="compare">Reads what the log is compared with, anywhere, and gives it back once; asked after the first page. Null for
    /// nothing.</param>
    /// <param name="hints">Wakes the source when the file changes; without it changes are seen within a second.</param>
    /// <param name="arrivals">When its bytes arrived, for a log that was kept; asked for on the scheduler.</param>
    public LogSource(
        FilePlace place, IScheduler scheduler, Action<Action<LastGood?>>? compare = null, DirectoryHints? hints = null,
        Func<IReadOnlyList<(long From, DateTimeOffset? At)>>? arrivals = null)
    {
        (_place, _scheduler, _hints, _compare) = (place, scheduler, hints, compare);
        _answers = new LogAnswers(compare is not null, arrivals);
    }

    /// <summary>Asks for something else, from any thread; asking the same again costs nothing.</summary>
    public void Ask(LogRequest request)
    {
        if (Interlocked.Exchange(ref _asked, request) != request)
            _scheduler.Schedule(() => _wake?.Invoke(TimeSpan.Zero));
    }

    /// <summary>The answers, told on the scheduler, until it is disposed of. For one subscriber.</summary>
    public IObservable<LogPage> Pages => Observable.Create<LogPage>(observer =>
    {
        var (stopwatch, turns) = (_scheduler.StartStopwatch(), new SerialDisposable());
        var (told, toldAt, grewAt, woken) = (default(LogPage), TimeSpan.Zero, default(TimeSpan?), 0);

        void Turn()
        {
            Interlocked.Exchange(ref woken, 0);
            if (Volatile.Read(ref _asked) is not { } request)
            {
                After(Idle);
                return;
            }

            var reader = _reader ??= new LogReader(_place);
            var more = reader.Step(told is null ? BytesOfFirstTurn : BytesPerTurn);
            more |= _answers.Step(reader, request, _scheduler.Now);
            if (_answers.Grew)
                grewAt = stopwatch.Elapsed;
            // How far counting and searching came need not be told more than four times a second.
            if (request != told?.Request || (_answers.Changed && (!more || stopwatch.Elapsed - toldAt >= Busy)))
            {
                told = _answers.Answer(reader, request, _place.Stat().Absent);
                toldAt = stopwatch.Elapsed;
                observer.OnNext(told);
                Interlocked.Exchange(ref _compare, null)?.Invoke(Compared);
            }

            After(more ? TimeSpan.Zero : stopwatch.Elapsed - grewAt < BusyFor ? Busy : Idle);
        }

        void After(TimeSpan delay)
        {
            if (!turns.IsDisposed)
                turns.Disposable = _scheduler.Schedule(delay, Turn);
        }

        // Called on the watcher's thread: the first change is read at once, the next ones a little later, together.
        void Hinted()
        {
            if (Interlocked.Exchange(ref woken, 1) == 0)
                _scheduler.Schedule(() => After(toldAt + Gather - stopwatch.Elapsed is { Ticks: > 0 } wait ? wait : TimeSpan.Zero));
        }

        _wake = After;
        After(TimeSpan.Zero);
        return new CompositeDisposable(_hints?.Watch(_place.Source.Path, _ => Hinted()) ?? Disposable.Empty, turns);
    });

    private void Compared(LastGood? good) => _scheduler.Schedule(() =>
    {
        _answers.Compare(good);
        _wake?.Invoke(TimeSpan.Zero);
    });

    /// <summary>Closes the file, behind a turn that may be at work.</summary>
    public void Dispose() => _scheduler.Schedule(() =>
    {
        _wake = null;
        _reader?.Dispose();
    });
}
