using System.Diagnostics;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// systemd's journal, printed by a child <c>journalctl</c>. A child that ends while it should follow is restarted after the last entry.
/// </summary>
public sealed class JournalSource(string program, TimeZoneInfo zone) : ILineSource
{
    /// <summary>The name of this source, where a file has its path.</summary>
    public static readonly SourceId Id = new("journal");

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The names under which the programs log, so that journalctl does not print everything else.</summary>
    private static readonly string[] Names =
    [
        "rabbit2packer.py",
        "/rabbit2packer.py",
        "cdb2rabbit.py",
        "/cdb2rabbit.py",
        "cdp-listend",
        "/usr/sbin/cdp-listend",
        "/usr/bin/cdp-listend",
        "/usr/local/sbin/cdp-listend",
        // These report messages that they dropped.
        "systemd-journald",
        "systemd-journal",
        // Only what systemd says about our units is read.
        Systemd,
    ];

    private const string Systemd = "systemd";

    private readonly JournalLines _lines = new(zone);
    private JournalChild? _child;

    /// <summary>Prints everything first: --follow alone would omit entries from before the last boot.</summary>
    private bool _whole;

    public IEnumerable<IReadOnlyList<TailEvent>> ReadAll(Func<Moment> clock)
    {
        yield return [Health(SourceState.Following, null, clock().At)];
        using var child = Start(follow: false);
        while (child.Take(null) is { } block)
        {
            yield return child.Events(block);
            if (!block.IsEnd)
                continue;
            if (child.Complaint() is { } why)
                yield return [Health(SourceState.Unreadable, why, clock().At)];
            else
                _whole = true;
            break;
        }
    }

    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) =>
        Observable.Create<IReadOnlyList<TailEvent>>(observer =>
        {
            var turns = new SerialDisposable();
            var (pause, healthy) = (ShortestPause, false);
            void Begin()
            {
                var child = _child = Start(follow: _whole);
                child.OnArrival(() =>
                {
                    if (!turns.IsDisposed)
                        tail.Schedule(() => Turn(child));
                });
                tail.Schedule(() => Turn(child));
            }

            // One block per turn, so that the scheduler's other work runs in between.
            void Turn(JournalChild child)
            {
                if (turns.IsDisposed || child != _child || child.Take(TimeSpan.Zero) is not { } block)
                    return;
                if (block.IsEnd && !_whole && child.Complaint() is null)
                {
                    _whole = true;
                    child.Dispose();
                    Begin();
                    return;
                }

                if (block.IsEnd)
                {
                    observer.OnNext([Health(SourceState.Unreadable, child.Complaint() ?? "journalctl ended", tail.Now)]);
                    (_child, healthy) = (null, false);
                    child.Dispose();
                    turns.Disposable = tail.Schedule(pause, Begin);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                    return;
                }

                if (!healthy)
                    observer.OnNext([Health(SourceState.Following, null, tail.Now)]);
                (healthy, pause) = (true, ShortestPause);
                observer.OnNext(child.Events(block));
                tail.Schedule(() => Turn(child));
            }

            observer.OnNext([Health(SourceState.Following, null, tail.Now)]);
            healthy = true;
            Begin();
            return turns;
        });

    public void Dispose() => _child?.Dispose();

    private JournalChild Start(bool follow)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (
            var argument in (string[])["--output=json", "--all", "--no-pager", "--quiet", .. Names.Select(name => $"--identifier={name}")]
        )
            start.ArgumentList.Add(argument);
        if (follow)
            start.ArgumentList.Add("--follow");
        // Without a cursor there were no entries of ours yet: print all that come, not only the last ten.
        if (_lines.Cursor is { } cursor)
            start.ArgumentList.Add($"--after-cursor={cursor}");
        else if (follow)
            start.ArgumentList.Add("--no-tail");
        return new JournalChild(start, new LineSplitter(Id), _lines);
    }

    private static SourceChanged Health(SourceState state, string? why, DateTimeOffset now) => new(new SourceHealth(Id, state, why, now));
}
