using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>The newest run of cdb2rabbit, or of another command of cdp-listend, failed, or is silent.</summary>
internal static class TriggerFailing
{
    private const int ErrorRuns = 3;

    public static Check? Of(CheckInput at)
    {
        var items = at.Vitals.Runs.Commands
            .Select(command => Failing(at, command.Key, command.Value))
            .Append(Silent(at))
            .OfType<HealthItem>()
            .DistinctBy(item => item.Id)
            .OrderByDescending(item => item.Since)
            .ToImmutableArray();
        if (items.IsEmpty)
            return null;
        var worst = items.Any(item => item.Severity is Severity.Error) ? Severity.Error : Severity.Warn;
        var first = items.FirstOrDefault(item => item.Id == CalledProgram.TriggerScript) ?? items[0];
        return new Check(
            CheckCode.TriggerFailing,
            worst,
            items,
            CheckSummary.Of($"{first.Id} {first.Text}"),
            first.Id == CalledProgram.TriggerScript
                ? "/usr/local/bin/cdb2rabbit.py   # as cdp-listend does; read its error"
                : "journalctl -u cdp-listend -n 50"
        );
    }

    private static HealthItem? Failing(CheckInput at, string command, CommandRuns runs)
    {
        if (runs.Failing is not { } sign || at.IsForgotten(runs.LastFailure))
            return null;
        var isScript = command == CalledProgram.TriggerScript;
        var isError = isScript && runs.Failed >= ErrorRuns && at.Now - sign.At >= at.Limits.TriggerError;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"fails since {CheckText.When(sign.At, at.Now)}, {CheckText.Count(runs.Failed, "run", "runs")}: {sign.Words}"
        );
        return new HealthItem(command, text, sign.At) { Lines = [.. sign.Lines], Severity = isError ? Severity.Error : null };
    }

    private static HealthItem? Silent(CheckInput at) =>
        at.Vitals.Runs.Open.Find(run => !run.IsUnnamed && !run.Failed && at.Elapsed(run.Line.At) >= HealthLimits.RunSilent) is { } silent
            ? new HealthItem(
                CalledProgram.TriggerScript,
                $"says nothing more since {CheckText.When(silent.Line.At, at.Now)}: {silent.Line.Text}",
                silent.Line.At
            )
            {
                Lines = [silent.Line],
            }
            : null;
}
