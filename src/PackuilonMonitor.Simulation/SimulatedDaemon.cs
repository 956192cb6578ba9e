namespace PackuilonMonitor.Simulation;

/// <summary>A process of rabbit2packer with its threads.</summary>
internal sealed class SimulatedDaemon(Plant plant)
{
    private readonly Dice _dice = plant.Dice.Fork();
    private readonly Life _life = new();

    /// <summary>From 0; -1 before it has started.</summary>
    public int Number { get; private set; } = -1;

    public int Pid { get; private set; }

    /// <summary>Its runs of Packer that are not closed yet.</summary>
    public List<PackerRun> Runs { get; } = [];

    public void Start()
    {
        Number = plant.Ledger.NextDaemon;
        Pid = _dice.Between(2000, 32000);
        plant.Ledger.Add(new TrueDaemon(Number, plant.Timeline.Now));
        plant.Timeline.Start(_life, Boot());
    }

    /// <summary>SIGKILL to the daemon alone: it writes nothing, and its Packers continue.</summary>
    public void Kill()
    {
        End(DaemonEnd.Killed);
        foreach (var run in Runs)
            run.Abandon();
    }

    /// <summary>SIGTERM to the whole group, as systemctl restart sends it.</summary>
    public void Stop()
    {
        End(DaemonEnd.Restarted);
        foreach (var run in Runs)
            run.Interrupt();
    }

    private void End(DaemonEnd how)
    {
        _life.Over = true;
        plant.Ledger.Daemon(Number, ended => ended with { EndedAt = plant.Timeline.Now, End = how });
    }

    private IEnumerable<TimeSpan> Boot()
    {
        plant.Syslog.Say(plant.Script(LogProgram.Rabbit2Packer, "rabbit2packer.py", Pid), WorkerSentences.DaemonStarting);
        for (var number = 1; number <= plant.Plan.Threads; number++)
        {
            yield return _dice.Milliseconds(0.4, 4);
            var thread = new SimulatedThread(plant, this, $"Thread-{number}");
            plant.Timeline.Start(_life, new SimulatedWorker(plant, thread).Work());
        }
    }
}
