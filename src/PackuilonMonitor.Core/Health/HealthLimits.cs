namespace PackuilonMonitor.Core.Health;

/// <summary>
/// How long a state must last before it counts. Chosen on recordings whose builds were compressed to a minute at most; each is at least
/// three times the normal value there.
/// </summary>
public sealed record HealthLimits
{
    public static readonly HealthLimits Usual = new();

    /// <summary>The time after which failed, lost and refused builds that nobody repeats are forgotten.</summary>
    public TimeSpan Forget { get; init; } = TimeSpan.FromDays(14);

    /// <summary>A source may be silent for this time, whatever its past.</summary>
    public TimeSpan SilenceFloor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A daemon that was stopped, or started and is silent; a restart takes three seconds.</summary>
    public TimeSpan DaemonStop { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A thread that took a message and builds nothing.</summary>
    public TimeSpan WorkerSilent { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A message that waits while a worker is idle, which polls every two seconds.</summary>
    public TimeSpan QueueWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait after which it is an error.</summary>
    public TimeSpan QueueError { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A build without a known past.</summary>
    public TimeSpan BuildLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The time after which a failing cdb2rabbit is an error.</summary>
    public TimeSpan TriggerError { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Checks that are never raised.</summary>
    public IReadOnlySet<CheckCode> Off { get; init; } = new HashSet<CheckCode>();

    /// <summary>A source may be silent for this many times its longest silence.</summary>
    public const int SilenceTimes = 3;

    public static readonly TimeSpan LongestSilence = TimeSpan.FromHours(24);

    /// <summary>Too little was read to know the usual silence.</summary>
    public static readonly TimeSpan YoungSilence = TimeSpan.FromMinutes(60);

    public static readonly TimeSpan Young = TimeSpan.FromHours(24);

    /// <summary>The tolerated error of a clock.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Three heartbeats of whoever ships.</summary>
    public static readonly TimeSpan HeartbeatMissed = TimeSpan.FromMinutes(3);

    /// <summary>Between a rotation's rename and create there is no file.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan BrokerOld = TimeSpan.FromMinutes(60);

    public static readonly TimeSpan BrokerMute = TimeSpan.FromSeconds(60);

    /// <summary>A run of cdb2rabbit waits for the broker for eighteen seconds at most.</summary>
    public static readonly TimeSpan RunSilent = TimeSpan.FromMinutes(5);

    /// <summary>Packer's last words are in the log, and the daemon is silent.</summary>
    public static readonly TimeSpan EndUntold = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan Dropped = TimeSpan.FromMinutes(60);
}
