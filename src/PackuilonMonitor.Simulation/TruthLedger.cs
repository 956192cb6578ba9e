namespace PackuilonMonitor.Simulation;

/// <summary>Records the truth as it happens.</summary>
internal sealed class TruthLedger
{
    private readonly List<TrueDaemon> _daemons = [];
    private readonly List<TrueMessage> _messages = [];
    private readonly List<TrueBuild> _builds = [];
    private readonly List<TrueTrigger> _triggers = [];
    private readonly List<TrueRejection> _rejections = [];
    private readonly List<TrueDeath> _deaths = [];

    public int NextMessage => _messages.Count;

    public int NextDaemon => _daemons.Count;

    public int NextBuild => _builds.Count;

    public int NextTrigger => _triggers.Count;

    public void Add(TrueDaemon daemon) => _daemons.Add(daemon);

    public void Add(TrueMessage message) => _messages.Add(message);

    public void Add(TrueBuild build) => _builds.Add(build);

    public void Add(TrueTrigger trigger) => _triggers.Add(trigger);

    public void Add(TrueRejection rejection) => _rejections.Add(rejection);

    public void Add(TrueDeath death) => _deaths.Add(death);

    public void Daemon(int number, Func<TrueDaemon, TrueDaemon> change) => _daemons[number] = change(_daemons[number]);

    public void Message(int number, Func<TrueMessage, TrueMessage> change) => _messages[number] = change(_messages[number]);

    public void Build(int number, Func<TrueBuild, TrueBuild> change) => _builds[number] = change(_builds[number]);

    public void Trigger(int number, Func<TrueTrigger, TrueTrigger> change) => _triggers[number] = change(_triggers[number]);

    public int DeathsOf(int daemon) => _deaths.Count(death => death.Daemon == daemon);

    public FactoryTruth AsOf(DateTimeOffset now) =>
        new(now, [.. _daemons], [.. _messages], [.. _builds], [.. _rejections], [.. _triggers], [.. _deaths]);
}
