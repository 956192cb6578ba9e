namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Numbers for the names of takes, so that most pairs of a message and a take are told apart without comparing letters: a message has one
/// of the names or it has none.
/// </summary>
internal sealed class TakeNames
{
    private const int None = -1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly (int Name, int Release, int Personality)[] _takes;

    public TakeNames(Take[] takes) =>
        _takes = Array.ConvertAll(takes, take => (Number(take.Name), Number(take.Release), Number(take.Personality)));

    /// <summary>The numbers of the names that a message has; -1 for those that no take has.</summary>
    public (int Name, int Short, int Learned) Of(Message message) =>
        (Find(message.Name), ReferenceEquals(message.Short, message.Name) ? None : Find(message.Short), Find(message.Learned?.Image));

    /// <summary>Whether the take has one of these names.</summary>
    public bool MayMatch(int take, (int Name, int Short, int Learned) message)
    {
        var (name, release, personality) = _takes[take];
        return Is(name, message.Name) || Is(name, message.Short) || Is(name, message.Learned)
            || Is(release, message.Name) || Is(release, message.Short)
            || Is(personality, message.Name) || Is(personality, message.Short);
    }

    private static bool Is(int one, int other) => one != None && one == other;

    private int Find(string? name) => name is null ? None : _numbers.GetValueOrDefault(name, None);

    private int Number(string name)
    {
        if (name.Length == 0)
            return None;
        if (_numbers.TryGetValue(name, out var known))
            return known;
        _numbers.Add(name, _numbers.Count);
        return _numbers.Count - 1;
    }
}
