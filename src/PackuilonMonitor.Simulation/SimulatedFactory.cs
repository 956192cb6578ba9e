namespace PackuilonMonitor.Simulation;

/// <summary>
/// An invented image factory: threads, queue, changes, Packer, people and mishaps. It reads no clock and writes no file; it says what would
/// be written when, and knows what really happened. Equal plans give equal steps.
/// </summary>
public sealed class SimulatedFactory
{
    private readonly Plant _plant;

    public SimulatedFactory(FactoryPlan plan)
    {
        _plant = new Plant(plan);
        var forEver = new Life();
        var troubles = new SimulatedTroubles(_plant);
        _plant.Timeline.Start(forEver, troubles.Boot());
        _plant.Timeline.Start(forEver, new SimulatedTriggers(_plant).Listen());
        _plant.Timeline.Start(forEver, _plant.Queue.ByHand());
        _plant.Timeline.Start(forEver, troubles.Restarts(plan.Scenario.RestartedEvery));
        if (plan.Scenario.KilledEvery is { } killed)
            _plant.Timeline.Start(forEver, troubles.Kills(killed));
        if (plan.Scenario.RotatedEvery is { } rotated)
            _plant.Timeline.Start(forEver, troubles.Rotations(rotated));
        if (plan.Scenario.NoisePerLine > 0)
            _plant.Timeline.Start(forEver, new Noise(_plant.Syslog, _plant.Dice.Fork()).Chatter());
    }

    /// <summary>When the next thing can happen.</summary>
    public DateTimeOffset NextAt => _plant.Timeline.NextAt ?? DateTimeOffset.MaxValue;

    /// <summary>Everything that is written, in the order of time and without end. A second enumeration continues after the first.</summary>
    public IEnumerable<FactoryStep> Steps => StepsUntil(DateTimeOffset.MaxValue);

    /// <summary>Everything written up to and including that time. A later call continues from there.</summary>
    public IEnumerable<FactoryStep> StepsUntil(DateTimeOffset end) => _plant.Timeline.StepsUntil(end);

    /// <summary>What really happened up to the last step, and the others of the same instant.</summary>
    public FactoryTruth Truth => _plant.Ledger.AsOf(_plant.Timeline.Now);
}
