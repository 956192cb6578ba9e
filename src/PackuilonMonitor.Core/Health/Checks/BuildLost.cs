using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// The newest build of an image and template was interrupted, or nobody waits for its verdict any more: nothing will build it again by
/// itself.
/// </summary>
internal static class BuildLost
{
    /// <summary>A log is this build's if it was written after its start; the clocks of file and line differ by no more than this.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public static Check? Of(CheckInput at)
    {
        var lost = PairVerdicts
            .Newest(at)
            .Where(build => build.Running || build.State is BuildState.Lost or BuildState.Cancelled && !(build.EndedAt > at.Now))
            .ToList();
        if (lost.Count == 0)
            return null;
        var summary = new CheckSummary(
            $"{CheckText.Count(lost.Count, "build lost, nobody builds it", "builds lost, nobody builds them")} again: ",
            [.. lost.Select(build => CheckText.Pair(build.Pair()))],
            ""
        );
        return new Check(
            CheckCode.BuildLost,
            Severity.Warn,
            [.. lost.Select(build => Item(at, build))],
            summary,
            "touch the profile in Aquilon, or queue it by hand"
        );
    }

    /// <summary>
    /// No line says that it ended, but its log shows an interruption, or has Packer's last words without a verdict. Only a log that is
    /// certainly this build's counts.
    /// </summary>
    public static bool IsLostByItsLog(CheckInput at, BuildView build)
    {
        if (
            !build.Running
            || build.LogShared
            || build.Log is not { ModifiedAt: { } written } log
            || written > at.Now
            || written < build.StartedAt - Slack
        )
            return false;
        return Verdict.Of(log).Outcome switch
        {
            PackerOutcome.Cancelled => log.Evidence.Cancelled,
            PackerOutcome.Succeeded or PackerOutcome.Failed => log.Evidence.Finished && at.Elapsed(written) >= HealthLimits.EndUntold,
            PackerOutcome.Unknown => false,
        };
    }

    private static HealthItem Item(CheckInput at, BuildView build)
    {
        var end = PairVerdicts.EndOf(at, build);
        var outcome = build.Log is { } log && !build.LogShared ? Verdict.Of(log).Outcome : PackerOutcome.Unknown;
        var cause =
            build.State is BuildState.Cancelled || outcome is PackerOutcome.Cancelled ? build.Reason ?? "its log says it was interrupted"
            : build.Running ? "Packer ended, and the daemon says nothing of it"
            : build.Build?.Line ?? "its worker was lost";
        var well = outcome is PackerOutcome.Succeeded ? ", Packer ended well" : "";
        return new HealthItem(
            build.Pair(),
            $"{CheckText.When(end, at.Now)}{(build.Worker is { } worker ? $" {worker}" : "")}: "
            + $"{cause}{well}{PairVerdicts.Again(at, build)}",
            end
        )
        {
            Build = build.Id,
            Thread = build.Worker,
            Lines = BuildFailed.LinesOf(at, build, end),
        };
    }
}
