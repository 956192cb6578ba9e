namespace PackuilonMonitor.Simulation;

/// <summary>Shared by the actors of one simulated factory.</summary>
internal sealed class Plant
{
    public Plant(FactoryPlan plan)
    {
        Plan = plan;
        Dice = new Dice(plan.Seed);
        Timeline = new Timeline(plan.Start, plan.Speed);
        Syslog = new SimulatedSyslog(Timeline, plan);
        Ledger = new TruthLedger(plan.MostRemembered);
        Queue = new SimulatedQueue(this);
        Logs = new LogShelf(Ledger, Timeline, plan.MostRemembered);
    }

    public FactoryPlan Plan { get; }

    /// <summary>Each actor forks it once when it is created, so the order of creation decides all numbers.</summary>
    public Dice Dice { get; }

    public Timeline Timeline { get; }

    public SimulatedSyslog Syslog { get; }

    public TruthLedger Ledger { get; }

    public SimulatedQueue Queue { get; }

    public LogShelf Logs { get; }

    /// <summary>A script's line through syslog(): with a slash before its name on older Pythons.</summary>
    public SyslogTag Script(LogProgram program, string name, int pid) =>
        new(program, Plan.Dialect.SlashIdent ? '/' + name : name, Plan.Dialect.PidOnEveryLine ? pid : null, Facility: 8);
}
