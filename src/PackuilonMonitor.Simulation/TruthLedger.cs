namespace PackuilonMonitor.Simulation;

/// <summary>Records the truth as it happens.</summary>
/// <param name="most">How many of the newest of each kind it keeps at least.</param>
internal sealed class TruthLedger(int most)
{
    private readonly Book<TrueDaemon> _daemons = new(most);
    private readonly Book<TrueMessage> _messages = new(most);
    private readonly Book<TrueBuild> _builds = new(most);
    private readonly Book<TrueTrigger> _triggers = new(most);
    private readonly Book<TrueRejection> _rejections = new(most);
    private readonly Book<TrueDeath> _deaths = new(most);

    public int NextMessage => _messages.Next;

    public int NextDaemon => _daemons.Next;

    public int NextBuild => _builds.Next;

    public int NextTrigger => _triggers.Next;

    public void Add(TrueDaemon daemon) => _daemons.Add(daemon);

    public void Add(TrueMessage message) => _messages.Add(message);

    public void Add(TrueBuild build) => _builds.Add(build);

    public void Add(TrueTrigger trigger) => _triggers.Add(trigger);

    public void Add(TrueRejection rejection) => _rejections.Add(rejection);

    public void Add(TrueDeath death) => _deaths.Add(death);

    public void Daemon(int number, Func<TrueDaemon, TrueDaemon> change) => _daemons.Change(number, change);

    public void Message(int number, Func<TrueMessage, TrueMessage> change) => _messages.Change(number, change);

    public void Build(int number, Func<TrueBuild, TrueBuild> change) => _builds.Change(number, change);

    public void Trigger(int number, Func<TrueTrigger, TrueTrigger> change) => _triggers.Change(number, change);

    public int DeathsOf(int daemon) => _deaths.All.Count(death => death.Daemon == daemon);

    public FactoryTruth AsOf(DateTimeOffset now) =>
        new(now, [.. _daemons.All], [.. _messages.All], [.. _builds.All], [.. _rejections.All], [.. _triggers.All], [.. _deaths.All]);
}
