using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>How well a line explains a failure; smaller is better.</summary>
public enum ProblemKind
{
    /// <summary>Packer's own error, a refusal, a line marked as an error on stderr.</summary>
    Cause,

    /// <summary>An error that a provisioner or a Quattor component reported in its output.</summary>
    Reported,

    /// <summary>"Script exited with non-zero exit status": true, but only the consequence.</summary>
    Consequence,

    /// <summary>A red line without a word for an error.</summary>
    Red,

    /// <summary>A line that no good build of this image and template had, with a word such as "error" in it.</summary>
    NewError,

    /// <summary>Any other line that no good build had.</summary>
    New,

    /// <summary>A warning on stderr.</summary>
    Warning,

    /// <summary>Where Packer was interrupted, or started to clean up: shows the place of a cancelled build, never why one failed.</summary>
    Interruption,
}

/// <summary>A line that may be the reason of a failure.</summary>
/// <param name="Kind">How well it explains the failure.</param>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Text">Plain text, at most 200 characters, without Packer's prefix.</param>
/// <param name="IsNew">No good build had this line; true without a baseline.</param>
public sealed record Problem(ProblemKind Kind, long Line, string Text, bool IsNew) : IArchived<Problem>
{
    Problem IArchived<Problem>.Through(Archive archive) =>
        new((ProblemKind)archive.Number((int)Kind), archive.Number(Line), archive.Text(Text), archive.Flag(IsNew));
}

/// <summary>A line with its time.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="At">When; null if that is unknown.</param>
/// <param name="Text">Plain text, at most 200 characters.</param>
/// <param name="IsNew">No good build had it; null without a baseline.</param>
internal readonly record struct TimedLine(long Line, DateTimeOffset? At, string Text, bool? IsNew)
{
    public Problem As(ProblemKind kind, string text) =>
        new(kind, Line, Cut.WithSign(text.Trim(), ProblemTrail.LongestText), IsNew ?? true);
}
