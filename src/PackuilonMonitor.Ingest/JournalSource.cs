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

    /// <summary>A child that fails does so at once: one that is silent for so long follows the journal.</summary>
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(2);

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
        yield return Following(clock().At);
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

    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) => Observable.Defer(() =>
    {
        var arrivals = new SerialDisposable();
        var (pause, startAt, healthy) = (ShortestPause, TimeSpan.Zero, true);

        // One block per poll, so that the scheduler's other work runs in between.
        PollResult<IReadOnlyList<TailEvent>> Poll(Poller poller)
        {
            var now = poller.Now;
            if (now.Running < startAt)
                return new(null, startAt - now.Running);
            if (_child is null)
            {
                _child = Start(follow: _whole);
                arrivals.Disposable = _child.Listen(poller.Wake);
            }

            if (_child.Take(TimeSpan.Zero) is not { } block)
            {
                if (healthy || now.Running < startAt + Trial)
                    return new(null, healthy ? null : startAt + Trial - now.Running);
                healthy = true;
                return new(Following(now.At), null);
            }

            if (!block.IsEnd)
            {
                IReadOnlyList<TailEvent> read = [.. healthy ? [] : Following(now.At), .. _child.Events(block)];
                (healthy, pause) = (true, ShortestPause);
                return new(read, TimeSpan.Zero);
            }

            var why = _child.Complaint();
            _child.Dispose();
            _child = null;
            if (!_whole && why is null)
            {
                _whole = true;
                return new(null, TimeSpan.Zero);
            }

            var wait = pause;
            (healthy, startAt, pause) = (false, now.Running + wait, pause * 2 < LongestPause ? pause * 2 : LongestPause);
            return new([Health(SourceState.Unreadable, why ?? "journalctl ended", now.At)], wait);
        }

        return Poller.Observe<IReadOnlyList<TailEvent>>(tail, TimeSpan.Zero, Poll, _ => arrivals).StartWith(Following(tail.Now));
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

    private static IReadOnlyList<TailEvent> Following(DateTimeOffset now) => [Health(SourceState.Following, null, now)];

    private static SourceChanged Health(SourceState state, string? why, DateTimeOffset now) => new(new SourceHealth(Id, state, why, now));
}
