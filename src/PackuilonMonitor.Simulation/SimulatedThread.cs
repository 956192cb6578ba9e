namespace PackuilonMonitor.Simulation;

/// <summary>A thread of rabbit2packer as messages shows it: its name, its lines and its end.</summary>
internal sealed class SimulatedThread(Plant plant, SimulatedDaemon daemon, string name)
{
    private readonly SyslogTag _syslog = plant.Script(LogProgram.Rabbit2Packer, "rabbit2packer.py", daemon.Pid);

    // Python's stderr goes through systemd: never a slash, always the process.
    private readonly SyslogTag _stderr = new(LogProgram.Rabbit2Packer, "rabbit2packer.py", daemon.Pid, Facility: 24);

    public string Name => name;

    public SimulatedDaemon Daemon => daemon;

    public Dice Dice { get; } = plant.Dice.Fork();

    public bool Dead { get; private set; }

    public void Say(WordedSentence said) => plant.Syslog.Say(_syslog, said, name);

    public IEnumerable<TimeSpan> SayAll(IEnumerable<WordedSentence> sayings)
    {
        foreach (var said in sayings)
        {
            Say(said);
            yield return Dice.Milliseconds(0.05, 1.5);
        }
    }

    /// <summary>Ends the thread. An uncaught error leaves a traceback only if Python does not buffer its stderr.</summary>
    /// <remarks><c>error</c>: The last line of the traceback; null for sys.exit, which leaves none.</remarks>
    public IEnumerable<TimeSpan> Die(DeathCause cause, string? error)
    {
        Dead = true;
        var traceback = error is not null && plant.Plan.Dialect.Tracebacks;
        plant.Ledger.Add(new TrueDeath(daemon.Number, name, plant.Timeline.Now, cause, traceback));
        if (!traceback)
            yield break;

        foreach (var line in PythonTraceback.Lines(plant.Plan.Dialect, name, error!))
        {
            plant.Syslog.Say(_stderr, line, name);
            yield return Dice.Milliseconds(0.02, 0.2);
        }
    }
}
