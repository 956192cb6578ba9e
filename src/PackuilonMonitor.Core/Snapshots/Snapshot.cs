using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>
/// All that the screens read: one factory, or several with names beside each other. A build is asked about in its own
/// factory alone, which its id names. For one thread.
/// </summary>
public sealed class Snapshot
{
    private const int MostFiltered = 8;

    private readonly ImmutableArray<FactorySnapshot> _all;
    private Snapshot? _only;
    private IReadOnlyList<BuildView>? _builds;
    private IReadOnlyList<Row>? _ended;
    private IReadOnlyList<WorkerRow>? _workers;
    private IReadOnlyList<Row>? _workerLines;
    private IReadOnlyList<Row>? _triggers;
    private IReadOnlyList<Row>? _events;
    private IReadOnlyList<Row>? _unrecognised;
    private readonly Dictionary<object, IReadOnlyList<Row>> _filtered = [];
    private readonly Dictionary<string, Snapshot> _alone = new(StringComparer.Ordinal);
    private IReadOnlyList<RaisedCheck>? _checks;
    private DateTimeOffset _checksAt;
    private readonly Dictionary<Type, (object Key, object Value)> _latest = [];
    private (string? Subject, ChangeChain Chain)? _chain;

    private Snapshot(ImmutableArray<FactorySnapshot> all, ImmutableArray<FactorySnapshot> factories, Facts facts) =>
        (_all, Factories, Facts) = (all, factories, facts);

    public static Snapshot Empty => Of(MonitorState.Empty, Facts.None);

    /// <summary>Those that are shown, in the order of their names.</summary>
    public ImmutableArray<FactorySnapshot> Factories { get; }

    /// <summary>What is known beside the factories; what is one factory's own is in its snapshot.</summary>
    public Facts Facts { get; }

    /// <summary>All factories, those not shown among them.</summary>
    public ImmutableArray<FactorySnapshot> All => _all;

    /// <summary>The names of all factories, those not shown among them; none where there is one without a name.</summary>
    public IEnumerable<string> Names => _all.Select(factory => factory.Name).OfType<string>();

    /// <summary>Factories have names, which rows and headings then bear.</summary>
    public bool IsNamed => _all[0].Name is not null;

    /// <summary>All builds, by start.</summary>
    public IReadOnlyList<BuildView> Builds =>
        _builds ??= Factories is [var only]
            ? only.Builds
            : [.. Factories.SelectMany(factory => factory.Builds).OrderBy(build => build.StartedAt ?? DateTimeOffset.MinValue)];

    /// <summary>Ended builds and rejected messages, newest first.</summary>
    public IReadOnlyList<Row> Ended => _ended ??= Merged(factory => factory.Ended, row => row switch
    {
        RejectionRow rejected => rejected.Rejection.At,
        _ => row.Build?.EndedAt ?? row.Build?.StartedAt,
    });

    /// <summary>
    /// Factory by factory one row a thread in the order of their numbers, then its running builds without a known thread.
    /// </summary>
    public IReadOnlyList<WorkerRow> Workers =>
        _workers ??= Factories is [var only] ? only.Workers : [.. Factories.SelectMany(factory => factory.Workers)];

    /// <summary>The same with a heading before each factory that has a name.</summary>
    public IReadOnlyList<Row> WorkerLines =>
        _workerLines ??= IsNamed
            ? [.. Factories.SelectMany(factory => factory.Workers.Prepend<Row>(new FactoryRow(factory.Name!)))]
            : Workers;

    /// <summary>What changed and what came of it, unfinished ones first, then the newest first.</summary>
    public IReadOnlyList<Row> Triggers => _triggers ??= Factories is [var only]
        ? only.Triggers
        : TriggerRows.Ordered(Factories.SelectMany(factory => factory.Triggers).Cast<TriggerRow>().OrderByDescending(row => row.At));

    /// <summary>The last observations, newest first.</summary>
    public IReadOnlyList<Row> Events => _events ??= Merged(factory => factory.Events, row => ((EventRow)row).Seen.At);

