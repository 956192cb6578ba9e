namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// The meaning of a line after a builder's prefix, given the lines before it. From Packer 1.13 on a provisioner's output follows the arrow
/// in bold, like steps; in any version its stderr follows it in red, like errors. So within a provisioner only Packer's own sentences are
/// Packer's.
/// </summary>
internal static class ContextGrammar
{
    public static PackerLine Read(PrefixedLine prefixed, PlainLine plain, BuilderTrack track)
    {
        var text = prefixed.Text;
        return prefixed.Where switch
        {
            Prefix.Indent => Placed(prefixed.Meaning, text, track),

            // The further lines of an error belong to it.
            Prefix.Arrow when plain.Continues => new OtherLine(plain.Text),
            Prefix.Arrow when plain.Colour == LineColour.Red => Red(text, track),
            Prefix.Arrow => track.InScript ? InScript(text, plain.Colour, track) : Outside(prefixed.Meaning, text, plain.Colour, track),
            _ => prefixed.Meaning,
        };
    }

    private static PackerLine Red(string text, BuilderTrack track) =>
        CleanUpErrors.Is(text) ? new CleanUpErrorLine(text)
        : track.InScript ? (IsPackersInScript(text) ? new ErrorLine(text) : new StderrLine(text))
        : track.Phase is BuilderPhase.Clearing && !Consequence.Is(text) ? new CleanUpErrorLine(text)
        : ErrorWords.IsHarmless(text) ? new StderrLine(text)
        : new ErrorLine(text);

    private static PackerLine InScript(string text, LineColour colour, BuilderTrack track)
    {
        if (StepGrammar.IsMessage(text))
            return new OutputLine(text);
        if (StepGrammar.Known(text) is { } known && MayFollow(known, track))
            return known;
        if (QuattorGrammar.Read(text) is { } quattor)
            return quattor;
        var old = track.ScriptIndents || track.Indents && track.IsCoreScript;
        if (colour == LineColour.Bold)
            return old && !text.StartsWith('[') ? StepGrammar.Unknown(text) : new OutputLine(text);
        if (CleanUpErrors.Is(text))
            return new CleanUpErrorLine(text);
        if (IsPackersInScript(text))
            return new ErrorLine(text);

        // Without colours nothing distinguishes the two streams of 1.13.
        return old || ErrorWords.SoundBad(text) && !ToolOutput.IsAnsible(text) ? new StderrLine(text) : new OutputLine(text);
    }

    private static PackerLine Outside(PackerLine said, string text, LineColour colour, BuilderTrack track)
    {
        if (said is not (ErrorLine or StepLine { Kind: StepKind.Other }))
            return Placed(said, text, track);
        if (IsFetched(text, track))
            return new OutputLine(text);
        if (colour == LineColour.Bold)
            return track.Phase is BuilderPhase.Clearing && said is StepLine step ? step with { Kind = StepKind.CleanUp } : said;

        // Without colours Packer's steps and errors are known by the words they begin with.
        if (CleanUpErrors.Is(text))
            return new CleanUpErrorLine(text);
        if (IsDoing(text))
            return StepGrammar.Unknown(text) with { Kind = track.Phase is BuilderPhase.Clearing ? StepKind.CleanUp : StepKind.Other };
        if (!IsPackersError(text) || ErrorWords.IsHarmless(text))
            return new StderrLine(text);
        return track.Phase is BuilderPhase.Clearing && !Consequence.Is(text) ? new CleanUpErrorLine(text) : new ErrorLine(text);
    }

    /// <summary>
    /// A script may print something that looks like an id; the builder names ids before the first provisioner and after the last.
    /// </summary>
    private static PackerLine Placed(PackerLine said, string text, BuilderTrack track) =>
        said switch
        {
            ServerLine
            or VolumeLine
            or FloatingIpLine when track.Phase is not BuilderPhase.Preparing && !IsVolumeAfterInterrupt(said, track) => new OutputLine(
                text
            ),
            ImageLine when track.InScript => new OutputLine(text),
            _ => said,
        };

