using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Why a build did not succeed.</summary>
/// <param name="Text">Plain text without escapes, at most 200 characters.</param>
/// <param name="Line">The number of its line, from 1.</param>
public sealed record Reason(string Text, long Line) : IArchived<Reason>
{
    /// <summary>Packer's error, if the text is a cause from an earlier line; otherwise null.</summary>
    public string? Context { get; init; }

    /// <summary>
    /// The cause of a failure (docs/packer-logs.md describes the search); for a cancelled build where it was interrupted. Null for a build
    /// that succeeded, and while no line shows how it ends.
    /// </summary>
    public static Reason? Of(BuildLog log, Verdict verdict) => verdict.Outcome switch
    {
        PackerOutcome.Failed => log.Remembered is { } remembered ? remembered.Failed : Failure(log, verdict.ExitCode),
        PackerOutcome.Cancelled => log.Remembered is { } remembered ? remembered.Cancelled : Interruption(log),
        PackerOutcome.Succeeded or PackerOutcome.Unknown => null,
    };

    public static Reason? Of(BuildLog log) => Of(log, Verdict.Of(log));

    /// <summary>The lines of the reason if the build failed, and if it was interrupted.</summary>
    internal static IReadOnlySet<long> LinesOf(BuildLog log) => new[] { PackerOutcome.Failed, PackerOutcome.Cancelled }
        .Select(outcome => Of(log, Verdict.Of(log) with { Outcome = outcome })?.Line)
        .OfType<long>()
        .ToHashSet();

    private static Reason? Failure(BuildLog log, int? exitCode)
    {
        if (log.Refusal is { } refusal && log.Evidence.Refused)
            return With(refusal.Headline, refusal.Text);
        if (log.Evidence is { Refused: true } or { ShellFailedAfterwards: true } && First(log, ProblemKind.Cause) is { } refused)
            return refused;
        if (log.Worst is not { } worst)
            return First(log, ProblemKind.Warning) ?? ByExitCode(log, exitCode);

        // A log that was cut before its end has at best Packer's own error.
        var error =
            worst.Message ?? worst.Errors.LastOrDefault(said => !Consequence.Is(said.Text)) ?? worst.Errors.LastOrDefault();
        if (error is null)
            return (log.Evidence.Crashed ? log.Panic : worst.Suspects.Best()) is { } only
                ? With(only)
                : First(log, ProblemKind.Warning) ?? ByExitCode(log, exitCode);
        if (!Consequence.Is(error.Text))
            return With(
                worst.Errors.FirstOrDefault(said => said.Text == error.Text)
                    ?? worst.Suspects.Find(error.Text)
                    ?? worst.Errors.LastOrDefault(said => said.Text.EndsWith($": {error.Text}", StringComparison.Ordinal))
                    ?? error
            );
        var cause = log.Panic ?? worst.Errors.LastOrDefault(said => !Consequence.Is(said.Text)) ?? worst.Suspects.Best();
        return cause is not null
            ? With(cause) with
            {
                Context = cause.Text == error.Text ? null : error.Text,
            }
            : With(worst.Errors.FirstOrDefault(said => said.Text == error.Text) ?? error);
    }

    private static Reason With(Problem problem, string? text = null) => new(text ?? problem.Text, problem.Line);

    private static Reason? First(BuildLog log, ProblemKind worst)
    {
        var best = log.Problems.Problems
            .Where(problem => problem.Kind <= worst && (problem.IsNew || problem.Kind == ProblemKind.Consequence))
            .MinBy(problem => (problem.Kind, problem.Line));
        return best is null ? null : With(best);
    }

    /// <summary>Only if the build has the code of the daemon's last line: the words must not contradict the figure beside them.</summary>
    private static Reason? ByExitCode(BuildLog log, int? exitCode) => exitCode is { } code
        ? new Reason($"exit code {code}, and no line that says why", log.LineCount)
        : null;

    private static Reason Interruption(BuildLog log)
    {
        var doing = log.Trail.Steps.LastOrDefault(step => !step.IsClearingUp);
        var place = log.Problems.Problems.FirstOrDefault(
            problem => problem.Kind == ProblemKind.Interruption && problem.Line > (doing?.Line ?? 0));
        var signal = log.Evidence.Interrupted is { Length: > 0 } named ? $" ({named})" : "";
        var text = doing is null ? $"interrupted{signal}" : $"interrupted{signal} during: {doing.Name}";
        return new Reason(Cut.WithSign(text, ProblemTrail.LongestText), place?.Line ?? log.LineCount);
    }

    Reason IArchived<Reason>.Through(Archive archive) =>
        new(archive.Text(Text), archive.Number(Line)) { Context = archive.TextOrNull(Context) };
}

/// <summary>The reasons of a log whose lines are not kept.</summary>
/// <param name="Failed">The reason if the build failed.</param>
/// <param name="Cancelled">The reason if it was interrupted.</param>
public sealed record RememberedReasons(Reason? Failed, Reason? Cancelled) : IArchived<RememberedReasons>
{
    RememberedReasons IArchived<RememberedReasons>.Through(Archive archive) =>
        new(archive.OwnOrNull(Failed), archive.OwnOrNull(Cancelled));
}
