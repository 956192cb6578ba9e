using System.Collections.Immutable;
using PackuilonMonitor.Core.Health;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>What a factory's health is judged by beside its state.</summary>
/// <param name="Around">What this process knows beside the lines.</param>
public sealed record HealthFacts(HealthLimits Limits, Surroundings Around)
{
    public static readonly HealthFacts None = new(HealthLimits.Usual, Surroundings.None);

    /// <summary>What somebody muted.</summary>
    public ImmutableArray<Mute> Mutes { get; init; } = [];
}

/// <summary>A check of one of the factories.</summary>
/// <param name="Factory">Whose it is, where factories are named; null for the monitor's own.</param>
public sealed record RaisedCheck(string? Factory, Check Check)
{
    /// <summary>What it is called in lists and places.</summary>
    public string Key => KeyOf(Factory, Check.Code);

    public static string KeyOf(string? factory, CheckCode code) => Core.Builds.FactoryName.Own(factory, code.Name());

    /// <summary>The same of one of its items.</summary>
    public string KeyOf(HealthItem item) => $"{Key}:{item.Id}";
}
