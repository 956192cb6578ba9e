using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>A line says that a thread ended; the daemon continues without it.</summary>
internal static class WorkerLost
{
    public static Check? Of(CheckInput at)
    {
        var lost = at.State.Workers.Values.Where(worker => worker.Activity is Lost).OrderByDescending(worker => worker.Since).ToList();
        if (lost.Count == 0)
            return null;
        var since = lost[^1].Since;
        var of = at.Workers is { } all && all >= lost.Count ? string.Create(CultureInfo.InvariantCulture, $" of {all}") : "";
        var summary = new CheckSummary(
            string.Create(CultureInfo.InvariantCulture, $"{lost.Count}{of} workers lost: "),
            [.. lost.OrderBy(worker => worker.Id.Number).Select(worker => worker.Id.ToString())],
            $" since {CheckText.When(since, at.Now)}"
        );
        var running = at.State.Builds.Running.Count();
        return new Check(
            CheckCode.WorkerLost,
            Severity.Warn,
            [.. lost.Select(worker => Item(at, worker))],
            summary,
            running == 0
                ? "systemctl restart rabbit2packer"
                : $"systemctl restart rabbit2packer   # {CheckText.Count(running, "build runs: wait for it", "builds run: wait for them")}"
        );
    }

    /// <summary>The exception's last line says most, the first one names the thread.</summary>
    public static ImmutableArray<EvidenceLine> LinesOf(CheckInput at, Worker worker)
    {
        var first = new EvidenceLine(Source(at), worker.Since, worker.Text ?? "");
        return at.Vitals.Daemon.LastWords.GetValueOrDefault(worker.Id.Number) is { } last ? [last, first] : [first];
    }

    private static SourceId Source(CheckInput at) => at.SystemLogs is [var only, ..] ? only.Source : new SourceId("");

    private static HealthItem Item(CheckInput at, Worker worker)
    {
        var words = at.Vitals.Daemon.LastWords.GetValueOrDefault(worker.Id.Number)?.Text ?? worker.Text;
        return new HealthItem(
            worker.Id.ToString(),
            $"{(worker.Activity is PresumedLost ? "probably " : "")}lost {CheckText.When(worker.Since, at.Now)}: {words}",
            worker.Since
        )
        {
            Thread = worker.Id,
            Lines = LinesOf(at, worker),
        };
    }
}
