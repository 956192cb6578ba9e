namespace PackuilonMonitor.Core.Packer;

/// <summary>How a build ended, as far as its log shows.</summary>
public enum PackerOutcome
{
    /// <summary>The log does not say: it continues, was cut off, or two builds wrote it.</summary>
    Unknown,
    Succeeded,
    Failed,

    /// <summary>Packer was interrupted.</summary>
    Cancelled,
}

/// <summary>The basis of a verdict, best first.</summary>
public enum Witness
{
    /// <summary>"Cleanly cancelled builds", or an interruption and nothing good after it.</summary>
    Interruption,

    /// <summary>The exit code in the daemon's last line.</summary>
    FinalLine,

    /// <summary>Packer's own last lines.</summary>
    PackersEnd,

    /// <summary>The builder's error, in a log that lacks its end.</summary>
    BuildersError,

    /// <summary>Nothing.</summary>
    Nobody,
}

/// <summary>How a build ended, by its log alone.</summary>
/// <param name="Outcome">Its result.</param>
/// <param name="Witness">The basis of the result.</param>
/// <param name="EndedAt">The time in the daemon's last line (UTC, whole seconds), or null without one.</param>
/// <param name="ExitCode">The exit code in that line: the shell's, 1 whatever failed under it.</param>
public sealed record Verdict(PackerOutcome Outcome, Witness Witness, DateTimeOffset? EndedAt, int? ExitCode)
{
    public static readonly Verdict Unknown = new(PackerOutcome.Unknown, Witness.Nobody, null, null);

    /// <param name="log">The log.</param>
    /// <param name="isShared">The caller knows that another build wrote this file: then it proves nothing.</param>
    public static Verdict Of(BuildLog log, bool isShared = false)
    {
        if (isShared || log.Marks != LogMarks.None)
            return Unknown;

        var evidence = log.Evidence;
        var (outcome, witness) = Judge(evidence, log.Builders.All(builder => builder.HasEnded));
        return evidence.Final is { } final
            ? new Verdict(outcome, witness, DateTimeOffset.FromUnixTimeSeconds(final.Epoch), final.ExitCode)
            : new Verdict(outcome, witness, null, null);
    }

    private static (PackerOutcome Outcome, Witness Witness) Judge(Evidence evidence, bool allEnded) => evidence switch
    {
        { Cancelled: true } => (PackerOutcome.Cancelled, Witness.Interruption),
        { Interrupted: not null, Final.ExitCode: not 0 } => (PackerOutcome.Cancelled, Witness.Interruption),
        { Final: { } final } => (final.ExitCode == 0 ? PackerOutcome.Succeeded : PackerOutcome.Failed, Witness.FinalLine),
        { Refused: true } or { ShellFailedAfterwards: true } or { Crashed: true } => (PackerOutcome.Failed, Witness.PackersEnd),
        { Interrupted: not null, Errored: true } => (PackerOutcome.Cancelled, Witness.Interruption),
        { SomeFailed: true } => (PackerOutcome.Failed, Witness.PackersEnd),
        { Finished: true, Errored: false } => (PackerOutcome.Succeeded, Witness.PackersEnd),

        // The other builders of the template continue.
        { Errored: true } when allEnded => (PackerOutcome.Failed, Witness.BuildersError),
        _ => (PackerOutcome.Unknown, Witness.Nobody),
    };
}
