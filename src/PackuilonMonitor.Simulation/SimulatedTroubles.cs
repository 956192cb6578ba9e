namespace PackuilonMonitor.Simulation;

/// <summary>What happens to the daemon and the messages file: kills, restarts and rotations.</summary>
internal sealed class SimulatedTroubles(Plant plant)
{
    private readonly Dice _dice = plant.Dice.Fork();
    private readonly SyslogTag _systemd = new(LogProgram.Other, "systemd", 1, Facility: 24);
    private readonly SyslogTag _rsyslog = new(LogProgram.Other, "rsyslogd", null, Facility: 40);
    private SimulatedDaemon _daemon = new(plant);
    private bool _isUp;

    public IEnumerable<TimeSpan> Boot()
    {
        plant.Syslog.Send(_rsyslog, new WordedSentence(Sentence.Noise, Origin + "start"));
        yield return _dice.Milliseconds(100, 400);
        StartDaemon();
    }

    public IEnumerable<TimeSpan> Kills(TimeSpan mean)
    {
        while (true)
        {
            yield return _dice.Wait(mean);
            if (!_isUp)
                continue;

            _isUp = false;
            _daemon.Kill();
            Systemd("rabbit2packer.service: Main process exited, code=killed, status=9/KILL");
            yield return _dice.Milliseconds(1, 4);
            Systemd("rabbit2packer.service: Failed with result 'signal'.");
            yield return _dice.Seconds(4, 90);
            StartDaemon();
        }
    }

    /// <summary>Restarts now and then, and sooner when half of the threads have ended, because somebody notices.</summary>
    public IEnumerable<TimeSpan> Restarts(TimeSpan? mean)
    {
        var look = TimeSpan.FromMinutes(5);
        while (true)
        {
            yield return look;
            var noticed = plant.Ledger.DeathsOf(_daemon.Number) * 2 >= plant.Plan.Threads && _dice.Chance(0.3);
            if (!_isUp || !noticed && (mean is not { } every || !_dice.Chance(look / every)))
                continue;

            foreach (var wait in Restart())
                yield return wait;
        }
    }

    public IEnumerable<TimeSpan> Rotations(TimeSpan mean)
    {
        while (true)
        {
            yield return _dice.Wait(mean);
            plant.Timeline.Write(new MessagesRotated(plant.Plan.Scenario.Rotation));

            // rsyslog does not know of a copied file and continues to write.
            if (plant.Plan.Scenario.Rotation == RotationKind.CopyAndTruncate)
                continue;

            if (plant.Plan.Scenario.HostChanges)
                plant.Syslog.Host = plant.Syslog.Host == "localhost" ? plant.Plan.Host : "localhost";
            plant.Syslog.Send(_rsyslog, new WordedSentence(Sentence.Noise, Origin + "rsyslogd was HUPed"));
        }
    }

    private IEnumerable<TimeSpan> Restart()
    {
        _isUp = false;
        Systemd("Stopping rabbit2packer...");
        yield return _dice.Milliseconds(2, 9);
        _daemon.Stop();
        yield return _dice.Seconds(1.6, 3);
        Systemd("Stopped rabbit2packer.");
        yield return _dice.Milliseconds(5, 40);
        StartDaemon();
    }

    private void StartDaemon()
    {
        Systemd("Started rabbit2packer.");
        _daemon = new SimulatedDaemon(plant);
        _daemon.Start();
        _isUp = true;
    }

    private void Systemd(string text) => plant.Syslog.Send(_systemd, new WordedSentence(Sentence.Noise, text));

    private const string Origin =
        "[origin software=\"rsyslogd\" swVersion=\"8.2302.0\" x-pid=\"611\" x-info=\"https://www.rsyslog.com\"] ";
}