    public IReadOnlyList<Row> Unrecognised => _unrecognised ??= Merged(factory => factory.Unrecognised, row => ((EventRow)row).Seen.At);

    public IEnumerable<SourceRow> Sources => Factories.SelectMany(factory => factory.Sources);

    /// <summary>How each file is that is read.</summary>
    public IEnumerable<SourceReading> Readings => Factories.SelectMany(factory => factory.State.Sources.Readings);

    /// <summary>
    /// What is wrong with the factories that are shown, in the order in which it is shown: errors, what cannot be seen, warnings; muted
    /// checks last.
    /// </summary>
    public IReadOnlyList<RaisedCheck> ChecksAt(DateTimeOffset now)
    {
        if (_checksAt != now || _checks is null)
        {
            _checksAt = now;
            _checks =
            [
                .. Factories
                    .SelectMany(factory =>
                        factory.HealthAt(now).Checks.Select(check => new RaisedCheck(check.Code.IsOwn() ? null : factory.Name, check))
                    )
                    .OrderBy(raised => raised.Check.IsMuted)
                    .ThenBy(raised => FactoryHealth.Rank(raised.Check.Severity))
                    .ThenBy(raised => raised.Check.Code),
            ];
        }

        return _checks;
    }

    /// <summary>What is worked out from this for a key, kept until another key is asked for: one value of each type.</summary>
    public T Latest<T>(object key, Func<T> make)
        where T : class
    {
        if (_latest.TryGetValue(typeof(T), out var known) && known.Key.Equals(key))
            return (T)known.Value;
        var made = make();
        _latest[typeof(T)] = (key, made);
        return made;
    }

    /// <summary>The worst of them.</summary>
    public Overall OverallAt(DateTimeOffset now) => FactoryHealth.WorstOf(ChecksAt(now).Select(raised => raised.Check));

    /// <summary>Whose lines are read: the host's, by the last of them, or the factories'.</summary>
    public string? Host =>
        !IsNamed ? Factories[0].Host
        : Factories is [var only] ? only.Name
        : string.Create(CultureInfo.InvariantCulture, $"{Factories.Length} factories");

    public long Waiting => Factories.Sum(factory => factory.Waiting);

    /// <summary>Each factory's queue was asked of its broker.</summary>
    public bool IsMeasured => Factories.All(factory => factory.State.Measured is not null);

    public long UnrecognisedLines => Factories.Sum(factory => factory.State.UnrecognisedLines);

    /// <summary>Every factory's logs were read once, or its stream cannot be read, which is reported elsewhere.</summary>
    public bool IsComplete =>
        _all.All(factory =>
            factory.State.Logs.Complete
            || factory.State.Sources.Readings.Any(reading => reading.Health is { State: SourceState.Unreadable })
        );

    /// <summary>One factory; what is known beside it is its own.</summary>
    public static Snapshot Of(MonitorState state, Facts facts) => Of([FactorySnapshot.Of(state, facts)], facts);

    /// <summary>Several factories, each with what is its own.</summary>
    public static Snapshot Of(IEnumerable<FactorySnapshot> factories, Facts facts)
    {
        ImmutableArray<FactorySnapshot> all = [.. factories];
        return new Snapshot(all, all, facts);
    }

    /// <summary>The next state of the factory that it is of; what did not change is not worked out again.</summary>
    public Snapshot Next(MonitorState state) => With(factory => factory.Name == state.Factory ? factory.Next(state) : factory);

    /// <summary>Other facts of one factory.</summary>
    public Snapshot With(string? name, Func<Facts, Facts> change) =>
        !IsNamed ? With(change(Facts)) : With(factory => factory.Name == name ? factory.With(change(factory.Facts)) : factory);

    /// <summary>The same beside other facts; what is its own of a factory with a name stays.</summary>
    public Snapshot With(Facts facts)
    {
        var all = IsNamed ? _all : [_all[0].With(facts)];
        return new Snapshot(all, all, facts);
    }

    /// <summary>What of the monitor's own work fails.</summary>
    public ImmutableArray<OwnTrouble> Own => _all[0].Facts.Health.Around.Own;

