using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The first lines of each kind that may be a failure's reason. Bounded, whatever the length of the log.</summary>
public sealed record ProblemTrail : IArchived<ProblemTrail>
{
    public const int LongestText = 200;

    /// <summary>The first few of a kind are enough: the reason is the first that good builds do not have.</summary>
    private const int MostOfKind = 10;

    public static readonly ProblemTrail Empty = new();

    public ImmutableArray<Problem> Problems { get; internal init; } = [];

    /// <summary>The number of problems, including those that were not kept.</summary>
    public long Count { get; internal init; }

    /// <summary>The number of lines that no good build had; 0 without a baseline.</summary>
    public long NewCount { get; internal init; }

    internal ProblemTrail Apply(PackerLine said, PlainLine plain, TimedLine timed)
    {
        var trail = timed.IsNew == true ? this with { NewCount = NewCount + 1 } : this;
        if (KindOf(said, plain.Colour) is { } problem)
            trail = trail.With(problem.Kind, problem.Text, timed) with { Count = Count + (IsProblem(problem.Kind) ? 1 : 0) };
        else if (timed.IsNew == true && timed.Text.AsSpan().Trim().Length > 0)
            trail = trail.With(
                ErrorWords.SoundBad(timed.Text) ? ProblemKind.NewError : ProblemKind.New,
                said is OutputLine output ? output.Text : timed.Text,
                timed
            );
        return trail;
    }

    /// <summary>The same with these lines alone.</summary>
    internal ProblemTrail Only(IReadOnlySet<long> lines) =>
        this with
        {
            Problems = [.. Problems.Where(problem => lines.Contains(problem.Line))],
        };

    /// <summary>A total with errors as a problem; null for any other line.</summary>
    internal static string? Reported(PackerLine said) =>
        said switch
        {
            ConfigureDoneLine { Errors: > 0 } done => $"{done.Errors} errors, {done.Warnings} warnings executing configure",
            ComponentDoneLine { Errors: > 0 } done =>
                $"configure on component {done.Component} executed, {done.Errors} errors, {done.Warnings} warnings",
            _ => null,
        };

    private ProblemTrail With(ProblemKind kind, string text, TimedLine timed)
    {
        var problem = timed.As(kind, text);
        var same = 0;
        foreach (var earlier in Problems)
        {
            if (earlier.Kind == kind && earlier.IsNew == problem.IsNew)
                same++;
        }

        return same >= MostOfKind ? this : this with { Problems = Problems.Add(problem) };
    }

    private static bool IsProblem(ProblemKind kind) => kind is not (ProblemKind.Warning or ProblemKind.Interruption);

    private static (ProblemKind Kind, string Text)? KindOf(PackerLine said, LineColour colour) => said switch
    {
        CancellingLine cancelling => (ProblemKind.Interruption, cancelling.Signal),
        StepLine { Kind: StepKind.TerminateServer or StepKind.DeleteKeypair } step => (ProblemKind.Interruption, step.Name),
        RefusedLine refused => (ProblemKind.Cause, refused.Text),
        PanicLine panic => (ProblemKind.Cause, panic.Text),
        KilledLine killed => (ProblemKind.Cause, killed.Text),
        ShellErrorLine shell => (ProblemKind.Cause, $"{shell.Speaker}: {shell.Cause}"),
        BuilderErroredLine errored => (OfPacker(errored.Message), errored.Message),
        ErrorLine error => (OfPacker(error.Text), error.Text),
        StderrLine error => (OfStderr(error.Text, colour), error.Text),
        CleanUpErrorLine error => (ProblemKind.Red, error.Text),
        OutputLine output when IsMarkedError(output.Text) => (ProblemKind.Reported, output.Text),
        _ => Reported(said) is { } sum ? (ProblemKind.Reported, sum) : null,
    };

    private static ProblemKind OfPacker(string message) =>
        Evidence.IsInterruption(message) ? ProblemKind.Interruption
        : Consequence.Is(message) ? ProblemKind.Consequence
        : ProblemKind.Cause;

    private static ProblemKind OfStderr(string text, LineColour colour) =>
        IsMarkedError(text) ? ProblemKind.Reported
        : colour == LineColour.Red && !ErrorWords.IsHarmless(text) || ErrorWords.IsSure(text) ? ProblemKind.Red
        : ProblemKind.Warning;

    private static bool IsMarkedError(string text) =>
        text.StartsWith("[ERROR]", StringComparison.Ordinal) || text.StartsWith("[FATAL]", StringComparison.Ordinal);

    ProblemTrail IArchived<ProblemTrail>.Through(Archive archive) => new()
    {
        Problems = archive.Array(Problems),
        Count = archive.Number(Count),
        NewCount = archive.Number(NewCount),
    };
}
