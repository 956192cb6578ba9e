using PackuilonMonitor.Core.Parsing;
using Sprache;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The sentences of Packer 1.0 to 1.6 in a build log, and the shell's and the daemon's around them.</summary>
internal static class PackerGrammar
{
    private const string Daemon = "rabbit2packer: ";

    // openstack  or  openstack (shell-local)
    private static readonly Parser<string> Name = input =>
    {
        var end = NameEnd(input.Source, input.Position);
        return end < 0
            ? Result.Failure<string>(input, "unexpected text", ["a build's name"])
            : Result.Success(input.Source[input.Position..end], LineInput.At(input, end));
    };

    // openstack: output will be in this color.   (1.6)
    // openstack output will be in this color.    (1.0)
    private static readonly Parser<PackerLine> Banner =
        from builder in Slices.Word
        from said in Slices.Literal(" output will be in this color.")
        from end in Slices.End
        select new BannerLine(builder.TrimEnd(':'));

    // Build 'openstack' finished.
    // Build 'openstack' finished after 8 minutes 479 milliseconds.
    private static readonly Parser<PackerLine> BuilderFinished =
        from build in Slices.Literal("Build '")
        from name in Slices.Until("' finished")
        from after in Slices.FirstOf(
            from end in Slices.Literal(".") select (string?)null,
            from space in Slices.Literal(" after ") from time in PackerSlices.UpTo(".") select time)
        select new BuilderFinishedLine(after);

    // Build 'openstack' errored: Timeout waiting for SSH.
    // Build 'openstack' errored after 5 minutes 2 seconds: Timeout waiting for SSH.
    private static readonly Parser<PackerLine> BuilderErrored =
        from build in Slices.Literal("Build '")
        from name in Slices.Until("' errored")
        from after in Slices.FirstOf(
            from colon in Slices.Literal(": ") select (string?)null,
            from space in Slices.Literal(" after ") from time in Slices.Until(": ") select time)
        from message in Slices.Rest
        select new BuilderErroredLine(after, message);

    // Build 'openstack' prepare failure: 1 error(s) occurred:
    private static readonly Parser<PackerLine> PrepareFailed =
        from build in Slices.Literal("Build '")
        from rest in Slices.Until("' prepare failure: ")
        from message in Slices.Rest
        select new RefusedLine(build + rest + "' prepare failure: " + message);

    // Failed to parse template: Error parsing JSON: invalid character '"' after object key:value pair
    private static readonly Parser<PackerLine> ParseFailed = Refused("Failed to parse template: ");

    // Failed to initialize build "openstack": error loading builder
    private static readonly Parser<PackerLine> InitialiseFailed = Refused("Failed to initialize build ");

    // Error: Failed to prepare build: "openstack"
    private static readonly Parser<PackerLine> ErrorFirst = Refused("Error: Failed to ");

    // Template validation failed. Errors are shown below.
    private static readonly Parser<PackerLine> ValidationFailed = Refused("Template validation failed");

    // Cancelling build after receiving terminated
    private static readonly Parser<PackerLine> Cancelling =
        from said in Slices.Literal("Cancelling build after receiving ")
        from signal in Slices.Rest
        select new CancellingLine(signal);

    // Cleanly cancelled builds after being interrupted.
    private static readonly Parser<PackerLine> Cancelled =
        from said in Slices.Literal("Cleanly cancelled builds after being interrupted.")
        from end in Slices.End
        select new CancelledLine();

    // /bin/sh: line 1: /srv/packer/login.sh: No such file or directory
    // /bin/sh: 1: packer: not found
    private static readonly Parser<PackerLine> ShellError =
        from shell in Slices.FirstOf(Slices.Literal("/bin/sh: "), Slices.Literal("/bin/bash: "), Slices.Literal("sh: "))
        from line in PackerSlices.Maybe(Slices.Literal("line "))
        from number in Slices.Number
        from colon in Slices.Literal(": ")
        from program in Slices.UntilLast(": ")
        from cause in Slices.Rest
        select new ShellErrorLine(program, cause);

    // rabbit2packer: Build finished at 1583298367 (epoch) with exit code 0
    private static readonly Parser<PackerLine> DaemonFinished =
        from said in Slices.Literal(Daemon + "Build finished at ")
        from epoch in Slices.Number
        from between in Slices.Literal(" (epoch) with exit code ")
        from minus in PackerSlices.Maybe(Slices.Literal("-"))
        from code in Slices.Number
        from end in Slices.End
        where epoch <= LatestEpoch && code <= int.MaxValue
        select new DaemonFinishedLine(epoch, (int)(minus is null ? code : -code));

    // ==> Wait completed after 8 minutes 479 milliseconds
    private static readonly Parser<PackerLine> WaitCompleted =
        from said in Slices.Literal("==> Wait completed after ")
        from after in Slices.Rest
        select new WaitCompletedLine(after);

    // ==> Builds finished. The artifacts of successful builds are:
    private static readonly Parser<PackerLine> ArtifactsFollow =
        from said in Slices.Literal("==> Builds finished. The artifacts of successful builds are:")
        select new BuildsFinishedLine(true);

    // ==> Builds finished but no artifacts were created.
    private static readonly Parser<PackerLine> NoArtifacts =
        from said in Slices.Literal("==> Builds finished but no artifacts were created.")
        select new BuildsFinishedLine(false);

