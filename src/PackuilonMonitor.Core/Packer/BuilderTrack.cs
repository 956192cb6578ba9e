using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>How far a builder is.</summary>
internal enum BuilderPhase
{
    Preparing,
    Provisioning,

    /// <summary>After the last provisioner: the image is created.</summary>
    Finishing,

    /// <summary>Packer removes what the build made.</summary>
    Clearing,
    PostProcessing,
}

/// <summary>One builder of a log. Most logs have one builder.</summary>
public sealed record BuilderTrack : IArchived<BuilderTrack>
{
    private const int LongestName = 80;

    private const int MostErrors = 4;

    /// <summary>Its name, as its lines begin.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it is kept: a longer one is cut.</summary>
    internal static string NameIn(string name) => Cut.WithSign(name, LongestName);

    public StepTrail Trail { get; internal init; } = StepTrail.Empty;

    public Belongings Belongings { get; internal init; } = Belongings.None;

    /// <summary>What it made, and whether that was removed.</summary>
    public Ledger Ledger { get; internal init; } = Ledger.Empty;

    /// <summary>Packer's error for it at its end, on one line; null without one.</summary>
    public Problem? Message { get; internal init; }

    /// <summary>"Build '…' errored".</summary>
    public bool Errored { get; internal init; }

    /// <summary>"Build '…' finished", which cancelled builds write too.</summary>
    public bool Finished { get; internal init; }

    /// <summary>It was interrupted: by its own line, or by a signal to Packer while it ran.</summary>
    public bool Interrupted { get; internal init; }

    public bool HasEnded => Errored || Finished;

    internal BuilderPhase Phase { get; init; }

    /// <summary>A provisioner or a post-processor's script runs: text after the arrow may be its output.</summary>
    internal bool InScript { get; init; }

    /// <summary>It began with a step of Packer itself (shell, file), whose output is indented up to 1.12.</summary>
    internal bool IsCoreScript { get; init; }

    /// <summary>Some of its output was indented, as up to 1.12.</summary>
    internal bool Indents { get; init; }

    /// <summary>Some output of the running script was indented.</summary>
    internal bool ScriptIndents { get; init; }

    internal bool QuattorRan { get; init; }

    internal Suspects Suspects { get; init; } = Suspects.None;

    /// <summary>Packer's own errors before it started to clean up, the newest last.</summary>
    internal ImmutableArray<Problem> Errors { get; init; } = [];

    /// <summary>A provisioner failed: all that comes now is the provisioner for that case, and then the removal of what was made.</summary>
    private bool CleansUp { get; init; }

    /// <summary>The message only counts errors; the first of them is in a following line, perhaps one without a builder.</summary>
    internal bool AwaitsBullets { get; init; }

    private bool HasBullet { get; init; }

    /// <summary>The track after a line of its builder.</summary>
    internal BuilderTrack Apply(PackerLine said, Prefix where, TimedLine timed)
    {
        var track = where is Prefix.Indent && (!Indents || InScript && !ScriptIndents)
            ? this with { Indents = true, ScriptIndents = InScript }
            : this;
        var moved = track.Moved(said, timed);
        var belongings = Belongings.Apply(said);
        var ledger = Ledger.Apply(said);

        // Most lines are output that says nothing: they make nothing new.
        return belongings == Belongings && ledger == Ledger ? moved : moved with { Belongings = belongings, Ledger = ledger };
    }

    /// <summary>The track after a line without a builder, which may continue the message with which this one ended.</summary>
    internal BuilderTrack Continue(TimedLine timed)
    {
        if (!AwaitsBullets)
            return this;
        var text = timed.Text.Trim();
        if (text.Length == 0 || CarriedLine.IsDebug(text))
            return this;
        if (!text.StartsWith("* ", StringComparison.Ordinal))
            return this with { AwaitsBullets = false };
        var bullet = text[2..];

        // Of several errors the first one that says more than that something failed.
        return HasBullet && !Consequence.Is(Message!.Text) ? this
            : HasBullet && Consequence.Is(bullet) ? this
            : this with { HasBullet = true, Message = Message! with { Text = Cut.WithSign(bullet, ProblemTrail.LongestText) } };
    }

    internal BuilderTrack Interrupt() => HasEnded ? this : this with { Interrupted = true };

    internal BuilderTrack Finish(long line, DateTimeOffset? at) => Errored ? this : this with
    {
        Trail = Trail.Begin(new Step(StepKind.Finish, "Builds finished", line, at)),
    };

    internal BuilderTrack Brief() => this with
    {
        Trail = Trail with { Stages = [], Components = [] },
        Suspects = Suspects.Brief(),
        Errors = Errors.Length > 1 ? [Errors[^1]] : Errors,
    };