    // Creating virtual machine...
    // Power on VM...
    private static bool IsDoing(string text)
    {
        var word = text.AsSpan(0, text.IndexOf(' ') is > 0 and var end ? end : text.Length);
        return word.Length > 4
            && char.IsAsciiLetterUpper(word[0])
            && (word.EndsWith("ing") && !word.SequenceEqual("Warning") || text.EndsWith("...", StringComparison.Ordinal))
            && !IsPackersError(text);
    }

    // https://mirror.example.org/el9.iso?checksum=sha256%3A5e5f => /srv/packer/cache/2d3e.iso
    private static bool IsFetched(string text, BuilderTrack track) =>
        track.Phase is BuilderPhase.Preparing
        && text.Contains(" => ", StringComparison.Ordinal)
        && text.Contains("://", StringComparison.Ordinal);

    private static bool IsVolumeAfterInterrupt(PackerLine said, BuilderTrack track) => said is VolumeLine && !track.InScript;

    /// <summary>Packer writes this after a provisioner has begun, about the things that this build made.</summary>
    private static bool MayFollow(StepLine step, BuilderTrack track)
    {
        var place = step.Kind.Place();
        if (track.Phase is BuilderPhase.PostProcessing)
            return place is StepPhase.Opens or StepPhase.Inside or StepPhase.Processing;
        return place switch
        {
            StepPhase.Before => false,
            StepPhase.Processing => false,
            _ => step.Kind switch
            {
                StepKind.StopServer or StepKind.TerminateServer => step.Subject is null
                    || track.Belongings.ServerId is null
                    || step.Subject == track.Belongings.ServerId,
                StepKind.DeleteKeypair => step.Subject is null
                    || track.Belongings.Keypair is null
                    || step.Subject == track.Belongings.Keypair,
                StepKind.WaitForImage => false,
                _ => true,
            },
        };
    }

    // Script exited with non-zero exit status: 1. Allowed exit codes are: [0]
    // Step "StepProvision" failed, aborting...
    // aborted: skipping cleanup of step "StepConnect"
    // Cancelling provisioner after a timeout...
    // Upload failed: scp: /srv: Permission denied
    private static bool IsPackersInScript(string text) =>
        text.StartsWith("Script exited with non-zero exit status", StringComparison.Ordinal)
        || text.StartsWith("Step \"", StringComparison.Ordinal) && text.EndsWith("\" failed, aborting...", StringComparison.Ordinal)
        || text.StartsWith("aborted: skipping cleanup of step ", StringComparison.Ordinal)
        || text.StartsWith("Cancelling provisioner after a timeout", StringComparison.Ordinal)
        || text.StartsWith("Upload failed: ", StringComparison.Ordinal)
        || text.StartsWith("Download failed: ", StringComparison.Ordinal)
        || text.StartsWith("Interrupted, aborting", StringComparison.Ordinal)
        || text.StartsWith("Error waiting for machine to restart: ", StringComparison.Ordinal)
        || text.StartsWith("Unable to extract inline scripts into a file: ", StringComparison.Ordinal);

    private static bool IsPackersError(string text) =>
        text.StartsWith("Error ", StringComparison.Ordinal)
        || text.StartsWith("error ", StringComparison.Ordinal)
        || text.StartsWith("Timeout ", StringComparison.Ordinal)
        || text.StartsWith("Failed ", StringComparison.Ordinal)
        || text.StartsWith("failed ", StringComparison.Ordinal)
        || text.StartsWith("Unable ", StringComparison.Ordinal)
        || text.StartsWith("Couldn't ", StringComparison.Ordinal)
        || text.StartsWith("Could not ", StringComparison.Ordinal)
        || text.StartsWith("No image was found ", StringComparison.Ordinal)
        || text.StartsWith("No AMI was found ", StringComparison.Ordinal)
        || text.EndsWith(": interrupted", StringComparison.Ordinal)
        || IsPackersInScript(text)
        || Consequence.Is(text);
}
