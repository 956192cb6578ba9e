using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>The steps of a build, the stages of its scripts and the Quattor components in their order, the first 500 of each.</summary>
public sealed record StepTrail : IArchived<StepTrail>
{
    private const int Most = 500;

    public static readonly StepTrail Empty = new();

    public ImmutableArray<Step> Steps { get; internal init; } = [];

    public ImmutableArray<ScriptStage> Stages { get; internal init; } = [];

    public ImmutableArray<Component> Components { get; internal init; } = [];

    /// <summary>Quattor's own count of errors and warnings over all components, or null before it.</summary>
    public ConfigureDoneLine? Configured { get; internal init; }

    /// <summary>The line in which Quattor started, and the server's time then, without a zone.</summary>
    public (long Line, DateTime At)? QuattorBegan { get; internal init; }

    /// <summary>The line in which Glance showed when the previous image was last changed: it had just been renamed.</summary>
    public (long Line, DateTimeOffset At)? ImagePutAway { get; internal init; }

    /// <summary>The step that began last.</summary>
    public Step? Current => Steps.IsEmpty ? null : Steps[^1];

    /// <summary>The component that started and has not ended.</summary>
    public Component? Running => Components is [.., { Errors: null } last] && Configured is null ? last : null;

    /// <summary>Adds the times of another reading of the same lines where this one has none.</summary>
    internal StepTrail WithTimesOf(StepTrail other)
    {
        var steps = other.Steps.ToLookup(step => (step.Line, step.Name), step => step.StartedAt);
        var stages = other.Stages.ToLookup(stage => (stage.Line, stage.Name), stage => stage.StartedAt);
        var components = other.Components.ToLookup(component => (component.Line, component.Name));
        return this with
        {
            Steps =
            [
                .. Steps.Select(step =>
                    step.StartedAt is null && steps[(step.Line, step.Name)].FirstOrDefault() is { } at ? step with { StartedAt = at } : step
                ),
            ],
            Stages =
            [
                .. Stages.Select(stage =>
                    stage.StartedAt is null && stages[(stage.Line, stage.Name)].FirstOrDefault() is { } at
                        ? stage with
                        {
                            StartedAt = at,
                        }
                        : stage
                ),
            ],
            Components =
            [
                .. Components.Select(component =>
                    components[(component.Line, component.Name)].FirstOrDefault() is { } known
                        ? component with
                        {
                            StartedAt = component.StartedAt ?? known.StartedAt,
                            EndedAt = component.EndedAt ?? (component.Errors is null ? null : known.EndedAt),
                        }
                        : component
                ),
            ],
        };
    }

    internal StepTrail Apply(PackerLine said, long line, DateTimeOffset? at) => said switch
    {
        StepLine step => Begin(new Step(step.Kind, SharedText.Of(step.Name), line, at)),
        StageLine stage => Stages.Length < Most ? this with { Stages = Stages.Add(new ScriptStage(stage.Name, line, at)) } : this,
        QuattorLine { StartedAt: { } local } => this with { QuattorBegan = (line, local) },
        GlanceLine { Created: false } changed => this with { ImagePutAway = (line, changed.At) },
        ComponentStartedLine component => Begin(new Component(Short(component.Component), line, at)),
        ComponentDoneLine done => End(done, line, at),
        ConfigureDoneLine done => this with { Configured = done },
        _ => this,
    };

    /// <summary>Beyond the limit the newest step replaces the last, so that the current one is always right.</summary>
    internal StepTrail Begin(Step step) =>
        this with { Steps = Steps.Length < Most ? Steps.Add(step) : Steps.SetItem(Most - 1, step) };

    private StepTrail Begin(Component component) =>
        this with { Components = Components.Length < Most ? Components.Add(component) : Components.SetItem(Most - 1, component) };

    private StepTrail End(ComponentDoneLine done, long line, DateTimeOffset? at)
    {
        var name = Short(done.Component);
        var index = Components.Length - 1;
        while (index >= 0 && Components[index].Name != name)
            index--;
        if (index < 0)
            return Begin(new Component(name, line, null, at, done.Errors, done.Warnings));
        return this with
        {
            Components = Components.SetItem(index, Components[index] with { EndedAt = at, Errors = done.Errors, Warnings = done.Warnings }),
        };
    }

    private static string Short(string name) => SharedText.Of(Cut.WithSign(name, 80));

    StepTrail IArchived<StepTrail>.Through(Archive archive) => new()
    {
        Steps = archive.Array(Steps),
        Stages = archive.Array(Stages),
        Components = archive.Array(Components),
        Configured = archive.OwnOrNull(Configured),
        QuattorBegan = archive.Optional(
            QuattorBegan,
            static (archive, began) => (archive.Number(began.Line), DateTime.FromBinary(archive.Number(began.At.ToBinary())))
        ),
        ImagePutAway = archive.Optional(ImagePutAway, static (archive, put) => (archive.Number(put.Line), archive.Time(put.At))),
    };
}
