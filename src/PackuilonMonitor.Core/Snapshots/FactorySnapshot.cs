using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>
/// One factory's published state and what the screens read from it, worked out when it is first asked for and kept for the next
/// state where nothing changed. For one thread.
/// </summary>
public sealed class FactorySnapshot
{
    private readonly PastTable _pasts;
    private readonly BuildIndex _builds;
    private readonly Dictionary<string, Outlook> _outlooks = new(StringComparer.Ordinal);
    private readonly long _newest;
    private IReadOnlyList<WorkerRow>? _workers;
    private IReadOnlyList<Row>? _triggers;
    private IReadOnlyList<Row>? _events;
    private IReadOnlyList<Row>? _unrecognised;
    private DateTimeOffset _outlooksAt;
    private FactoryHealth? _health;
    private HealthSubject? _subject;
    private Dictionary<string, Trigger>? _lastOf;
    private Dictionary<string, int>? _queue;

    private FactorySnapshot(MonitorState state, Facts facts, BuildIndex builds, PastTable pasts, long newest)
    {
        (State, Facts, _builds, _pasts, _newest) = (state, facts, builds, pasts, newest);
    }

    public MonitorState State { get; }

    /// <summary>Its name, where factories are named.</summary>
    public string? Name => State.Factory;

    public Facts Facts { get; }

    /// <summary>All builds, by start.</summary>
    public IReadOnlyList<BuildView> Builds => _builds.All;

    /// <summary>Those that no line says to have ended, by start.</summary>
    public IReadOnlyList<BuildView> Running => _builds.Running;

    /// <summary>Ended builds and rejected messages, newest first.</summary>
    public IReadOnlyList<Row> Ended => _builds.Ended;

    /// <summary>One row a thread in the order of their numbers, then the running builds without a known thread.</summary>
    public IReadOnlyList<WorkerRow> Workers => _workers ??= WorkerRows.Of(this);

    /// <summary>What changed and what came of it, unfinished ones first, then the newest first.</summary>
    public IReadOnlyList<Row> Triggers => _triggers ??= TriggerRows.Of(this);

    /// <summary>The last observations, newest first.</summary>
    public IReadOnlyList<Row> Events => _events ??= EventRows();

    /// <summary>The last lines that no rule accepted, newest first.</summary>
    public IReadOnlyList<Row> Unrecognised =>
        _unrecognised ??= [
            .. State
                .NotUnderstood.Select((seen, at) => new EventRow(State.UnrecognisedLines - State.NotUnderstood.Count + at, seen, Name))
                .Reverse(),
        ];

    public IEnumerable<SourceRow> Sources => State.Sources.Readings.Select(reading => new SourceRow(reading, Name));

    /// <summary>The host whose lines are read, by the last of them.</summary>
    public string? Host => State.Recent.FindLast(seen => seen.Host.Length > 0)?.Host;

    public long Waiting => State.Waiting;

    public static FactorySnapshot Of(MonitorState state, Facts facts) =>
        new(state, facts, BuildIndex.Of(state, facts.History), new PastTable(), state.Recent.Count - 1);

    /// <summary>The next state; what did not change is not worked out again.</summary>
    public FactorySnapshot Next(MonitorState state)
    {
        var builds = _builds.Next(State, state);
        var pasts = ReferenceEquals(builds, _builds) || builds.HasSameEnded ? _pasts : new PastTable();
        return new FactorySnapshot(state, Facts, builds, pasts, _newest + Added(State, state))
        {
            _subject = _subject?.Next(state, builds.All),
            _triggers = HasSameMessages(builds, state) ? _triggers : null,
            _events = ReferenceEquals(State.Recent, state.Recent) ? _events : null,
            _unrecognised = ReferenceEquals(State.NotUnderstood, state.NotUnderstood) ? _unrecognised : null,
            _lastOf = ReferenceEquals(State.Triggers.Triggers, state.Triggers.Triggers) ? _lastOf : null,
            _queue = ReferenceEquals(State.Triggers.Triggers, state.Triggers.Triggers) ? _queue : null,
        };
    }

    /// <summary>The same state beside other facts.</summary>
    public FactorySnapshot With(Facts facts) => facts.History == Facts.History
        ? new(State, facts, _builds, _pasts, _newest) { _subject = _subject }
        : new(State, facts, BuildIndex.Of(State, facts.History), new PastTable(), _newest);

    public BuildView? Find(string? id) => id is null ? null : _builds.Find(id);

