using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The lines of a log about its build's end.</summary>
public sealed record Evidence : IArchived<Evidence>
{
    public static readonly Evidence None = new();

    /// <summary>Packer started to build. Without colours it does not say so itself; its actions show it.</summary>
    public bool PackerRan { get; internal init; }

    /// <summary>A line was Packer's, its shell's or the daemon's: this is a build log.</summary>
    public bool IsBuildLog { get; internal init; }

    /// <summary>Packer or the shell refused before anything was built.</summary>
    public bool Refused { get; internal init; }

    /// <summary>The shell could not start something after Packer had ended.</summary>
    public bool ShellFailedAfterwards { get; internal init; }

    public bool Errored { get; internal init; }

    /// <summary>"Some builds didn't complete successfully and had errors:"</summary>
    public bool SomeFailed { get; internal init; }

    /// <summary>"Builds finished", whether with artifacts or without.</summary>
    public bool Finished { get; internal init; }

    /// <summary>"Builds finished but no artifacts were created."</summary>
    public bool NoArtifacts { get; internal init; }

    /// <summary>The signal that stopped Packer ("terminated"); empty if the log only says that it was interrupted.</summary>
    public string? Interrupted { get; internal init; }

    /// <summary>Packer itself panicked and printed its banner, or a signal ended it.</summary>
    public bool Crashed { get; internal init; }

    /// <summary>"Cleanly cancelled builds after being interrupted."</summary>
    public bool Cancelled { get; internal init; }

    /// <summary>The daemon's line, while no line follows it.</summary>
    public DaemonFinishedLine? Final { get; internal init; }

    /// <summary>The log has a line that can only follow a beginning.</summary>
    internal bool HasContent { get; init; }

    /// <summary>A builder wrote a line: Packer did not refuse to start.</summary>
    internal bool BuilderSpoke { get; init; }

    /// <summary>Packer's part is over: its last lines have arrived.</summary>
    internal bool IsOver => Finished || Cancelled;

    /// <param name="said">The line.</param>
    /// <param name="byBuilder">It has a builder's prefix.</param>
    internal Evidence Apply(PackerLine said, bool byBuilder)
    {
        if (said is OtherLine { Text.Length: 0 } && Final is not null)
            return this;
        var before = Final is null ? this : this with { Final = null };
        if (byBuilder && !before.BuilderSpoke && said is not ListedLine)
            before = before with { BuilderSpoke = true, Refused = false };
        return said switch
        {
            OtherLine => before,
            BannerLine => before with { PackerRan = true, IsBuildLog = true },
            DaemonFinishedLine final => this with { Final = final, IsBuildLog = true },

            RefusedLine refused => before.BuilderSpoke
                ? before
                : before with
                {
                    Refused = true,
                    IsBuildLog = true,
                    HasContent = before.HasContent || !MayPrecedeABanner(refused.Text),
                },
            PanicLine { OfPlugin: false } => before with { Refused = !before.BuilderSpoke, IsBuildLog = true },
            CrashLine => before with { Crashed = true, IsBuildLog = true },
            PanicLine => before,
            KilledLine => before.IsOver ? before : before with { Crashed = true, IsBuildLog = true },
            ShellErrorLine => before.IsOver ? before with { ShellFailedAfterwards = true }
            : before.PackerRan ? before
            : before with { Refused = true, IsBuildLog = true },
            BuilderErroredLine errored => before with
            {
                Errored = true,
                IsBuildLog = true,
                PackerRan = true,
                HasContent = true,
                Interrupted = IsInterruption(errored.Message) ? before.Interrupted ?? "" : before.Interrupted,
            },
            SomeBuildsFailedLine => before with { SomeFailed = true, IsBuildLog = true },
            BuildsFinishedLine finished => before with { Finished = true, NoArtifacts = !finished.WithArtifacts, IsBuildLog = true },
            CancellingLine cancelling => before with { Interrupted = Cut.WithSign(cancelling.Signal, 40), IsBuildLog = true },
            CancelledLine => before with { Cancelled = true, Interrupted = before.Interrupted ?? "", IsBuildLog = true },
            StepLine or ErrorLine or StderrLine or CleanUpErrorLine or BuilderFinishedLine => before with
            {
                IsBuildLog = true,
                PackerRan = true,
                HasContent = true,
            },
            _ => before.HasContent ? before : before with { HasContent = true },
        };
    }

    /// <summary>
    /// "Error: …" at column 0 may be the words of a program before Packer, and versions up to 1.4 went on without a build that they could
    /// not begin: neither is content that a banner must not follow.
    /// </summary>
    private static bool MayPrecedeABanner(string refusal) =>
        refusal.StartsWith("Error: ", StringComparison.Ordinal)
        || refusal.StartsWith("Failed to initialize build ", StringComparison.Ordinal);

    internal static bool IsInterruption(string message) =>
        message.EndsWith(": interrupted", StringComparison.Ordinal) || message == "Build was cancelled.";

    Evidence IArchived<Evidence>.Through(Archive archive) => new()
    {
        PackerRan = archive.Flag(PackerRan),
        IsBuildLog = archive.Flag(IsBuildLog),
        Refused = archive.Flag(Refused),
        ShellFailedAfterwards = archive.Flag(ShellFailedAfterwards),
        Errored = archive.Flag(Errored),
        SomeFailed = archive.Flag(SomeFailed),
        Finished = archive.Flag(Finished),
        NoArtifacts = archive.Flag(NoArtifacts),
        Interrupted = archive.TextOrNull(Interrupted),
        Crashed = archive.Flag(Crashed),
        Cancelled = archive.Flag(Cancelled),
        Final = archive.OwnOrNull(Final),
        HasContent = archive.Flag(HasContent),
        BuilderSpoke = archive.Flag(BuilderSpoke),
    };
}
