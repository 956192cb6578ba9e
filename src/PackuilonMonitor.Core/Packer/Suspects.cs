using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// The lines of the running provisioner that may explain its failure, the last few of each kind. Most scripts stop at the command that
/// fails, so the last bad line is the cause; Quattor runs all its components, so there it is the first.
/// </summary>
internal sealed record Suspects : IArchived<Suspects>
{
    private const int Most = 6;

    public static readonly Suspects None = new();

    /// <summary>Lines on stderr.</summary>
    private ImmutableArray<Problem> Red { get; init; } = [];

    /// <summary>Output that reads like an error.</summary>
    private ImmutableArray<Problem> Sure { get; init; } = [];

    private Problem? Reported { get; init; }

    /// <summary>Ansible's result is written over several lines; its message is in one to come.</summary>
    private bool AwaitsMessage { get; init; }

    /// <summary>Ansible's message is a block of text that begins in the next line.</summary>
    private bool AwaitsBlock { get; init; }

    /// <summary>A state of Salt's failed in the line before.</summary>
    private bool StateFailed { get; init; }

    /// <summary>The last line that reads badly and that no good build had.</summary>
    private Problem? Unusual { get; init; }

    public Suspects Apply(PackerLine said, bool quattor, TimedLine timed) =>
        said switch
        {
            StderrLine { Text: var text } when StateFailed => Commented(text, timed),
            // Without colours a message that sounds bad is taken for a line on stderr.
            OutputLine { Text: var text } when AwaitsBlock && ToolOutput.IsTextOfBlock(text) => WithMessage($"msg: {text.Trim()}"),
            StderrLine { Text: var text } when AwaitsBlock && ToolOutput.IsTextOfBlock(text) => WithMessage($"msg: {text.Trim()}"),
            OutputLine { Text: var text } when quattor && IsMarked(text) => this with
            {
                Reported = First(timed.As(ProblemKind.Reported, text)),
            },
            StderrLine { Text: var text } when quattor && IsMarked(text) => this with
            {
                Reported = First(timed.As(ProblemKind.Reported, text)),
            },
            StderrLine stderr when !ErrorWords.IsHarmless(stderr.Text) && (Red.IsEmpty || !ToolOutput.Continues(stderr.Text)) => this with
            {
                Red = With(Red, timed.As(ProblemKind.Red, Shown(stderr.Text))),
            },
            ConfigureDoneLine { Errors: > 0 } or ComponentDoneLine { Errors: > 0 } => this with
            {
                Reported = First(timed.As(ProblemKind.Reported, ProblemTrail.Reported(said)!)),
            },
            OutputLine { Text: var text } when StateFailed => Commented(text, timed),
            OutputLine output when ToolOutput.IsFailedState(output.Text) => this with { StateFailed = true },
            OutputLine output when ToolOutput.TakesBack(output.Text) => this with
            {
                Sure = Sure.IsEmpty ? Sure : Sure[..^1],
                AwaitsMessage = false,
                AwaitsBlock = false,
            },
            // fatal: [default]: FAILED! =>
            //   msg: |-
            //     No package matching 'squid' found
            OutputLine output when AwaitsMessage && ToolOutput.BeginsBlock(output.Text) => this with { AwaitsBlock = true },
            // fatal: [default]: FAILED! =>
            //   msg: No package matching 'squid' found
            OutputLine output when AwaitsMessage && ToolOutput.MessageOf(output.Text) is { } message => WithMessage(message),
            OutputLine output when ErrorWords.IsSure(output.Text) => this with
            {
                AwaitsMessage = ToolOutput.IsResultToCome(output.Text),
                AwaitsBlock = false,
                Sure = With(Sure, timed.As(ProblemKind.Reported, Shown(output.Text))),
            },
            OutputLine output when timed.IsNew == true && ErrorWords.SoundBad(output.Text) => this with
            {
                Unusual = timed.As(ProblemKind.NewError, output.Text),
            },
            _ => this,
        };

    /// <summary>The cause; null if no line looks like one that good builds do not have.</summary>
    public Problem? Best()
    {
        var red = Last(Red);
        var sure = Last(Sure);
        var reported = Reported is { IsNew: true } ? Reported : null;
        if (red is not null && ErrorWords.IsSure(red.Text) && (reported is null || red.Line > reported.Line))
            return red;
        if (reported is not null)
            return reported;
        if (red is null)
            return sure ?? Unusual;
        return sure is not null && !ErrorWords.IsSure(red.Text) && (sure.Line > red.Line || ErrorWords.OnlyConclude(red.Text)) ? sure : red;
    }

    /// <summary>The line with exactly this text.</summary>
    public Problem? Find(string text) => Red.Concat(Sure).FirstOrDefault(problem => problem.Text == text);

    /// <summary>Only the best one.</summary>
    public Suspects Brief() => Best() is { } best ? new Suspects { Red = [best] } : None;

    private Suspects WithMessage(string message) => this with
    {
        AwaitsMessage = false,
        AwaitsBlock = false,
        Sure = [.. Sure[..^1], Sure[^1] with { Text = Cut.WithSign($"{Sure[^1].Text} {message}", ProblemTrail.LongestText) }],
    };

    //           Result: False
    //          Comment: No Top file or external nodes data matches found
    private Suspects Commented(string text, TimedLine timed) => this with
    {
        StateFailed = false,
        Sure = With(Sure, timed.As(ProblemKind.Reported, Shown(text))),
    };

    private static bool IsMarked(string text) => text.StartsWith("[ERROR]", StringComparison.Ordinal);

    private Problem First(Problem problem) => Reported is { } known && (known.IsNew || !problem.IsNew) ? known : problem;

    private static Problem? Last(ImmutableArray<Problem> problems) =>
        problems.LastOrDefault(problem => problem.IsNew && !ErrorWords.OnlyConclude(problem.Text))
        ?? problems.LastOrDefault(problem => problem.IsNew);

    private static ImmutableArray<Problem> With(ImmutableArray<Problem> problems, Problem problem) =>
        problems.Length < Most ? problems.Add(problem) : [.. problems[1..], problem];

    /// <summary>Ansible's result may be longer than a reason; its message is what counts.</summary>
    private static string Shown(string text)
    {
        if (text.Length <= ProblemTrail.LongestText || text.IndexOf("=> {", StringComparison.Ordinal) is not (> 0 and var result))
            return text;
        var message = text.IndexOf("\"msg\": \"", result, StringComparison.Ordinal);
        return message < 0 ? text : $"{text[..(result + 4)]}{text[message..].TrimEnd('}')}}}";
    }

    Suspects IArchived<Suspects>.Through(Archive archive) => new()
    {
        Red = archive.Array(Red),
        Sure = archive.Array(Sure),
        Reported = archive.OwnOrNull(Reported),
        AwaitsMessage = archive.Flag(AwaitsMessage),
        AwaitsBlock = archive.Flag(AwaitsBlock),
        StateFailed = archive.Flag(StateFailed),
        Unusual = archive.OwnOrNull(Unusual),
    };
}