    /// <summary>The builds of an image, oldest first.</summary>
    public IReadOnlyList<BuildView> Of(ImageName image) => _builds.Of(image.Text);

    public Past PastOf(BuildView build) => _pasts.Of(build, _builds);

    /// <summary>The same without the build itself: none is its own measure.</summary>
    public Past PastBeside(BuildView build) => _pasts.Beside(build, _builds);

    /// <summary>What is out of the ordinary about an ended build.</summary>
    public Ending EndingOf(BuildView build) => _pasts.EndingOf(build, _builds);

    /// <summary>Why a message came to no build, with the template file that it asked for where the configuration names it.</summary>
    public string WhyRefused(Rejection rejection) =>
        RefusalWords.Of(rejection, rejection.Image is { } image ? TemplateFile(image, 0) : null);

    /// <summary>The same of a thread that it ended.</summary>
    public string WhyLost(PresumedLost lost) =>
        RefusalWords.Of(lost.Why, lost.Text, lost.Error, TemplateFile(lost.Job.Image, lost.Job.Built.Count));

    private string? TemplateFile(ImageName image, int built) =>
        Facts.Health.Around.TemplateFiles?.Invoke(image).ElementAtOrDefault(built);

    /// <summary>Worked out once for each moment.</summary>
    public Outlook OutlookOf(BuildView build, DateTimeOffset now)
    {
        if (_outlooksAt != now)
            _outlooks.Clear();
        _outlooksAt = now;
        return _outlooks.TryGetValue(build.Id, out var outlook) ? outlook : _outlooks[build.Id] = Outlook.Of(build, PastOf(build), now);
    }

    /// <summary>What is wrong with it. Worked out once for each moment.</summary>
    public FactoryHealth HealthAt(DateTimeOffset now)
    {
        if (_health is { } known && known.Now == now)
            return known;
        var (limits, around) = Facts.Health;
        _subject ??= HealthSubject.Of(State, Builds);
        return _health = HealthChecks.Evaluate(
            _subject,
            now,
            limits,
            around with
            {
                Name = Host,
                Threads = Facts.ThreadCount,
                StuckInStep = StuckSteps.Of(this, now),
            },
            Facts.Health.Mutes
        );
    }

    /// <summary>
    /// The templates of an image in their order, by its last message that was built to the end; none where none is known.
    /// </summary>
    public IReadOnlyList<string> TemplatesOf(ImageName image) => _pasts.TemplatesOf(image.Text, _builds);

    /// <summary>The last change of a profile that certainly became one image; null where there is none.</summary>
    internal Trigger? LastOf(string profile)
    {
        if (_lastOf is null)
        {
            _lastOf = new Dictionary<string, Trigger>(StringComparer.Ordinal);
            foreach (var trigger in State.Triggers.Triggers)
            {
                if (trigger is { Certain: true, Images.Count: 1 })
                    _lastOf[trigger.Profile] = trigger;
            }
        }

        return _lastOf.GetValueOrDefault(profile);
    }

    /// <summary>The place of each waiting message in the queue, by the id of its change; the first has 0.</summary>
    internal IReadOnlyDictionary<string, int> Queue =>
        _queue ??= State
            .Triggers.Triggers.Where(trigger => trigger.Waiting)
            .OrderBy(trigger => trigger.QueuedAt)
            .Select((trigger, place) => (trigger.Id, place))
            .ToDictionary(one => one.Id, one => one.place, StringComparer.Ordinal);

    private bool HasSameMessages(BuildIndex builds, MonitorState state) =>
        (ReferenceEquals(builds, _builds) || builds.HasSameStates)
        && ReferenceEquals(State.Triggers, state.Triggers)
        && ReferenceEquals(State.Workers, state.Workers)
        && ReferenceEquals(State.Rejections, state.Rejections);

    private Row[] EventRows()
    {
        var rows = new Row[State.Recent.Count];
        var back = rows.Length;
        foreach (var seen in State.Recent)
            rows[--back] = new EventRow(_newest - back, seen, Name);
        return rows;
    }

    private static long Added(MonitorState before, MonitorState after)
    {
        if (before.Recent == after.Recent)
            return 0;
        if (before.Recent.IsEmpty)
            return after.Recent.Count;
        var last = before.Recent[^1];
        var place = after.Recent.FindLastIndex(seen => ReferenceEquals(seen, last));
        return after.Recent.Count - 1 - place;
    }
}
