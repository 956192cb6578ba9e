using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.LogPages;

/// <summary>One search through many builds' logs, a step at a time.</summary>
public static class EverywhereSearch
{
    public const int MostOfOneLog = 20;
    public const int Most = 500;

    private static readonly TimeSpan ReportPace = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The hits so far, at most four times a second, and at the end all of them. Each log is read once, in its present state. Logs that a
    /// later build has overwritten are skipped.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="hidesPrefix">Packer's prefix is not searched.</param>
    /// <param name="builds">The builds, in the order of the list.</param>
    /// <param name="placeOf">The location of a build's log.</param>
    /// <param name="baselineOf">The baseline of a build; null compares nothing.</param>
    /// <param name="scheduler">Where files are read, in turns of some milliseconds.</param>
    public static IObservable<OtherHits> In(
        SearchPattern pattern,
        bool hidesPrefix,
        IEnumerable<BuildView> builds,
        Func<BuildView, FileLocation> placeOf,
        Func<BuildView, Baseline?> baselineOf,
        IScheduler scheduler
    ) =>
        Observable.Create<OtherHits>(observer =>
        {
            var queue = new Queue<BuildView>(builds.Where(build => build.LogReadable));
            var (found, stopwatch, open) = (
                new OtherHits(pattern, [], 0, 0, Searching: true),
                scheduler.StartStopwatch(),
                new SerialDisposable()
            );
            var (reportedAt, left, log) = (TimeSpan.Zero, 0, default(OpenLog));

            var turns = scheduler.Schedule(again =>
            {
                if (log is null && queue.TryDequeue(out var build))
                {
                    log = new OpenLog(build, placeOf(build), baselineOf(build), line =>
                        pattern.IsMatch(LineText.Searched(line, hidesPrefix))
                    );
                    (open.Disposable, left) = (log, Math.Min(MostOfOneLog, Most - found.Hits.Length));
                }

                if (log is null)
                {
                    observer.OnNext(found with { Searching = false });
                    observer.OnCompleted();
                    return;
                }

                if (!log.Step())
                {
                    found =
                        log.Count == 0
                            ? found
                            : found with
                            {
                                Hits = found.Hits.AddRange(log.Listed(left, hidesPrefix)),
                                Found = found.Found + log.Count,
                                Logs = found.Logs + 1,
                            };
                    (open.Disposable, log) = (null, null);
                }

                if (stopwatch.Elapsed - reportedAt >= ReportPace)
                {
                    reportedAt = stopwatch.Elapsed;
                    observer.OnNext(found);
                }

                again();
            });
            // The file is closed after a turn that may be running.
            return new CompositeDisposable(turns, Disposable.Create(() => scheduler.Schedule(open.Dispose)));
        });

    private sealed class OpenLog(BuildView build, FileLocation place, Baseline? baseline, Func<string, bool> wanted) : IDisposable
    {
        private readonly LogReader _reader = new(place);
        private readonly LineScan _scan = new(wanted);

        public long Count => _scan.Hits.Found;

        public bool Step() => _scan.Step(_reader);

        public IEnumerable<OtherHit> Listed(int most, bool hidesPrefix)
        {
            for (var index = 0; index < Math.Min(most, _scan.Hits.Count); index++)
            {
                var hit = _scan.Hits[index];
                if (_reader.PageFrom(hit.Offset, 1).Lines is not [var line])
                    continue;
                var step = build.LogShared ? null : build.Log?.Trail.Steps.LastOrDefault(known => known.Line <= hit.Number)?.Name;
                var status = baseline?.IsNew(line.Text) switch
                {
                    true => LineStatus.New,
                    false => LineStatus.Usual,
                    null => (LineStatus?)null,
                };
                yield return new OtherHit(build.Id, Words.Name(build), hit.Number, step, LineText.Plain(line.Text, hidesPrefix), status)
                {
                    Began = (build.StartedAt, Words.Thread(build.Worker)),
                };
            }
        }

        public void Dispose() => _reader.Dispose();
    }
}
