using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The meaning of one line of a build log. Every case is in this file.</summary>
public abstract record PackerLine
{
    /// <summary>
    /// The meaning of a line of a build log by itself, including its colour. Never throws: a line that no rule accepts is an
    /// <see cref="OtherLine"/>.
    /// </summary>
    /// <param name="line">The line in the file, without its line end; text beyond 4,096 characters is ignored.</param>
    public static PackerLine Read(string line) => PackerGrammar.Read(line, PlainLine.Of(line).WithoutStamp()).Meaning;
}

/// <summary>Packer started to build.</summary>
public sealed record BannerLine(string Builder) : PackerLine;

/// <summary>A step began.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">Its sentence without ids, temporary names and trailing dots.</param>
/// <param name="Subject">The keypair, server or image id the sentence names.</param>
public sealed record StepLine(StepKind Kind, string Name, string? Subject) : PackerLine;

/// <summary>An error of Packer's own. By itself such a line looks like a <see cref="StderrLine"/>.</summary>
public sealed record ErrorLine(string Text) : PackerLine;

/// <summary>Text that a provisioner or post-processor wrote to stderr, as far as the log shows it.</summary>
public sealed record StderrLine(string Text) : PackerLine;

/// <summary>Packer could not remove something that the build had made.</summary>
public sealed record CleanUpErrorLine(string Text) : PackerLine;

/// <summary>Output of a provisioner or post-processor.</summary>
public sealed record OutputLine(string Text) : PackerLine;

public sealed record ServerLine(string Id) : PackerLine;

public sealed record ImageLine(string Id) : PackerLine;

public sealed record VolumeLine(string Id) : PackerLine;

/// <summary>A floating IP that Packer created; up to 1.3 the log has only its address.</summary>
public sealed record FloatingIpLine(string Id) : PackerLine;

/// <summary>The host name under which Aquilon knows the server.</summary>
public sealed record HostLine(string Name) : PackerLine;

/// <summary>Quattor started; the time is the server's own clock, without a zone.</summary>
public sealed record QuattorLine(string Version, DateTime? StartedAt) : PackerLine;

/// <summary>A part of a provisioning script began.</summary>
/// <param name="Name">What it does, in our words.</param>
public sealed record StageLine(string Name) : PackerLine;

public sealed record ComponentStartedLine(string Component) : PackerLine;

public sealed record ComponentDoneLine(string Component, long Errors, long Warnings) : PackerLine;

/// <summary>Quattor's total over all components.</summary>
public sealed record ConfigureDoneLine(bool Ok, long Errors, long Warnings) : PackerLine, IArchived<ConfigureDoneLine>
{
    ConfigureDoneLine IArchived<ConfigureDoneLine>.Through(Archive archive) =>
        new(archive.Flag(Ok), archive.Number(Errors), archive.Number(Warnings));
}

/// <summary>A time that Glance printed about an image (UTC): <c>created_at</c> or <c>updated_at</c>.</summary>
public sealed record GlanceLine(bool Created, DateTimeOffset At) : PackerLine;

/// <summary>An entry of Packer's list at its end: an artifact, or the error of a build.</summary>
/// <param name="Text">The line without its arrow and name.</param>
/// <param name="ImageId">The new image, if the line names it.</param>
public sealed record ListedLine(string Text, string? ImageId) : PackerLine;

/// <summary>The builder ended. Cancelled builds write this too: it proves nothing.</summary>
public sealed record BuilderFinishedLine(string? After) : PackerLine;

public sealed record BuilderErroredLine(string? After, string Message) : PackerLine;

public sealed record WaitCompletedLine(string After) : PackerLine;

public sealed record BuildsFinishedLine(bool WithArtifacts) : PackerLine;

public sealed record SomeBuildsFailedLine : PackerLine;

public sealed record CancellingLine(string Signal) : PackerLine;

public sealed record CancelledLine : PackerLine;

/// <summary>The shell could not start something: the login script, Packer itself or what comes after it.</summary>
public sealed record ShellErrorLine(string Speaker, string Cause) : PackerLine;

/// <summary>The shell says that a signal ended Packer.</summary>
public sealed record KilledLine(string Text) : PackerLine;

/// <summary>Packer refused the template or its own set-up and built nothing.</summary>
public sealed record RefusedLine(string Text) : PackerLine;

/// <summary>A program written in Go panicked: Packer itself or, if the line names one, a plugin.</summary>
public sealed record PanicLine(string Text, bool OfPlugin) : PackerLine;

/// <summary>The banner that Packer prints after a crash.</summary>
public sealed record CrashLine : PackerLine;

/// <summary>The daemon's last line.</summary>
public sealed record DaemonFinishedLine(long Epoch, int ExitCode) : PackerLine, IArchived<DaemonFinishedLine>
{
    DaemonFinishedLine IArchived<DaemonFinishedLine>.Through(Archive archive) => new(archive.Number(Epoch), archive.Number(ExitCode));
}

/// <summary>A line that no rule accepts.</summary>
public sealed record OtherLine(string Text) : PackerLine;
