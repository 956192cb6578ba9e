namespace PackuilonMonitor.Simulation;

/// <summary>What happens in a simulated factory and how often. Probabilities are from 0 to 1; times are at speed 1.</summary>
public sealed record Scenario
{
    /// <summary>A factory with some of every trouble, for the demo.</summary>
    public static readonly Scenario Ordinary = new();

    /// <summary>Nothing fails, ends, rotates or is restarted, and no image is built twice at once.</summary>
    public static readonly Scenario Calm = new()
    {
        BuildFails = 0,
        Hangs = 0,
        Hostile = 0,
        Flawed = 0,
        FatalFlaw = 0,
        SameImageTwice = 0,
        TriggerFails = 0,
        StreamLost = 0,
        KilledEvery = null,
        RestartedEvery = null,
        RotatedEvery = null,
    };

    /// <summary>Every trouble many times a day.</summary>
    public static readonly Scenario Rough = new()
    {
        BuildFails = 0.3,
        Hangs = 0.05,
        Hostile = 0.3,
        Flawed = 0.2,
        FatalFlaw = 0.06,
        SameImageTwice = 0.35,
        TriggerFails = 0.15,
        StreamLost = 0.2,
        KilledEvery = TimeSpan.FromMinutes(70),
        RestartedEvery = TimeSpan.FromMinutes(80),
        RotatedEvery = TimeSpan.FromMinutes(45),
    };

    /// <summary>The mean time between calls of cdb2rabbit that find changed profiles.</summary>
    public TimeSpan TriggeredEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The share of messages that are queued by hand, with no line in messages.</summary>
    public double ByHand { get; init; } = 0.15;

    /// <summary>How often somebody runs cdb2rabbit beside a run that cdp-listend called.</summary>
    public double RunsBeside { get; init; }

    /// <summary>How often a build fails.</summary>
    public double BuildFails { get; init; } = 0.14;

    /// <summary>How often a build hangs in "Waiting for SSH" for most of an hour.</summary>
    public double Hangs { get; init; } = 0.02;

    /// <summary>How often a build log contains lines designed to upset a terminal.</summary>
    public double Hostile { get; init; } = 0.06;

    /// <summary>How often a message is refused, or leads to no build, without ending the thread.</summary>
    public double Flawed { get; init; } = 0.06;

    /// <summary>How often a message ends the thread that takes it.</summary>
    public double FatalFlaw { get; init; } = 0.01;

    /// <summary>How often a message is queued a second time at once or a little later.</summary>
    public double SameImageTwice { get; init; } = 0.08;

    /// <summary>How often a call of cdb2rabbit fails.</summary>
    public double TriggerFails { get; init; } = 0.08;

    /// <summary>How often a long build (or, at head, the mail about a failure) ends its thread with libraries that new.</summary>
    public double StreamLost { get; init; } = 0.03;

    /// <summary>The mean time between SIGKILLs of the daemon alone; null for never.</summary>
    public TimeSpan? KilledEvery { get; init; } = TimeSpan.FromHours(9);

    /// <summary>The mean time between restarts of the whole service; null for never.</summary>
    public TimeSpan? RestartedEvery { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The mean time between rotations of messages; null for never.</summary>
    public TimeSpan? RotatedEvery { get; init; } = TimeSpan.FromHours(3);

    /// <summary>How messages is rotated.</summary>
    public RotationKind Rotation { get; init; } = RotationKind.RenameAndCreate;

    /// <summary>Whether the host's name in the header changes when rsyslog learns of a rotation.</summary>
    public bool HostChanges { get; init; }

    /// <summary>Lines of other programs for each line of the factory.</summary>
    public double NoisePerLine { get; init; } = 10;

    /// <summary>Whether rsyslog collapses repeated lines.</summary>
    public bool ReduceRepeats { get; init; }
}
