using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// rabbit2packer does not run, or none of its threads is left; or cdp-listend does not run. Never from silence alone: an idle daemon is as
/// silent as a dead one.
/// </summary>
internal static class DaemonDown
{
    public const string Daemon = "rabbit2packer";
    private const string Listener = "cdp-listend";

    public static Check? Of(CheckInput at)
    {
        var items = new[] { OfDaemon(at), OfListener(at) }.OfType<HealthItem>().OrderByDescending(item => item.Since).ToImmutableArray();
        if (items.IsEmpty)
            return null;
        var first = items.FirstOrDefault(item => item.Id == Daemon) ?? items[0];
        var summary =
            items.Length > 1 ? CheckSummary.Of($"{first.Text}; {Listener} too")
            : first.Id == Daemon ? Summary(at, first)
            : CheckSummary.Of($"{Listener} {first.Text}");
        return new Check(CheckCode.DaemonDown, Severity.Error, items, summary, first.Do!);
    }

    private static CheckSummary Summary(CheckInput at, HealthItem item) =>
        Trouble(at) is { Words: var words, At: var since }
            ? new CheckSummary("", [words], $" {CheckText.When(since, at.Now)}")
            : CheckSummary.Of(item.Text);

    private static HealthItem? OfDaemon(CheckInput at)
    {
        if (Trouble(at) is not { } sign)
            return null;
        var waiting = at.State.Waiting;
        var starts = at.Vitals.Daemon.FailedStarts;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{sign.Words} {CheckText.When(sign.At, at.Now)}{(starts > 1 ? $", {starts} starts failed in a row" : "")}"
            + $"{(waiting > 0 ? $", {CheckText.Count(waiting, "message waits", "messages wait")}" : "")}{LastWords(at)}"
        );
        return new HealthItem(Daemon, text, sign.At)
        {
            Lines = [.. sign.Lines],
            Do =
                sign.Lines.IsEmpty || IsOfThreads(at)
                    ? $"systemctl restart {Daemon}"
                    : $"systemctl status {Daemon}; journalctl -u {Daemon} -n 50",
        };
    }

    private static string LastWords(CheckInput at) =>
        IsOfThreads(at) && !at.Vitals.Daemon.LastWords.IsEmpty
            ? $"; {string.Join("; ", at.Vitals.Daemon.LastWords.Select(words => $"Thread-{words.Key}: {words.Value.Text}"))}"
            : "";

    private static bool IsOfThreads(CheckInput at) => at.Vitals.Daemon is { Down: null, Stopped: null, Started: null };

    /// <summary>The evidence that it is down, in a few words.</summary>
    private static Sign? Trouble(CheckInput at)
    {
        var life = at.Vitals.Daemon;
        if (life.Down is { } down)
            return down;
        if (life.Stopped is { } stopped)
            return at.Elapsed(stopped.At) >= at.Limits.DaemonStop ? stopped : null;
        if (life.Started is { } started && at.Elapsed(started.At) >= at.Limits.DaemonStop)
            return started with { Words = "started, and no word of a worker since" };
        var lost = at.State.Workers.Values.Where(worker => worker.Activity is Lost).ToList();
        if (at.Workers is not { } all || lost.Count < all)
            return null;
        var last = lost.MaxBy(worker => worker.Since)!;
        return new Sign(
            string.Create(CultureInfo.InvariantCulture, $"0 of {all} workers alive since"), last.Since,
            [.. lost.OrderBy(worker => worker.Since).SelectMany(worker => WorkerLost.LinesOf(at, worker))]);
    }

    private static HealthItem? OfListener(CheckInput at)
    {
        var life = at.Vitals.Listener;
        var sign = life.Down ?? (life.Stopped is { } stopped && at.Elapsed(stopped.At) >= at.Limits.DaemonStop ? stopped : null);
        var text = sign is null ? "" : $"{sign.Words} {CheckText.When(sign.At, at.Now)}: no change is noticed";
        return sign is null ? null : new HealthItem(Listener, text, sign.At)
        {
            Lines = [.. sign.Lines],
            Do = $"systemctl status {Listener}; journalctl -u {Listener} -n 50",
        };
    }
}
