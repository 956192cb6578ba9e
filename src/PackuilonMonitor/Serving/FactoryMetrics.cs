using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Reports;
using Prometheus;
using StepDurations = PackuilonMonitor.Core.Packer.StepTimes;

namespace PackuilonMonitor.Serving;

/// <summary>
/// Folds observations and keeps the metrics that follow from them. Counters only grow, also across rotations, and include what was there at
/// the start. For one thread; any may read the exposition.
/// </summary>
public sealed class FactoryMetrics
{
    /// <summary>A factory has some dozens of images, and a few templates; more are "other".</summary>
    public const int MostImages = 200;
    public const int MostTemplates = 20;

    /// <summary>How often the state is examined, so that nothing can come and be forgotten in between.</summary>
    private const int Slice = MonitorState.MostRejections;

    private readonly CollectorRegistry _registry;
    private readonly MetricFamilies _metrics;
    private readonly LabelLimit _images = new(MostImages);
    private readonly LabelLimit _templates = new(MostTemplates);
    private readonly HealthMetrics _health;
    private readonly EndedBuilds _ended = new();
    private readonly SettledTriggers _settled = new();
    private readonly EndedChanges _changes = new();
    private long _rejected;

    public FactoryMetrics(int? threadCount)
        : this(threadCount, MonitorState.Empty, Metrics.NewCustomRegistry())
    {
    }

    /// <param name="threadCount">The number of worker threads; null if unknown.</param>
    /// <param name="start">The state before anything is known; its name, if it has one, is a label of every metric.</param>
    /// <param name="registry">The registry of several factories' metrics.</param>
    public FactoryMetrics(int? threadCount, MonitorState start, CollectorRegistry registry)
    {
        (State, _registry, _metrics) = (start, registry, new MetricFamilies(registry, start.Factory));
        _health = new HealthMetrics(registry, start.Factory);
        var version = typeof(FactoryMetrics).Assembly.GetName().Version;
        _metrics.Version.WithLabels(version?.ToString(3) ?? "unknown").Set(1);
        if (threadCount is { } count)
            _metrics.WorkersConfigured.Set(count);
        foreach (var result in Enum.GetValues<TriggerResult>())
            _metrics.Triggers.WithLabels(ContractWords.Of(result));
        foreach (var result in EndedChanges.Results)
            _metrics.Changes.WithLabels(result);
        foreach (var why in Enum.GetValues<Refusal>())
            _metrics.Rejected.WithLabels(ContractWords.Of(why));
    }

    /// <summary>The state so far.</summary>
    public MonitorState State { get; private set; }

    /// <summary>Folds a batch and counts what it ends.</summary>
    /// <param name="now">The running time.</param>
    /// <param name="live">Everything at the start has been read.</param>
    public void Apply(IReadOnlyList<Observation> batch, TimeSpan now, bool live)
    {
        foreach (var slice in batch.Chunk(Slice))
        {
            State = State.Apply(slice);
            Count(now, live);
        }

        if (!live)
            return;
        if (batch.Count == 0)
            Count(now, live);
        foreach (var change in _changes.Take(State, now))
            Count(change);
        Show();
    }

    /// <summary>Shows the health as it is now.</summary>
    public void Show(FactoryHealth health) => _health.Show(health);

    /// <summary>The metrics in Prometheus' text format.</summary>
    public Task<ReadOnlyMemory<byte>> Exposed() => MetricFamilies.Exposed(_registry);

    private void Count(TimeSpan now, bool live)
    {
        foreach (var build in _ended.Take(State, now, live))
            Count(build);
        foreach (var trigger in _settled.Take(State, now))
            _metrics.Triggers.WithLabels(ContractWords.Of(trigger.Result!.Value)).Inc();
        foreach (var rejection in State.Rejections.TakeLast((int)(State.Rejected - _rejected)))
            _metrics.Rejected.WithLabels(ContractWords.Of(rejection.Why)).Inc();
        _rejected = State.Rejected;
    }

