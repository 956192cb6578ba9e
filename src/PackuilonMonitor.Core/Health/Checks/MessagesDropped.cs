using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Lines were dropped or lost, perhaps ours: builds and changes may be missing.</summary>
internal static class MessagesDropped
{
    public static Check? Of(CheckInput at)
    {
        var doubt = at.State.Builds.Running.Any(build => build.State is BuildState.Unknown);
        var losses = at.Vitals.Dropped.Losses.Values
            .Where(loss => doubt || at.Elapsed(loss.LastAt) < HealthLimits.Dropped)
            .OrderByDescending(loss => loss.LastAt)
            .ToList();
        if (losses.Count == 0)
            return null;
        var newest = losses[0];
        return new Check(
            CheckCode.MessagesDropped,
            Severity.Unknown,
            [.. losses.Select(loss => Item(at, loss))],
            CheckSummary.Of($"{Amount(newest)} {CheckText.When(newest.LastAt, at.Now)}: builds and changes may be missing"),
            newest.IsFile
                ? "packuilon-monitor doctor"
                : "raise ratelimit.burst of imjournal in rsyslog.conf, or RateLimitBurst in journald.conf"
        );
    }

    private static HealthItem Item(CheckInput at, Loss loss) =>
        new(loss.Who, $"{Amount(loss)} {CheckText.When(loss.LastAt, at.Now)}: {loss.Line.Text}", loss.FirstAt)
        {
            Lines = [loss.Line],
            Path = loss.IsFile ? loss.Who : null,
        };

    private static string Amount(Loss loss) => loss switch
    {
        { IsFile: true, Amount: 0 } => "lines lost",
        { IsFile: true } => $"{CheckText.Count(loss.Amount, "byte", "bytes")} of lines lost",
        { Amount: 0 } => "messages dropped",
        _ => $"{CheckText.Count(loss.Amount, "message", "messages")} dropped",
    };
}
