namespace PackuilonMonitor.Simulation;

/// <summary>cdp-listend, which receives news of rebuilt profiles, and cdb2rabbit, which it calls to queue the changed ones.</summary>
internal sealed class SimulatedTriggers(Plant plant)
{
    private const string Aquilon = "198.51.100.11";

    private readonly Dice _dice = plant.Dice.Fork();
    private readonly ListenerSentences _words = new(plant.Plan.Dialect);
    private readonly HashSet<string> _cached = [];
    private int _pid;

    public IEnumerable<TimeSpan> Listen()
    {
        // It forks: the first line comes from another process and another facility.
        _pid = _dice.Between(800, 1100);
        plant.Syslog.Say(new SyslogTag(LogProgram.CdpListend, "/usr/sbin/cdp-listend", _pid++, Facility: 8), ListenerSentences.Starting);
        yield return _dice.Milliseconds(3, 9);
        Say(ListenerSentences.Started);
        yield return _dice.Milliseconds(0.1, 1);
        Say(ListenerSentences.StartupInvocation);
        yield return _dice.Milliseconds(60, 200);
        foreach (var wait in new ScriptCall(plant, _dice.Fork(), _cached).FirstEver())
            yield return wait;

        while (true)
        {
            // It blocks while the script runs, so calls never overlap.
            yield return _dice.Wait(plant.Plan.Scenario.TriggeredEvery * 0.5);
            foreach (var wait in _dice.Chance(0.08) ? Fetch() : Notified())
                yield return wait;
        }
    }

    private IEnumerable<TimeSpan> Notified()
    {
        var delay = _dice.Chance(0.7) ? 0 : _dice.Between(1, 4);
        var epoch = Receive("cdb");
        yield return _dice.Milliseconds(0.1, 0.6);
        Say(ListenerSentences.CallPlanned(delay));
        yield return TimeSpan.FromSeconds(delay) + _dice.Milliseconds(0.1, 0.6);
        Say(_words.Calling(ListenerSentences.Script, epoch, delay));
        yield return _dice.Milliseconds(40, 150);

        // Half of the notifications are about profiles of other systems.
        var call = new ScriptCall(plant, _dice.Fork(), _cached);
        foreach (var wait in _dice.Chance(0.5) ? call.NothingChanged() : call.Changed())
            yield return wait;
        if (call.Failed)
        {
            yield return _dice.Milliseconds(5, 30);
            Say(_words.CallFailed(ListenerSentences.Script, ""));
        }
    }

    private IEnumerable<TimeSpan> Fetch()
    {
        var offset = _dice.Between(0, 5);
        var epoch = Receive("ccm");
        yield return _dice.Milliseconds(0.1, 0.6);
        Say(ListenerSentences.FetchPlanned(offset, 5));
        yield return TimeSpan.FromSeconds(offset) + _dice.Milliseconds(0.1, 0.6);
        Say(_words.Calling(ListenerSentences.Fetch, epoch, offset));
        yield return _dice.Milliseconds(10, 900);
        if (_dice.Chance(plant.Plan.Scenario.TriggerFails))
            Say(_words.CallFailed(ListenerSentences.Fetch, "No such file or directory"));
    }

    private long Receive(string kind)
    {
        var epoch = plant.Timeline.Now.ToUnixTimeSeconds();
        Say(ListenerSentences.PacketReceived(kind, epoch, Aquilon));
        return epoch;
    }

    private void Say(WordedSentence said) =>
        plant.Syslog.Say(new SyslogTag(LogProgram.CdpListend, "/usr/sbin/cdp-listend", _pid, Facility: 24), said);
}
