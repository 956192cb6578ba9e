namespace PackuilonMonitor.Simulation;

/// <summary>What the actors of one simulated factory share.</summary>
internal sealed class Plant
{
    public Plant(FactoryPlan plan)
    {
        Plan = plan;
        Dice = new Dice(plan.Seed);
        Timeline = new Timeline(plan.Start, plan.Speed);
        Syslog = new SimulatedSyslog(Timeline, plan);
        Queue = new SimulatedQueue(this);
        Logs = new LogShelf(Ledger, Timeline);
    }

    public FactoryPlan Plan { get; }

    /// <summary>Forked once by each actor when it is made, so that the order of making decides all throws.</summary>
    public Dice Dice { get; }

    public Timeline Timeline { get; }

    public SimulatedSyslog Syslog { get; }

    public Ledger Ledger { get; } = new();

    public SimulatedQueue Queue { get; }

    public LogShelf Logs { get; }

    /// <summary>The line of a script through syslog(): with a slash before its name on older Pythons.</summary>
    public Speaker Script(LogProgram program, string name, int pid) =>
        new(program, Plan.Dialect.SlashIdent ? '/' + name : name, Plan.Dialect.PidOnEveryLine ? pid : null, Facility: 8);
}