    /// <summary>The same with other troubles of the monitor's own; they are judged with the first factory and belong to none.</summary>
    public Snapshot WithOwn(ImmutableArray<OwnTrouble> own) =>
        With(_all[0].Name, facts => facts with { Health = facts.Health with { Around = facts.Health.Around with { Own = own } } });

    /// <summary>Nothing was read yet; what is known from elsewhere stays.</summary>
    public Snapshot Unread() => With(factory => FactorySnapshot.Of(MonitorState.Of(factory.Name), factory.Facts));

    /// <summary>Only the factory with that name; all where it is null or none has it.</summary>
    public Snapshot Only(string? name)
    {
        // Asked for several times a frame: the last answer is kept, and with it the lists that were worked out for it.
        if (_only is { } known && known.Factories is [var one] && one.Name == name)
            return known;
        if (name is not null && _all.FirstOrDefault(factory => factory.Name == name) is { } only)
            return _only = new Snapshot(_all, [only], Facts);
        return Factories == _all ? this : new Snapshot(_all, _all, Facts);
    }

    /// <summary>The same, kept for a heading that is drawn each time.</summary>
    public Snapshot Alone(string name)
    {
        if (!_alone.TryGetValue(name, out var alone))
            _alone[name] = alone = new Snapshot(_all, [Of(name)], Facts);
        return alone;
    }

    /// <summary>The factory with the name; the first where none has it, which is the only one where they have none.</summary>
    public FactorySnapshot Of(string? name) => _all.FirstOrDefault(factory => factory.Name == name) ?? _all[0];

    public FactorySnapshot Of(BuildView build) => IsNamed ? Of(build.Factory) : _all[0];

    public BuildView? Find(string? id) => id is null ? null : (IsNamed ? Of(FactoryName.Of(id)) : _all[0]).Find(id);

    /// <summary>The builds of a factory's image, oldest first.</summary>
    public IReadOnlyList<BuildView> Of(ImageName image, string? factory = null) => Of(factory).Of(image);

    public Past PastOf(BuildView build) => Of(build).PastOf(build);

    /// <summary>The same without the build itself: none is its own measure.</summary>
    public Past PastBeside(BuildView build) => Of(build).PastBeside(build);

    /// <summary>What is out of the ordinary about an ended build.</summary>
    public Ending EndingOf(BuildView build) => Of(build).EndingOf(build);

    /// <summary>Worked out once for each moment.</summary>
    public Outlook OutlookOf(BuildView build, DateTimeOffset now) => Of(build).OutlookOf(build, now);

    /// <summary>The way of a change, worked out once: a frame and a key ask for it several times.</summary>
    /// <param name="subject">The id of a row: a change's, a build's or a rejected message's.</param>
    public ChangeChain ChainOf(string? subject)
    {
        if (_chain is not { } known || known.Subject != subject)
            _chain = known = (subject, ChangeChain.Of(this, subject));
        return known.Chain;
    }

    /// <summary>What a filter leaves of a list, worked out once: a frame and a key ask for it several times.</summary>
    /// <param name="asked">The list, the filter and the moment.</param>
    /// <param name="rows">Works it out.</param>
    public IReadOnlyList<Row> Filtered(object asked, Func<IReadOnlyList<Row>> rows)
    {
        if (_filtered.TryGetValue(asked, out var known))
            return known;
        if (_filtered.Count >= MostFiltered)
            _filtered.Clear();
        return _filtered[asked] = rows();
    }

    private Snapshot With(Func<FactorySnapshot, FactorySnapshot> change)
    {
        ImmutableArray<FactorySnapshot> all = [.. _all.Select(change)];
        return new Snapshot(all, all, Facts);
    }

    /// <summary>Newest first; of equal times in the order of the factories.</summary>
    private IReadOnlyList<Row> Merged(Func<FactorySnapshot, IReadOnlyList<Row>> list, Func<Row, DateTimeOffset?> at) =>
        Factories is [var only] ? list(only) : [.. Factories.SelectMany(list).OrderByDescending(row => at(row) ?? DateTimeOffset.MinValue)];
}
