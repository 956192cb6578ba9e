using System.Buffers;
using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The first lines of each kind that may be a failure's reason. Its size has a bound, whatever the log.</summary>
public sealed record ProblemTrail
{
    public const int LongestText = 200;

    /// <summary>Of one kind the first few are enough: the reason is the first that good builds do not have.</summary>
    private const int MostOfKind = 10;

    private const int Around = 3;

    private static readonly SearchValues<string> BadWords = SearchValues.Create(
        ["error", "fail", "fatal", "cannot", "can't", "unable", "denied", "not found", "no such", "timeout", "timed out", "traceback"],
        StringComparison.OrdinalIgnoreCase);

    public static readonly ProblemTrail Empty = new();

    public ImmutableArray<Problem> Problems { get; internal init; } = [];

    /// <summary>How many lines were problems, also those that were not kept.</summary>
    public long Count { get; internal init; }

    /// <summary>How many lines no good build had; 0 without a baseline.</summary>
    public long NewCount { get; internal init; }

    private ImmutableArray<string> Recent { get; init; } = [];

    internal ProblemTrail Apply(PackerLine said, PlainLine plain, bool? isNew, long line)
    {
        var text = Cut.WithSign(plain.Text, LongestText);
        var trail = Problems.IsEmpty ? this : this with { Problems = FollowedBy(text, line) };
        if (isNew == true)
            trail = trail with { NewCount = NewCount + 1 };
        if (KindOf(said, plain.Colour) is { } problem)
            trail = trail.With(problem.Kind, problem.Text, isNew ?? true, line) with { Count = Count + (IsProblem(problem.Kind) ? 1 : 0) };
        else if (isNew == true && text.AsSpan().Trim().Length > 0)
            trail = trail.With(SoundsBad(text) ? ProblemKind.NewError : ProblemKind.New, SaidBy(said, text), true, line);
        return trail with { Recent = Recent.Length < Around ? Recent.Add(text) : [.. Recent[1..], text] };
    }

    /// <summary>The same with these lines alone.</summary>
    internal ProblemTrail Only(IReadOnlySet<long> lines) => this with { Problems = [.. Problems.Where(problem => lines.Contains(problem.Line))], Recent = [] };

    private ProblemTrail With(ProblemKind kind, string text, bool isNew, long line)
    {
        var same = 0;
        foreach (var earlier in Problems)
        {
            if (earlier.Kind == kind && earlier.IsNew == isNew)
                same++;
        }

        return same >= MostOfKind
            ? this
            : this with { Problems = Problems.Add(new Problem(kind, line, Cut.WithSign(text.Trim(), LongestText), isNew, Recent, [])) };
    }

    private ImmutableArray<Problem> FollowedBy(string text, long line)
    {
        var problems = Problems;
        for (var at = problems.Length - 1; at >= 0 && line - problems[at].Line <= Around; at--)
            problems = problems.SetItem(at, problems[at] with { After = problems[at].After.Add(text) });
        return problems;
    }

    private static bool IsProblem(ProblemKind kind) => kind is not (ProblemKind.Warning or ProblemKind.Interruption);

    private static (ProblemKind Kind, string Text)? KindOf(PackerLine said, LineColour colour) => said switch
    {
        CancellingLine cancelling => (ProblemKind.Interruption, cancelling.Signal),
        StepLine { Kind: StepKind.TerminateServer or StepKind.DeleteKeypair } step => (ProblemKind.Interruption, step.Name),
        RefusedLine refused => (ProblemKind.Cause, refused.Text),
        ShellErrorLine shell => (ProblemKind.Cause, $"{shell.Speaker}: {shell.Cause}"),
        BuilderErroredLine errored => (OfPacker(errored.Message), errored.Message),
        ErrorLine error => (OfStderr(error.Text, colour), error.Text),
        ConfigureDoneLine { Errors: > 0 } done => (ProblemKind.Reported, $"{done.Errors} errors, {done.Warnings} warnings executing configure"),
        ComponentDoneLine { Errors: > 0 } done =>
            (ProblemKind.Reported, $"configure on component {done.Component} executed, {done.Errors} errors, {done.Warnings} warnings"),
        OutputLine output when IsMarkedError(output.Text) => (ProblemKind.Reported, output.Text),
        _ => null,
    };

    private static ProblemKind OfPacker(string message) =>
        message.EndsWith(": interrupted", StringComparison.Ordinal) ? ProblemKind.Interruption
        : message.StartsWith("Script exited with non-zero exit status", StringComparison.Ordinal) ? ProblemKind.Consequence
        : ProblemKind.Cause;

    /// <summary>Behind a red arrow stands an error of Packer's or, since 1.3, any line of a provisioner's stderr.</summary>
    private static ProblemKind OfStderr(string text, LineColour colour) =>
        IsMarkedError(text) || IsPackersError(text) ? OfPacker(text)
        : text.StartsWith("[WARN", StringComparison.Ordinal) || colour != LineColour.Red ? ProblemKind.Warning
        : ProblemKind.Red;

    private static bool IsMarkedError(string text) =>
        text.StartsWith("[ERROR]", StringComparison.Ordinal) || text.StartsWith("[FATAL]", StringComparison.Ordinal);

    private static bool IsPackersError(string text) =>
        text.StartsWith("Error ", StringComparison.Ordinal)
        || text.StartsWith("Timeout ", StringComparison.Ordinal)
        || text.StartsWith("Script exited with ", StringComparison.Ordinal)
        || text.StartsWith("Failed to ", StringComparison.Ordinal)
        || text.EndsWith(": interrupted", StringComparison.Ordinal);

    private static bool SoundsBad(string text) => text.AsSpan().ContainsAny(BadWords);

    private static string SaidBy(PackerLine said, string text) => said is OutputLine output ? output.Text : text;
}
