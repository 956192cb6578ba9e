using PackuilonMonitor.Core.Slicing;
using Sprache;

namespace PackuilonMonitor.Core.Packer;

/// <summary>A line of a build log by itself.</summary>
/// <param name="Builder">The builder of its prefix; null if it has none.</param>
/// <param name="Where">Its prefix.</param>
/// <param name="Text">The line without its prefix.</param>
/// <param name="Colour">The colour of the line.</param>
/// <param name="Said">Its meaning; null behind an arrow, where mostly the lines before it decide.</param>
internal readonly record struct PrefixedLine(string? Builder, Prefix Where, string Text, LineColour Colour, PackerLine? Said)
{
    /// <summary>Its meaning, as far as the line alone shows it.</summary>
    public PackerLine Meaning => Said ?? PackerGrammar.BehindArrow(Text, Colour);

    /// <summary>The builder that it belongs to: a banner names it in its sentence.</summary>
    public string? Owner => Said is BannerLine banner ? banner.Builder : Builder;
}

/// <summary>The prefix of a line.</summary>
internal enum Prefix
{
    None,
    Arrow,
    Indent,
}

/// <summary>The sentences of Packer in a build log, and the shell's and the daemon's around them.</summary>
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
        from builder in Slices.Until(" output will be in this color.")
        from end in Slices.End
        where builder.Length > 0 && builder[0] != ' '
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

    private static readonly Parser<string> Place =
        from line in PackerSlices.Maybe(Slices.Literal("line "))
        from number in Slices.Number
        from colon in Slices.Literal(": ")
        select "";

    // /bin/sh: line 1: /srv/packer/login.sh: No such file or directory
    // /bin/sh: 1: packer: not found
    // /bin/sh: packer: command not found
    private static readonly Parser<PackerLine> ShellError =
        from shell in Slices.FirstOf(Slices.Literal("/bin/sh: "), Slices.Literal("/bin/bash: "), Slices.Literal("sh: "))
        from place in PackerSlices.Maybe(Place)
        from program in Slices.UntilLast(": ")
        from cause in Slices.Rest
        where place is not null || cause is "command not found" or "not found" or "No such file or directory" or "Permission denied"
        select new ShellErrorLine(program, cause);

    // /bin/sh: line 1: 31337 Killed                  /opt/packer/packer build worker.json
    private static readonly Parser<PackerLine> ShellKilled =
        from shell in Slices.FirstOf(Slices.Literal("/bin/sh: line "), Slices.Literal("/bin/bash: line "), Slices.Literal("bash: line "))
        from line in Slices.Number
        from colon in Slices.Literal(": ")
        from blank in PackerSlices.Blanks
        from process in Slices.Number
        from space in Slices.Literal(" ")
        from how in Slices.Word
        from rest in Slices.Rest
        where how is "Killed" or "Terminated" or "Aborted" or "Segmentation" or "Bus"
        select new KilledLine($"{shell}{line}: {process} {how}{rest}");

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
        from said in Slices.Literal("Wait completed after ")
        from after in Slices.Rest
        select new WaitCompletedLine(after);

    // ==> Builds finished. The artifacts of successful builds are:
    private static readonly Parser<PackerLine> ArtifactsFollow =
        from said in Slices.Literal("Builds finished. The artifacts of successful builds are:")
        select new BuildsFinishedLine(true);

    // ==> Builds finished but no artifacts were created.
    private static readonly Parser<PackerLine> NoArtifacts =
        from said in Slices.Literal("Builds finished but no artifacts were created.")
        select new BuildsFinishedLine(false);

    // ==> Some builds didn't complete successfully and had errors:
    private static readonly Parser<PackerLine> SomeBuildsFailed =
        from said in Slices.Literal("Some builds didn't complete successfully and had errors:")
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

    private static readonly Parser<PackerLine> Arrow =
        Slices.FirstOf(("W", WaitCompleted), ("B", ArtifactsFollow), ("B", NoArtifacts), ("S", SomeBuildsFailed));

    // Most lines without a prefix are a program's own words, which no rule here can begin with.
    private static readonly Parser<PackerLine> Plain = Slices.FirstOf(
    [
        ("B", BuilderFinished),
        ("B", BuilderErrored),
        ("C", Cancelling),
        ("C", Cancelled),
        ("/b", ShellKilled),
        ("/s", ShellError),
        .. RefusalGrammar.Rules,
        ("", Banner),
    ]);

    /// <summary>The end of year 9999, the last second that a time can have.</summary>
    private const long LatestEpoch = 253402300799;

    /// <summary>The meaning of a line. Never fails: a line that no rule accepts is an <see cref="OtherLine"/>.</summary>
    /// <param name="raw">The line in the file: the daemon writes no colours, so its line counts only as it is.</param>
    /// <param name="plain">The same line without escapes.</param>
    /// <param name="known">A builder's name that is likely to stand in front, so that it need not be copied.</param>
    public static PrefixedLine Read(string raw, PlainLine plain, string? known = null)
    {
        var text = plain.Text;
        if (text.StartsWith("==> ", StringComparison.Ordinal))
            return Accepted(Arrow, text, 4) is { } ended ? Alone(text, ended) : Behind(text, Prefix.Arrow, plain.Colour, known);
        if (text.StartsWith("    ", StringComparison.Ordinal))
            return Behind(text, Prefix.Indent, plain.Colour, known);
        if (text.StartsWith("--> ", StringComparison.Ordinal))
            return Accepted(Listed, text) is { } listed
                ? Alone(text, listed) with
                {
                    Builder = BuilderOf(text, 4, NameEnd(text, 4)),
                }
                : Alone(text, null);
        if (raw.StartsWith(Daemon, StringComparison.Ordinal))
            return Alone(text, Accepted(DaemonFinished, text));
        if (text.StartsWith("Build '", StringComparison.Ordinal) && text.IndexOf('\'', 7) is > 7 and var end)
            return Alone(text, Accepted(Plain, text)) with { Builder = text[7..end] };
        return Alone(text, Accepted(Plain, text));
    }

    /// <summary>The text after a builder's prefix for output.</summary>
    public static PackerLine Output(string said) =>
        QuattorGrammar.Read(said)
        ?? IdGrammar.Read(said)
        ?? new OutputLine(said);

    /// <summary>Whether the text after a builder's prefix begins like one that means more than output.</summary>
    public static bool MayMeanMore(ReadOnlySpan<char> said) => IdGrammar.MayRead(said) || QuattorGrammar.MayRead(said);

    private static PrefixedLine Alone(string text, PackerLine? said) =>
        new(null, Prefix.None, text, LineColour.None, said ?? new OtherLine(text));

    /// <summary>A line behind a builder's prefix: <c>==&gt; openstack: </c> or <c>    openstack: </c>.</summary>
    private static PrefixedLine Behind(string text, Prefix where, LineColour colour, string? known)
    {
        var end = NameEnd(text, 4);
        if (end < 0)
            return Alone(text, null);
        var said = text[(end + 1 < text.Length && text[end + 1] == ' ' ? end + 2 : end + 1)..];
        return new PrefixedLine(BuilderOf(text, 4, end, known), where, said, colour, where is Prefix.Arrow ? null : Output(said));
    }

    /// <summary>The text after an arrow and a builder's prefix, by itself.</summary>
    public static PackerLine BehindArrow(string said, LineColour colour)
    {
        if (colour != LineColour.Red && StepGrammar.IsMessage(said))
            return Output(said);
        if (StepGrammar.Read(said, colour) is { } step)
            return step;
        return QuattorGrammar.Read(said) is ConfigureDoneLine { Ok: true } done ? done : new ErrorLine(said);
    }

    private static PackerLine? Accepted(Parser<PackerLine> rule, string text, int from = 0) =>
        rule.ParseLine(text, from) is { WasSuccessful: true } result ? result.Value : null;

    /// <summary>Where the colon after a build's name is, or -1.</summary>
    private static int NameEnd(string text, int start)
    {
        var length = text.AsSpan(start).IndexOf(':');
        if (length is not (> 0 and <= 80) || text[start] == ' ')
            return -1;
        var name = text.AsSpan(start, length);

        // If a template is wrong Packer prints its lines with their numbers: "    4:       "type": "null"".
        return name.IndexOfAny("'\"=/[") < 0 && name.IndexOfAnyExceptInRange('0', '9') >= 0 ? start + length : -1;
    }

    /// <summary>The builder's name; a post-processor's follows it: <c>openstack (shell-local)</c>.</summary>
    private static string BuilderOf(string text, int start, int end, string? known = null)
    {
        var name = text.AsSpan(start, end - start);
        if (name[^1] == ')' && name.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var part)
            name = name[..part];
        return name.SequenceEqual(known) ? known! : name.ToString();
    }
}