    private BuilderTrack Moved(PackerLine said, TimedLine timed) => said switch
    {
        StepLine step => Begin(step, timed),
        BuilderErroredLine errored => this with
        {
            Errored = true,
            Interrupted = Interrupted || Evidence.IsInterruption(errored.Message),
            Message = timed.As(ProblemKind.Cause, errored.Message),
            AwaitsBullets = Consequence.OnlyCounts(errored.Message),
        },
        BuilderFinishedLine => this with { Finished = true },
        ErrorLine error => this with
        {
            Errors =
            [
                .. Errors.Length < MostErrors ? Errors : Errors.RemoveAt(0),
                timed.As(ProblemKind.Cause, error.Text),
            ],
            Phase = BuilderPhase.Clearing,
            InScript = false,
        },
        _ => Listened(said, timed),
    };

    private BuilderTrack Listened(PackerLine said, TimedLine timed)
    {
        var suspects = InScript && !CleansUp ? Suspects.Apply(said, QuattorRan, timed) : Suspects;
        var trail = Trail.Apply(said, timed.Line, timed.At);
        var ran = QuattorRan || said is ComponentStartedLine or QuattorLine;
        return ran == QuattorRan && ReferenceEquals(suspects, Suspects) && ReferenceEquals(trail, Trail)
            ? this
            : this with
            {
                QuattorRan = ran,
                Suspects = suspects,
                Trail = trail,
            };
    }

    private BuilderTrack Begin(StepLine step, TimedLine timed)
    {
        var place = step.Kind.Place();

        // Everything after an interruption or a failed provisioner is clean-up, whatever its name.
        var over = Interrupted || CleansUp;
        var said = over && place is not StepPhase.Clearing ? step with { Kind = StepKind.CleanUp } : step;
        var track = this with
        {
            Trail = Trail.Apply(said, timed.Line, timed.At),
            CleansUp = CleansUp || step.Kind is StepKind.ProvisionCleanup,

            // Packer stops at an error, so what came before another step was none that ended the build.
            Errors = over || place is StepPhase.Clearing or StepPhase.Anywhere or StepPhase.Inside ? Errors : [],
        };
        if (CleansUp)
            return place is StepPhase.Opens ? track with { InScript = true, ScriptIndents = false } : track;
        return place switch
        {
            StepPhase.Before => track.To(BuilderPhase.Preparing),
            StepPhase.Opens => track with
            {
                Phase = Phase is BuilderPhase.PostProcessing ? Phase : BuilderPhase.Provisioning,
                InScript = true,
                IsCoreScript =
                    step.Name.Contains("shell script", StringComparison.Ordinal) || step.Kind is StepKind.Upload or StepKind.LocalScript,
                ScriptIndents = false,
                QuattorRan = false,
                Suspects = Suspects.None,
            },
            StepPhase.Inside => (Phase is BuilderPhase.PostProcessing ? track : track with { Phase = BuilderPhase.Provisioning }) with
            {
                InScript = true,
                Suspects =
                    step.Name.Contains("ing the provisioner again", StringComparison.Ordinal)
                    || step.Name.StartsWith("Going on", StringComparison.Ordinal)
                        ? Suspects.None
                        : Suspects,
            },
            StepPhase.After => track.To(BuilderPhase.Finishing) with { Suspects = Suspects.None },
            StepPhase.Processing => track.To(BuilderPhase.PostProcessing) with { Suspects = Suspects.None },
            StepPhase.Clearing => track.To(BuilderPhase.Clearing),
            _ => track,
        };
    }

    private BuilderTrack To(BuilderPhase phase) => this with { Phase = phase, InScript = false };

    BuilderTrack IArchived<BuilderTrack>.Through(Archive archive) => new()
    {
        Name = archive.Text(Name),
        Trail = archive.Own(Trail),
        Belongings = archive.Own(Belongings),
        Ledger = archive.Own(Ledger),
        Message = archive.OwnOrNull(Message),
        Errored = archive.Flag(Errored),
        Finished = archive.Flag(Finished),
        Interrupted = archive.Flag(Interrupted),
        Phase = (BuilderPhase)archive.Number((int)Phase),
        InScript = archive.Flag(InScript),
        IsCoreScript = archive.Flag(IsCoreScript),
        Indents = archive.Flag(Indents),
        ScriptIndents = archive.Flag(ScriptIndents),
        QuattorRan = archive.Flag(QuattorRan),
        Suspects = archive.Own(Suspects),
        Errors = archive.Array(Errors),
        CleansUp = archive.Flag(CleansUp),
        AwaitsBullets = archive.Flag(AwaitsBullets),
        HasBullet = archive.Flag(HasBullet),
    };
}
