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
        new(
            state,
            new Derived<IReadOnlyList<BuildView>>(builds),
            new Derived<IReadOnlyList<BuildView>>([.. builds.Where(static build => !build.Running)]),
            new Derived<Messages>(new Messages(state.Triggers, state.Rejections))
        );

    /// <summary>The subject of a later state. What rests on the same parts is not worked out again.</summary>
    public HealthSubject Next(MonitorState state, IReadOnlyList<BuildView> builds)
    {
        var next = Of(state, builds);
        var (known, messages) = (Messages.Input, next.Messages.Input);
        return new HealthSubject(
            state,
            ReferenceEquals(builds, Builds.Input) ? Builds : next.Builds,
            Ended.Input.SequenceEqual(next.Ended.Input, ReferenceEqualityComparer.Instance) ? Ended : next.Ended,
            ReferenceEquals(known.Changes, messages.Changes) && ReferenceEquals(known.Rejections, messages.Rejections)
                ? Messages
                : next.Messages
        );
    }
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