    // ==> Some builds didn't complete successfully and had errors:
    private static readonly Parser<PackerLine> SomeBuildsFailed =
        from said in Slices.Literal("==> Some builds didn't complete successfully and had errors:")
        select new SomeBuildsFailedLine();

    // --> openstack: An image was created: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<string> ImageCreated =
        from said in Slices.Literal("An image was created: ")
        from id in Slices.Word
        select id;

    // --> openstack: Timeout waiting for SSH.
    private static readonly Parser<PackerLine> Listed =
        from arrow in Slices.Literal("--> ")
        from name in Name
        from colon in Slices.Literal(":")
        from blank in PackerSlices.Blanks
        from text in Slices.Rest
        select new ListedLine(text, ImageCreated.ParseLine(text) is { WasSuccessful: true } made ? made.Value : null);

    // Server ID: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<PackerLine> Server =
        from said in Slices.Literal("Server ID: ")
        from id in Slices.Word
        from end in Slices.End
        select new ServerLine(id);

    // Image: 5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
    private static readonly Parser<PackerLine> Image =
        from said in Slices.Literal("Image: ")
        from id in Slices.Word
        from end in Slices.End
        select new ImageLine(id);

    private static readonly Parser<PackerLine> Ids = Slices.FirstOf(Server, Image);

    private static readonly Parser<string> StepText = Behind("==> ");
    private static readonly Parser<string> OutputText = Behind("    ");

    private static readonly Parser<PackerLine> Arrow =
        Slices.FirstOf(WaitCompleted, ArtifactsFollow, NoArtifacts, SomeBuildsFailed);

    private static readonly Parser<PackerLine> Plain = Slices.FirstOf(
        Banner, BuilderFinished, BuilderErrored, PrepareFailed, ParseFailed, InitialiseFailed, ErrorFirst, ValidationFailed,
        Cancelling, Cancelled, ShellError);

    /// <summary>The end of year 9999, the last second that a time can hold.</summary>
    private const long LatestEpoch = 253402300799;

    /// <summary>What a line says. Never fails: what no rule accepts is an <see cref="OtherLine"/>.</summary>
    /// <param name="raw">The line as it stood in the file: the daemon writes no colours, so its line counts only as it is.</param>
    /// <param name="plain">The same line without escapes.</param>
    public static PackerLine Read(string raw, PlainLine plain)
    {
        var text = plain.Text;
        if (text.StartsWith("==> ", StringComparison.Ordinal))
            return Accepted(Arrow, text) ?? Step(text, plain.Colour) ?? new OtherLine(text);
        if (text.StartsWith("    ", StringComparison.Ordinal))
            return Output(text) ?? new OtherLine(text);
        if (text.StartsWith("--> ", StringComparison.Ordinal))
            return Accepted(Listed, text) ?? new OtherLine(text);
        if (raw.StartsWith(Daemon, StringComparison.Ordinal))
            return Accepted(DaemonFinished, text) ?? new OtherLine(text);
        return Accepted(Plain, text) ?? new OtherLine(text);
    }

    private static PackerLine? Step(string text, LineColour colour)
    {
        var said = StepText.ParseLine(text);
        if (!said.WasSuccessful)
            return null;
        if (StepGrammar.Read(said.Value, colour) is { } step)
            return step;
        return QuattorGrammar.Read(said.Value) is ConfigureDoneLine { Ok: true } done ? done : new ErrorLine(said.Value);
    }

    private static PackerLine? Output(string text)
    {
        var said = OutputText.ParseLine(text);
        if (!said.WasSuccessful)
            return null;
        return QuattorGrammar.Read(said.Value)
            ?? (said.Value.StartsWith('S') || said.Value.StartsWith('I') ? Accepted(Ids, said.Value) : null)
            ?? new OutputLine(said.Value);
    }

    private static PackerLine? Accepted(Parser<PackerLine> rule, string text) =>
        rule.ParseLine(text) is { WasSuccessful: true } result ? result.Value : null;

    /// <summary>One leaf and not five: every line of a provisioner passes here.</summary>
    private static Parser<string> Behind(string arrow) => input =>
    {
        if (!input.Source.AsSpan(input.Position).StartsWith(arrow, StringComparison.Ordinal))
            return Result.Failure<string>(input, "unexpected text", [arrow]);
        var start = input.Position + arrow.Length;
        var end = NameEnd(input.Source, start);
        if (end < 0)
            return Result.Failure<string>(input, "unexpected text", ["a build's name"]);
        end++;
        if (end < input.Source.Length && input.Source[end] == ' ')
            end++;
        return Result.Success(input.Source[end..], LineInput.At(input, input.Source.Length));
    };

    /// <summary>Where the colon behind a build's name stands, or -1.</summary>
    private static int NameEnd(string text, int start)
    {
        var length = text.AsSpan(start).IndexOf(':');
        return length is > 0 and <= 80 && text[start] != ' ' && text.AsSpan(start, length).IndexOfAny("'\"=/[") < 0 ? start + length : -1;
    }

    private static Parser<PackerLine> Refused(string start) =>
        from said in Slices.Literal(start)
        from rest in Slices.Rest
        select new RefusedLine(said + rest);
}
