using Prometheus;

namespace PackuilonMonitor.Serving;

/// <summary>The exposed metrics, as docs/serve.md lists them. Names and labels are part of the contract.</summary>
internal sealed class MetricFamilies
{
    /// <summary>A build takes minutes; one that waits for a time-out takes an hour.</summary>
    private static readonly double[] BuildSeconds = [30, 60, 120, 240, 360, 480, 600, 900, 1800, 3600, 7200];

    private static readonly double[] ChangeSeconds = [1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 2_700, 3_600, 7_200];

    private static readonly double[] StepSeconds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200];

    /// <param name="registry">Their registry.</param>
    /// <param name="factory">The label of all, if factories have names.</param>
    public MetricFamilies(CollectorRegistry registry, string? factory)
    {
        IMetricFactory metrics = Metrics.WithCustomRegistry(registry);
        if (factory is not null)
            metrics = metrics.WithLabels(new Dictionary<string, string> { ["factory"] = factory });
        Version = metrics.CreateGauge("packuilon_build_info", "The version of this program; always 1.", ["version"]);
        Builds = metrics.CreateCounter(
            "packuilon_builds_total",
            "Builds with a verdict, including those found at the start.",
            ["image", "template", "outcome"]
        );
        BuildTimes = metrics.CreateHistogram(
            "packuilon_build_duration_seconds",
            "How long builds took, from the line that announces them to their end.",
            Buckets(BuildSeconds, "image", "template", "outcome")
        );
        StepTimes = metrics.CreateHistogram(
            "packuilon_step_duration_seconds",
            "How long Packer's steps took, in builds whose log was seen to grow.",
            Buckets(StepSeconds, "template", "step")
        );
        Running = metrics.CreateGauge("packuilon_builds_running", "Builds that have no verdict yet.");
        OldestRunning = metrics.CreateGauge(
            "packuilon_oldest_running_build_start_timestamp_seconds",
            "When the oldest build began that has no verdict; 0 if none runs."
        );
        Workers = metrics.CreateGauge("packuilon_workers", "Threads of rabbit2packer in the log, by state.", ["state"]);
        WorkersConfigured = metrics.CreateGauge(
            "packuilon_workers_configured",
            "Threads that rabbit2packer's configuration asks for; absent if it cannot be read.",
            new GaugeConfiguration { SuppressInitialValue = true }
        );
        Queue = metrics.CreateGauge("packuilon_queue_depth", "Messages that wait for a worker, by source of the number.", ["source"]);
        Triggers = metrics.CreateCounter("packuilon_triggers_total", "Profiles that Aquilon rebuilt, by result.", ["result"]);
        Changes = metrics.CreateCounter(
            "packuilon_changes_total",
            "Finished changes, by result.",
            ["result"]
        );
        ChangeTaken = metrics.CreateHistogram(
            "packuilon_change_taken_seconds",
            "From the time in the packet to the worker that took the message.",
            Buckets(ChangeSeconds)
        );
        ChangeDone = metrics.CreateHistogram(
            "packuilon_change_done_seconds",
            "From the time in the packet to the end of the last build.",
            Buckets(ChangeSeconds, "result")
        );
        Rejected = metrics.CreateCounter("packuilon_rejected_total", "Refused messages, by reason.", ["why"]);
        Unrecognised = metrics.CreateCounter("packuilon_unrecognised_lines_total", "Lines of the factory's programs that no rule accepts.");
        SourceUp = metrics.CreateGauge("packuilon_source_up", "Whether a source can be read.", ["source"]);
        SourceLines = metrics.CreateCounter("packuilon_source_lines_total", "Lines read of a source, of all programs.", ["source"]);
        SourceLastLine = metrics.CreateGauge(
            "packuilon_source_last_line_timestamp_seconds",
            "The stamp of the last line of a source, or for the log directory when it last grew.",
            ["source"]
        );
        SourceGaps = metrics.CreateCounter("packuilon_source_gaps_total", "Places where lines of a source may be missing.", ["source"]);
        SourceRotations = metrics.CreateCounter("packuilon_source_rotations_total", "How often a source was rotated.", ["source"]);
    }

    public Gauge Version { get; }

    public Counter Builds { get; }

    public Histogram BuildTimes { get; }

    public Histogram StepTimes { get; }

    public Gauge Running { get; }

    public Gauge OldestRunning { get; }

    public Gauge Workers { get; }

    public Gauge WorkersConfigured { get; }

    public Gauge Queue { get; }

    public Counter Triggers { get; }

    public Counter Changes { get; }

    public Histogram ChangeTaken { get; }

    public Histogram ChangeDone { get; }

    public Counter Rejected { get; }

    public Counter Unrecognised { get; }

    public Gauge SourceUp { get; }

    public Counter SourceLines { get; }

    public Gauge SourceLastLine { get; }

    public Counter SourceGaps { get; }

    public Counter SourceRotations { get; }

    /// <summary>All metrics in Prometheus' text format.</summary>
    public static async Task<ReadOnlyMemory<byte>> Exposed(CollectorRegistry registry)
    {
        using var buffer = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(buffer).ConfigureAwait(false);
        return buffer.ToArray();
    }

    private static HistogramConfiguration Buckets(double[] seconds, params string[] labels) =>
        new() { Buckets = seconds, LabelNames = labels };
}
