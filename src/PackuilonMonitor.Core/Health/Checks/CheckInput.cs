using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>The input of the checks: the state, its builds with their history, and the time.</summary>
/// <param name="Now">The clock, or the given instant.</param>
internal sealed record CheckInput(HealthSubject Subject, DateTimeOffset Now, HealthLimits Limits, Surroundings Around)
{
    private IReadOnlyList<SourceReading>? _systemLogs;
    private bool? _timesAreUnreadable;
    private DateTimeOffset? _clock;

    public MonitorState State => Subject.State;

    /// <summary>All known builds, including stored ones, by start.</summary>
    public IReadOnlyList<BuildView> Builds => Subject.Builds.Input;

    public Refusals Refusals => Subject.Messages.Get(Refusals.Of);

    public FactoryVitals Vitals => State.Vitals;

    /// <summary>The sources of lines, without Packer's logs and the broker.</summary>
    public IReadOnlyList<SourceReading> SystemLogs =>
        _systemLogs ??= [
            .. State.Sources.Readings.Where(reading => reading.Source.Path != Around.LogDirectory && reading.Source.Path != Around.Broker),
        ];

    /// <summary>
    /// The silence of such a source proves something: all lines of it are read, here or where they are shipped. Of the stream itself only
    /// the heartbeat tells.
    /// </summary>
    public bool MayNotBeSilent(SourceReading reading) =>
        !Around.SilenceIsUsual && (Around.From is null || (reading.Source.Path != Around.From.Stream && reading.Lines > 0));

    /// <summary>The stamp of the last line of any program.</summary>
    public DateTimeOffset? LastLineAt => SystemLogs.Max(reading => reading.LastLineAt);

    /// <summary>A line is further ahead than clocks differ: a wrong zone, or a wrong clock.</summary>
    public bool IsAhead => LastLineAt > Now + HealthLimits.Ahead;

    public bool TimesAreUnreadable => _timesAreUnreadable ??= IsAhead || Around.IsUndated || HeadersAreDamaged;

    /// <summary>More than twenty an hour.</summary>
    public bool HeadersAreDamaged =>
        Vitals.Speech.DamagedAt is { Count: > 20 } damaged
        && damaged[^1] - damaged[0] <= TimeSpan.FromHours(1)
        && Now - damaged[^1] <= TimeSpan.FromHours(1);

    /// <summary>
    /// The end of the time in which absence proves something: once the log is silent for longer than usual, nothing is known any more.
    /// </summary>
    public DateTimeOffset Clock =>
        _clock ??= SystemLogs.Max(reading => reading.LastLineAt + LimitOf(reading)) is { } end && end < Now ? end : Now;

    /// <summary>How long it has been so, as far as absence proves it; zero if times cannot be read.</summary>
    public TimeSpan Elapsed(DateTimeOffset since) => TimesAreUnreadable || Clock <= since ? TimeSpan.Zero : Clock - since;

    /// <summary>How long a source may be silent.</summary>
    public TimeSpan LimitOf(SourceReading reading)
    {
        var known = Vitals.Silences.Of(reading.Source);
        var young = known is null || known.LastAt - known.FirstAt < HealthLimits.Young;
        var floor = young && HealthLimits.YoungSilence > Limits.SilenceFloor ? HealthLimits.YoungSilence : Limits.SilenceFloor;
        var usual = (known?.Longest ?? TimeSpan.Zero) * HealthLimits.SilenceTimes;
        return usual > HealthLimits.LongestSilence ? HealthLimits.LongestSilence : usual > floor ? usual : floor;
    }

    /// <summary>It is so old that it is forgotten.</summary>
    public bool IsForgotten(DateTimeOffset? at) => at < Now - Limits.Forget;

    /// <summary>The expected number of workers: configured, otherwise started; null if neither is known.</summary>
    public int? Workers => Around.Threads ?? (Vitals.Daemon.Threads is { Count: > 0 } started ? started.Count : null);
}