    private void Count(EndedChange change)
    {
        _metrics.Changes.WithLabels(change.Result).Inc();
        // A match that is not proven says nothing about the duration of a change.
        if (change.Trigger is not { Certain: true, PacketAt: { } received, TakenAt: { } taken })
            return;
        var sent =
            change.Trigger.PacketEpoch is { } epoch && received.ToUnixTimeSeconds() - epoch is >= 0 and < LongestInSocket
                ? epoch
                : received.ToUnixTimeMilliseconds() / 1000.0;
        _metrics.ChangeTaken.Observe(Math.Max(0, taken.ToUnixTimeMilliseconds() / 1000.0 - sent));
        if (change.Done is { } done)
            _metrics.ChangeDone.WithLabels(change.Result).Observe(Math.Max(0, done.ToUnixTimeMilliseconds() / 1000.0 - sent));
    }

    /// <summary>Seconds; an older packet was sent by a wrong clock.</summary>
    private const long LongestInSocket = 3_600;

    private void Count(BuildView build)
    {
        var template = _templates.Of(build.Template ?? "");
        string[] labels = [_images.Of(build.Image.Text), template, ContractWords.Of(build.State)];
        _metrics.Builds.WithLabels(labels).Inc();
        if (build.Took is { } took)
            _metrics.BuildTimes.WithLabels(labels).Observe(took.TotalSeconds);
        if (build is not { Log: { } log, LogShared: false })
            return;
        foreach (var step in StepDurations.Of(log))
        {
            if (step.Duration is { } time)
                _metrics.StepTimes.WithLabels(template, Word(step.Step.Kind)).Observe(time.TotalSeconds);
        }
    }

    private void Show()
    {
        var running = State.Builds.Running.ToList();
        _metrics.Running.Set(running.Count);
        _metrics.OldestRunning.Set(running.Count == 0 ? 0 : running.Min(build => build.StartedAt).ToUnixTimeMilliseconds() / 1000.0);
        foreach (var build in running)
            Announce(build);
        foreach (var activity in ContractWords.Activities)
            _metrics.Workers.WithLabels(activity).Set(State.Workers.Values.Count(worker => ContractWords.Of(worker.Activity) == activity));
        _metrics.Queue.WithLabels("inferred").Set(State.Triggers.Waiting);
        if (State.Measured is { } measured)
            _metrics.Queue.WithLabels("broker").Set(measured);
        else
            _metrics.Queue.RemoveLabelled("broker");
        _metrics.Unrecognised.IncTo(State.UnrecognisedLines);
        foreach (var reading in State.Sources.Readings)
            Show(reading);
    }

    /// <summary>A counter that appears with its first increase hides it from rate() and increase(): it must exist before, at 0.</summary>
    private void Announce(Build build)
    {
        var (image, template) = (_images.Of(build.Image.Text), _templates.Of(build.Template ?? ""));
        foreach (var outcome in Outcomes)
            _metrics.Builds.WithLabels(image, template, outcome);
    }

    private static readonly string[] Outcomes =
        [.. Enum.GetValues<BuildState>().Where(state => state is not (BuildState.Building or BuildState.Unknown)).Select(ContractWords.Of)];

    private void Show(SourceReading reading)
    {
        var source = SafeText.Plain(reading.Source.Path);
        _metrics.SourceUp.WithLabels(source).Set(reading.Health is null or { State: SourceState.Following } ? 1 : 0);
        _metrics.SourceLines.WithLabels(source).IncTo(reading.Lines);
        if (reading.LastLineAt is { } last)
            _metrics.SourceLastLine.WithLabels(source).Set(last.ToUnixTimeMilliseconds() / 1000.0);
        _metrics.SourceGaps.WithLabels(source).IncTo(reading.Gaps);
        _metrics.SourceRotations.WithLabels(source).IncTo(reading.Health?.Rotations ?? 0);
    }

    /// <summary>LaunchServer becomes launch-server.</summary>
    private static string Word(StepKind kind) =>
        string.Concat(
            kind.ToString()
                .Select(
                    (letter, at) => char.IsAsciiLetterUpper(letter) ? $"{(at == 0 ? "" : "-")}{char.ToLowerInvariant(letter)}" : $"{letter}"
                )
        );
}
