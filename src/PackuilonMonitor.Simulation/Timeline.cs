namespace PackuilonMonitor.Simulation;

/// <summary>The owner of an activity; when it ends, the activity never resumes.</summary>
internal sealed class Life
{
    public bool Over { get; set; }
}

/// <summary>A running script: each value that it yields is the time until it continues.</summary>
internal sealed record Activity(Life Life, IEnumerator<TimeSpan> Script);

/// <summary>Runs activities in the order of a simulated clock and returns what they write.</summary>
/// <param name="start">The time of the first activity.</param>
/// <param name="speed">How many times shorter than the yielded value every wait is.</param>
internal sealed class Timeline(DateTimeOffset start, double speed)
{
    /// <summary>Yielded by an activity that another one will resume.</summary>
    public static readonly TimeSpan Parked = Timeout.InfiniteTimeSpan;

    private readonly PriorityQueue<Activity, (long Ticks, long Order)> _due = new();
    private readonly Queue<FileOperation> _written = new();
    private Activity? _current;
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    public Activity Current => _current ?? throw new InvalidOperationException("No activity is running.");

    public void Start(Life life, IEnumerable<TimeSpan> script) => Resume(new Activity(life, script.GetEnumerator()), TimeSpan.Zero);

    public void Resume(Activity activity, TimeSpan after) =>
        _due.Enqueue(activity, (Now.Ticks + (long)(after.Ticks / speed), _order++));

    public void Write(FileOperation operation) => _written.Enqueue(operation);

    /// <summary>What happens up to and including that time. A later call continues from there.</summary>
    public IEnumerable<FactoryStep> StepsUntil(DateTimeOffset end)
    {
        while (_due.TryPeek(out var activity, out var due) && due.Ticks <= end.ToOffset(Now.Offset).Ticks)
        {
            _due.Dequeue();
            if (activity.Life.Over)
                continue;

            Now = new DateTimeOffset(due.Ticks, Now.Offset);
            _current = activity;
            if (activity.Script.MoveNext() && activity.Script.Current != Parked)
                Resume(activity, activity.Script.Current);

            while (_written.TryDequeue(out var operation))
                yield return new FactoryStep(Now, operation);
        }
    }

    /// <summary>When the next thing can happen; null if nothing ever will.</summary>
    public DateTimeOffset? NextAt => _due.TryPeek(out _, out var due) ? new DateTimeOffset(due.Ticks, Now.Offset) : null;
}
