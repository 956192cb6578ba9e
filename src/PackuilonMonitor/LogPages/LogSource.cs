using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.LogPages;

/// <summary>
/// Answers the requests of a log view: pages of the log, again whenever it grows, with the progress of its line count and of the search.
/// All work is done in short turns on one scheduler, not on the loop; a newer request replaces the one before at the next turn.
/// </summary>
public sealed class LogSource : IDisposable
{
    /// <summary>Read in one turn: some milliseconds of work.</summary>
    private const long BytesPerTurn = 8 * 1024 * 1024;

    /// <summary>Read in the first turn: a log of usual size; a huge one is shown before its lines are counted.</summary>
    private const long BytesOfFirstTurn = 512 * 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    /// <summary>The progress of a count and of a search is reported at most four times a second.</summary>
    private static readonly TimeSpan Progress = TimeSpan.FromMilliseconds(250);

    private readonly FileLocation _place;
    private readonly IScheduler _scheduler;
    private readonly DirectoryHints? _hints;
    private readonly LogAnswers _answers;
    private Action<Action<LastGood?>>? _compare;
    private LogRequest? _asked;
    private LogReader? _reader;
    private Poller? _poller;

    /// <param name="place">The log's file.</param>
    /// <param name="scheduler">Where the file is read and pages are sent: one thread, not the loop.</param>
    /// <param name="compare">Reads the other log of a comparison, on any thread, and returns it once; called with the first page. Null
    /// compares nothing.</param>
    /// <param name="hints">Wakes the source when the file changes; without it changes are seen within a second.</param>
    /// <param name="arrivals">When its bytes arrived, for a copy; called on the scheduler.</param>
    /// <param name="whole">How long it is where it is written, if that is elsewhere; called on the scheduler.</param>
    public LogSource(
        FileLocation place, IScheduler scheduler, Action<Action<LastGood?>>? compare = null, DirectoryHints? hints = null,
        Func<IReadOnlyList<(long From, DateTimeOffset? At)>>? arrivals = null, Func<long?>? whole = null)
    {
        (_place, _scheduler, _hints, _compare) = (place, scheduler, hints, compare);
        _answers = new LogAnswers(compare is not null, arrivals, whole);
    }

    /// <summary>Replaces the request, from any thread; the same request again costs nothing.</summary>
    public void Ask(LogRequest request)
    {
        if (Interlocked.Exchange(ref _asked, request) != request)
            Volatile.Read(ref _poller)?.Wake();
    }

    /// <summary>The answers, on the scheduler, until it is disposed of. For one subscriber.</summary>
    public IObservable<LogPage> Pages => Observable.Defer(() =>
    {
        var (last, lastAt, grewAt) = (default(LogPage), TimeSpan.Zero, default(TimeSpan?));

        PollResult<LogPage> Turn(Poller poller)
        {
            if (Volatile.Read(ref _asked) is not { } request)
                return new(null, null);
            var reader = _reader ??= new LogReader(_place);
            var more = reader.Step(last is null ? BytesOfFirstTurn : BytesPerTurn);
            more |= _answers.Step(reader, request, _scheduler.Now);
            var now = poller.Now.Running;
            if (_answers.Grew)
                grewAt = now;
            var isDue = request != last?.Request || (_answers.Changed && (!more || now - lastAt >= Progress));
            if (isDue)
            {
                (last, lastAt) = (_answers.Answer(reader, request, _place.Stat().Absent), now);
                Interlocked.Exchange(ref _compare, null)?.Invoke(Compared);
            }

            return new(isDue ? last : null, more ? TimeSpan.Zero : Poller.Pause(now - grewAt, Idle));
        }

        return Poller.Observe<LogPage>(_scheduler, Gather, Turn, poller =>
        {
            Volatile.Write(ref _poller, poller);
            return _hints?.Watch(_place.Source.Path, _ => poller.Hint()) ?? Disposable.Empty;
        });
    });

    private void Compared(LastGood? good) => _scheduler.Schedule(() =>
    {
        _answers.Compare(good);
        Volatile.Read(ref _poller)?.Wake();
    });

    /// <summary>Closes the file, behind a turn that may be at work.</summary>
    public void Dispose() => _scheduler.Schedule(() => _reader?.Dispose());
}
