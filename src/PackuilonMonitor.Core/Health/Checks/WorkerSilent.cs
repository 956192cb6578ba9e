using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// A thread took a message and then neither built nor refused it. One that has built something for it never counts: it may test the image.
/// </summary>
internal static class WorkerSilent
{
    public static Check? Of(CheckInput at)
    {
        var items = at
            .State.Workers.Values.Where(worker => worker.Activity is Preparing { Job.Built.IsEmpty: true })
            .Select(worker => (worker.Id, ((Preparing)worker.Activity).Job))
            .Where(worker =>
                at.Elapsed(worker.Job.TakenAt) >= at.Limits.WorkerSilent && at.Around.HasNoTemplates?.Invoke(worker.Job.Image) != true
            )
            .OrderByDescending(worker => worker.Job.TakenAt)
            .Select(worker => new HealthItem(
                worker.Id.ToString(),
                $"{worker.Job.Image.Text} {Words.Span(at.Elapsed(worker.Job.TakenAt))}",
                worker.Job.TakenAt
            )
            {
                Thread = worker.Id,
            })
            .ToImmutableArray();
        if (items.IsEmpty)
            return null;
        var took =
            items.Length == 1
                ? "1 worker took a message, builds nothing: "
                : $"{CheckText.Count(items.Length, "", "workers took messages, build nothing")}: ";
        return new Check(
            CheckCode.WorkerSilent,
            Severity.Warn,
            items,
            new CheckSummary(took, [.. items.Select(item => $"{item.Id} {item.Text}")], ""),
            $"packuilon-monitor events | grep {items[0].Id}"
        );
    }
}
