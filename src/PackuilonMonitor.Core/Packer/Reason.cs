using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Why a build did not succeed.</summary>
/// <param name="Text">Plain text without escapes, at most 200 characters.</param>
/// <param name="Line">The number of the line it rests on, from 1.</param>
/// <param name="Before">Up to three lines before that line, oldest first.</param>
/// <param name="After">Up to three lines after it.</param>
public sealed record Reason(string Text, long Line, ImmutableArray<string> Before, ImmutableArray<string> After)
{
    /// <summary>
    /// The first line of the best kind (<see cref="ProblemKind"/>) that good builds do not have; for a cancelled build where it was
    /// interrupted. Null for a build that succeeded or has no such line; while the outcome is unknown only an outright error counts.
    /// </summary>
    public static Reason? Of(BuildLog log, Verdict verdict) => verdict.Outcome switch
    {
        PackerOutcome.Succeeded => null,
        PackerOutcome.Cancelled => Interruption(log),
        PackerOutcome.Failed => First(log, ProblemKind.Warning) ?? ByExitCode(log),
        PackerOutcome.Unknown => First(log, ProblemKind.Reported),
    };

    public static Reason? Of(BuildLog log) => Of(log, Verdict.Of(log));

    /// <summary>The lines that a reason rests on if the build failed, and if it was interrupted.</summary>
    internal static IReadOnlySet<long> LinesOf(BuildLog log) => new[] { PackerOutcome.Failed, PackerOutcome.Cancelled }
        .Select(outcome => Of(log, Verdict.Unknown with { Outcome = outcome })?.Line)
        .OfType<long>()
        .ToHashSet();

    private static Reason? First(BuildLog log, ProblemKind worst)
    {
        var best = log.Problems.Problems
            .Where(problem => problem.Kind <= worst && (problem.IsNew || problem.Kind == ProblemKind.Consequence))
            .MinBy(problem => (problem.Kind, problem.Line));
        return best is null ? null : new Reason(best.Text, best.Line, best.Before, best.After);
    }

    private static Reason? ByExitCode(BuildLog log) => log.Evidence.Final is { } final
        ? new Reason($"exit code {final.ExitCode}, and no line that says why", log.LineCount, [], [])
        : null;

    private static Reason Interruption(BuildLog log)
    {
        var doing = log.Trail.Steps.LastOrDefault(step => !step.IsClearingUp);
        var place = log.Problems.Problems.FirstOrDefault(
            problem => problem.Kind == ProblemKind.Interruption && problem.Line > (doing?.Line ?? 0));
        var signal = log.Evidence.Interrupted is { Length: > 0 } named ? $" ({named})" : "";
        var text = doing is null ? $"interrupted{signal}" : $"interrupted{signal} during: {doing.Name}";
        return new Reason(
            Cut.WithSign(text, ProblemTrail.LongestText), place?.Line ?? log.LineCount, place?.Before ?? [], place?.After ?? []);
    }
}
