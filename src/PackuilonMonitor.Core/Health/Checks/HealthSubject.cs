using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// A state and its builds without the time. What a check reads from them alone holds at each moment, so it is worked out once: a quiet
/// factory is evaluated each second. For one thread.
/// </summary>
/// <param name="builds">All known builds, including stored ones, by start.</param>
internal sealed class HealthSubject(MonitorState state, IReadOnlyList<BuildView> builds)
{
    private readonly Dictionary<Type, object> _known = [];

    public MonitorState State { get; } = state;

    public IReadOnlyList<BuildView> Builds { get; } = builds;

    /// <summary>The only object of its type: made when it is first asked for.</summary>
    public T Get<T>(Func<HealthSubject, T> make)
        where T : class
    {
        if (_known.TryGetValue(typeof(T), out var known))
            return (T)known;
        var made = make(this);
        _known[typeof(T)] = made;
        return made;
    }
}
