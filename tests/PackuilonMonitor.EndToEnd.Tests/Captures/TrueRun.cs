using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Tests.Captures;

/// <summary>A build as it really was.</summary>
/// <param name="States">The states that are right for how it ended.</param>
/// <param name="EndedAt">Null where the daemon did not live to see the end.</param>
public sealed record TrueRunBuild(
    string Thread,
    string LogFile,
    string Image,
    string? Template,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int? ExitCode,
    params BuildState[] States
)
{
    public override string ToString() => $"{Thread} {LogFile} {StartedAt:HH:mm:ss}";
}

/// <summary>A message that came to nothing.</summary>
/// <param name="Why">Null where no line was ever written about it.</param>
/// <param name="At">The time of the line, where it is known.</param>
public sealed record TrueRunRefusal(string? Thread, Refusal? Why, DateTimeOffset? At = null);

/// <summary>A message that a thread took.</summary>
public sealed record TrueRunJob(string Thread, string Image, DateTimeOffset TakenAt);

/// <summary>What really happened, to hold the fold against.</summary>
public sealed record TrueRun(IReadOnlyList<TrueRunBuild> Builds, IReadOnlyList<TrueRunRefusal> Refusals)
{
    /// <summary>
    /// Where these are known, two threads that took one image together are interchangeable, also if one of them died of it.
    /// </summary>
    public IReadOnlyList<TrueRunJob> Jobs { get; init; } = [];

    /// <summary>Builds of one image and template whose starts are no further apart cannot be told from one another by any log.</summary>
    private static readonly TimeSpan Interchangeable = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan EndTolerance = TimeSpan.FromSeconds(2.5);

    /// <summary>What the state has wrong, each in one line; empty if all is exact.</summary>
    public IReadOnlyList<string> Faults(MonitorState state) => [.. BuildFaults(BuildView.All(state)), .. Unfounded(state.Rejections)];

    /// <summary>What is wrong with these builds.</summary>
    public IReadOnlyList<string> BuildFaults(IEnumerable<BuildView> builds)
    {
        var faults = new List<string>();
        var found = builds.ToList();
        var swapped = new List<TrueRunBuild>();
        foreach (var build in Builds.OrderBy(build => build.StartedAt))
        {
            var hit = found
                .Where(view =>
                    view.Name.File == build.LogFile && view.StartedAt is { } at && (at - build.StartedAt).Duration() <= Interchangeable
                )
                .MinBy(view => (view.Worker?.ToString() != build.Thread, (view.StartedAt!.Value - build.StartedAt).Duration()));
            if (hit is null)
            {
                faults.Add($"{build}: missing");
                continue;
            }

            found.Remove(hit);
            var wrong = Wrong(build, hit).ToList();
            if (wrong.Count == 0 && hit.Worker?.ToString() != build.Thread && hit.Worker is not null)
                swapped.Add(build);
            else if (hit.Worker?.ToString() != build.Thread)
                wrong.Add($"thread {hit.Worker}");
            faults.AddRange(wrong.Select(what => $"{build}: {what}"));
        }

        faults.AddRange(
            swapped
                .Where(build =>
                    !swapped.Any(other => other != build && AreTwins(build, other)) && !TookOneImage(build.Thread, build.StartedAt)
                )
                .Select(build => $"{build}: thread of another")
        );
        faults.AddRange(found.Select(view => $"extra: {view.Worker} {view.Name.File} {view.StartedAt}"));
        return faults;
    }

    private static IEnumerable<string> Wrong(TrueRunBuild build, BuildView hit)
    {
        if (!build.States.Contains(hit.State))
            yield return $"{hit.State} and not {string.Join(" or ", build.States)}";
        if ((hit.Image.Text, hit.Template) != (build.Image, build.Template))
            yield return $"read as {hit.Image} with {hit.Template}";
        if (build.EndedAt is { } end && !(hit.EndedAt is { } at && (at - end).Duration() <= EndTolerance))
            yield return $"ended {hit.EndedAt} and not {end}";
        if (hit.ExitCode is { } code && build.ExitCode is { } really && code != really)
            yield return $"exit code {code} and not {really}";
    }

    private bool TookOneImage(string? thread, DateTimeOffset at) =>
        Jobs.LastOrDefault(job => job.Thread == thread && job.TakenAt <= at.AddSeconds(1)) is { } own
        && Jobs.Any(job => job.Thread != thread && job.Image == own.Image && (job.TakenAt - own.TakenAt).Duration() <= Interchangeable);

    private static bool AreTwins(TrueRunBuild one, TrueRunBuild other) =>
        (one.Image, one.Template) == (other.Image, other.Template) && (one.StartedAt - other.StartedAt).Duration() <= Interchangeable;

    private IEnumerable<string> Unfounded(IEnumerable<Rejection> rejections)
    {
        var left = rejections.ToList();
        foreach (var refusal in Refusals.Where(refusal => refusal.Why is not null))
        {
            var hit = left.Find(rejection =>
                rejection.Why == refusal.Why
                && (refusal.At is not { } at || (rejection.At - at).Duration() < Interchangeable)
                && (rejection.Worker is null || rejection.Worker.ToString() == refusal.Thread || TookOneImage(refusal.Thread, rejection.At))
            );
            if (hit is null)
                yield return $"not found: {refusal}";
            else
                left.Remove(hit);
        }

        // Of a message that no line was written about, a line about something else may seem to tell.
        foreach (var rejection in left.Skip(Refusals.Count(refusal => refusal.Why is null)))
            yield return $"never was: {rejection.Worker} {rejection.Why}";
    }
}
