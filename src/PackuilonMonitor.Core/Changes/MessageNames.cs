namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Numbers for the names by which messages can be known, so that most pairs of a message and a take are told apart without
/// comparing letters: a take has one of the names or it has none.
/// </summary>
internal sealed class MessageNames
{
    private const int None = -1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly (int Name, int Short, int Learned)[] _messages;
    private readonly bool[] _asks;

    public MessageNames(Message[] messages)
    {
        _messages = new (int, int, int)[messages.Length];
        _asks = new bool[messages.Length];
        for (var index = 0; index < messages.Length; index++)
        {
            var message = messages[index];
            _asks[index] = message.Asks is not null;
            _messages[index] = (Number(message.Name), Number(message.Short), message.Learned is { } pair ? Number(pair.Image) : None);
        }
    }

    /// <summary>The numbers of the names that a take has; -1 for those that no message has.</summary>
    public (int Name, int Release, int Personality) Of(Take take) => (Find(take.Name), Find(take.Release), Find(take.Personality));

    /// <summary>Whether the message has one of these names, or asks for images that must be compared by themselves.</summary>
    public bool MayMatch(int message, (int Name, int Release, int Personality) take)
    {
        if (_asks[message])
            return true;
        var (name, shorter, learned) = _messages[message];
        return Is(take.Name, name) || Is(take.Name, shorter) || Is(take.Name, learned)
            || Is(take.Release, name) || Is(take.Release, shorter)
            || Is(take.Personality, name) || Is(take.Personality, shorter);
    }

    private static bool Is(int one, int other) => one != None && one == other;

    private int Find(string name) => name.Length == 0 ? None : _numbers.GetValueOrDefault(name, None);

    private int Number(string name)
    {
        if (_numbers.TryGetValue(name, out var known))
            return known;
        _numbers.Add(name, _numbers.Count);
        return _numbers.Count - 1;
    }
}
