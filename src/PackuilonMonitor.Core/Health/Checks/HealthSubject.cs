using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// A state and its builds without the time. What checks read from parts of it alone holds at each moment, and as long as these parts are
/// the same: a quiet factory is evaluated each second, and most lines concern neither builds nor messages. For one thread.
/// </summary>
internal sealed class HealthSubject
{
    private HealthSubject(
        MonitorState state,
        Derived<IReadOnlyList<BuildView>> builds,
        Derived<IReadOnlyList<BuildView>> ended,
        Derived<Messages> messages
    ) => (State, Builds, Ended, Messages) = (state, builds, ended, messages);

    public MonitorState State { get; }

    /// <summary>All known builds, including stored ones, by start.</summary>
    public Derived<IReadOnlyList<BuildView>> Builds { get; }

    /// <summary>Those that do not run any more: the others change with each line of their logs.</summary>
    public Derived<IReadOnlyList<BuildView>> Ended { get; }

    public Derived<Messages> Messages { get; }

    /// <param name="builds">All known builds, including stored ones, by start.</param>
    public static HealthSubject Of(MonitorState state, IReadOnlyList<BuildView> builds) =>
        new(state, new Derived<IReadOnlyList<BuildView>>(builds), EndedOf(builds), new Derived<Messages>(MessagesOf(state)));

    /// <summary>The subject of a later state. What rests on the same parts is not worked out again.</summary>
    public HealthSubject Next(MonitorState state, IReadOnlyList<BuildView> builds)
    {
        var messages = MessagesOf(state);
        var areSame = ReferenceEquals(messages.Changes, Messages.Input.Changes)
            && ReferenceEquals(messages.Rejections, Messages.Input.Rejections);
        var known = areSame ? Messages : new Derived<Messages>(messages);
        if (ReferenceEquals(builds, Builds.Input))
            return new HealthSubject(state, Builds, Ended, known);
        var ended = EndedOf(builds);
        return new HealthSubject(
            state,
            new Derived<IReadOnlyList<BuildView>>(builds),
            Ended.Input.SequenceEqual(ended.Input, ReferenceEqualityComparer.Instance) ? Ended : ended,
            known
        );
    }

    private static Derived<IReadOnlyList<BuildView>> EndedOf(IReadOnlyList<BuildView> builds) =>
        new([.. builds.Where(static build => !build.Running)]);

    private static Messages MessagesOf(MonitorState state) => new(state.Triggers, state.Rejections);
}

/// <summary>The changes with their messages, and the messages that were refused.</summary>
internal sealed record Messages(ChangeLedger Changes, IReadOnlyList<Rejection> Rejections);

/// <summary>An input, and what was worked out from it alone. For one thread.</summary>
internal sealed class Derived<TInput>(TInput input)
{
    private readonly Dictionary<Type, object> _known = [];

    public TInput Input { get; } = input;

    /// <summary>The only object of its type: made when it is first asked for.</summary>
    public T Get<T>(Func<Derived<TInput>, T> make)
        where T : class
    {
        if (_known.TryGetValue(typeof(T), out var known))
            return (T)known;
        var made = make(this);
        _known[typeof(T)] = made;
        return made;
    }
}
