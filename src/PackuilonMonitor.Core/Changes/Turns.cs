namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Takes without a name. The queue is first in, first out, so a take between two anchors can only be a message between theirs.
/// </summary>
internal sealed class Turns
{
    /// <summary>A worker asks for a message every two seconds, so one that asked for longer than this found the queue empty.</summary>
    private const int Polling = 5;

    private readonly Matching _matching;
    private readonly IReadOnlySet<string> _byHand;
    private readonly (int Low, int High)[] _between;

    // One list of each kind serves all groups: a comparison may have as many groups as takes.
    private readonly List<int> _tied = [], _group = [], _messages = [];

    private Turns(Matching matching, IReadOnlySet<string> byHand)
    {
        (_matching, _byHand) = (matching, byHand);
        _between = new (int, int)[matching.Takes.Length];
    }

    /// <summary>Matches by order, after the matches by name.</summary>
    /// <param name="byHand">Images that were queued by hand before.</param>
    public static void Match(Matching matching, IReadOnlySet<string> byHand)
    {
        if (!Array.Exists(matching.Ties, static tie => tie.Message < 0))
            return;
        var turns = new Turns(matching, byHand);
        turns.Bound();
        if (turns.MatchAlike())
            turns.Bound();
        turns.FindByHand();
        turns.MatchGroups();
    }

    /// <summary>The messages between which each take without a name must be.</summary>
    private void Bound()
    {
        _matching.ListFree();
        _tied.Clear();
        for (var take = 0; take < _between.Length; take++)
        {
            if (_matching.IsTied(take))
                _tied.Add(take);
        }

        for (var take = 0; take < _between.Length; take++)
        {
            var (low, high) = (_matching.LastGone(take, _matching.Takes[take].Waiting.Own, Polling), _matching.Count);
            foreach (var other in _tied)
            {
                if (other == take)
                    continue;
                if (_matching.IsEarlier(other, take))
                    low = Math.Max(low, _matching.Ties[other].Message);
                else if (_matching.IsEarlier(take, other))
                    high = Math.Min(high, _matching.Ties[other].Message);
            }

            _between[take] = (low, high);
        }
    }

    /// <summary>The range of the free messages that may be the take.</summary>
    private (int Start, int End) Candidates(int take)
    {
        var (low, high) = _between[take];
        var free = _matching.Free;
        var start = PlaceOf(low + 1, free);
        var end = PlaceOf(Math.Min(high, _matching.CountQueuedBy(take)), free);
        // No more messages can be taken than there are takes.
        return (start, Math.Clamp(end, start, start + _between.Length + 1));
    }

    private static int PlaceOf(int message, ReadOnlySpan<int> free) =>
        free.BinarySearch(message) is var place && place >= 0 ? place : ~place;

    /// <summary>Matches where one name is the beginning of the other, if no other possible pair is that similar.</summary>
    private bool MatchAlike()
    {
        var found = new List<(int Take, int Message)>();
        for (var take = 0; take < _between.Length; take++)
        {
            if (!_matching.IsTied(take) && Alike(take) is >= 0 and var message)
                found.Add((take, message));
        }

        foreach (var (take, message) in found)
        {
            if (found.Count(other => other.Message == message) == 1)
                _matching.Match(take, new Tie(message, false, false));
        }

        return found.Count > 0;
    }

    /// <summary>The only similar message, or -1.</summary>
    private int Alike(int take)
    {
        var (start, end) = Candidates(take);
        if (start == end)
            return -1;
        var (only, after) = (-1, _matching.Free[end - 1] + 1);
        for (var next = _matching.Free[start]; _matching.NextAlike(take, next, after) is >= 0 and var message; next = message + 1)
        {
            if (_matching.IsTaken(message))
                continue;
            if (only >= 0)
                return -1;
            only = message;
        }

        // While the queue may still show whose turn it was, only the message whose turn it is.
        return only >= 0 && (only == _matching.Free[start] || IsClosed(take)) ? only : -1;
    }

    private bool IsClosed(int take) => _between[take].High < _matching.Count;

    private void FindByHand()
    {
        for (var take = 0; take < _between.Length; take++)
        {
            if (_matching.Takes[take].Image is null || _matching.IsTied(take))
                continue;
            var (start, end) = Candidates(take);
            _matching.ByHand[take] = start == end;
        }
    }

    /// <summary>Takes without a name, together with those that may be the same messages.</summary>
    private void MatchGroups()
    {
        var wanted = new bool[_matching.Free.Length];
        var last = -1;
        for (var take = 0; take < _between.Length; take++)
        {
            if (_matching.IsTied(take) || _matching.ByHand[take] || _matching.Takes[take].IsDeath)
                continue;
            var (start, end) = Candidates(take);
            // A new group begins with a take that can be none of the messages of this group.
            if (_group.Count > 0 && (start == end || start > last))
            {
                MatchGroup(wanted, last);
                last = -1;
                _matching.ListFree();
                (start, end) = Candidates(take);
            }

            if (start == end)
                continue;
            _group.Add(take);
            last = Math.Max(last, end - 1);
            wanted.AsSpan(start, end - start).Fill(true);
        }

        MatchGroup(wanted, last);
    }

    /// <summary>Matches the group, and empties it.</summary>
    private void MatchGroup(Span<bool> wanted, int last)
    {
        if (_group.Count == 0)
            return;
        _messages.Clear();
        for (var place = wanted.IndexOf(true); place <= last; place++)
        {
            if (wanted[place])
                _messages.Add(_matching.Free[place]);
            wanted[place] = false;
        }

        MatchInOrder(_group, _messages);
        _group.Clear();
    }

    private void MatchInOrder(List<int> takes, List<int> messages)
    {
        var closed = takes.TrueForAll(IsClosed) || IsGoneLater(takes[^1], messages[^1]);
        // There is one job too many: the one whose image was queued by hand before.
        if (takes.Count > messages.Count && takes.FindAll(take => !IsQueuedByHand(take)) is var others && others.Count == messages.Count)
            takes = others;
        var count = Math.Min(takes.Count, messages.Count);
        if ((!closed || takes.Count == messages.Count) && AreOrdered(takes) && AreNext(takes, messages, count))
        {
            for (var index = 0; index < count; index++)
                _matching.Match(takes[index], new Tie(messages[index], false, false, closed && count == 1));
            return;
        }

        for (var index = 0; index < count && (!closed || takes.Count >= messages.Count); index++)
        {
            if (IsNext(takes[index], messages[index]))
                _matching.MatchPerhaps(takes[index], messages[index]);
        }
    }

    private bool IsQueuedByHand(int take)
    {
        var name = _matching.Takes[take].Name;
        for (var other = 0; other < _between.Length; other++)
        {
            if (_matching.ByHand[other] && _matching.Takes[other].Name == name)
                return true;
        }

        return _byHand.Contains(name);
    }

    private bool AreOrdered(List<int> takes)
    {
        for (var index = 1; index < takes.Count; index++)
        {
            if (!_matching.IsEarlier(takes[index - 1], takes[index]))
                return false;
        }

        return true;
    }

    private bool AreNext(List<int> takes, List<int> messages, int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (!IsNext(takes[index], messages[index]))
                return false;
        }

        return true;
    }

    private bool IsNext(int take, int message) => NameLevels.MayBeNext(_matching.Takes[take], _matching.Messages[message]);

    /// <summary>A later take shows that the message had been taken.</summary>
    private bool IsGoneLater(int take, int message)
    {
        for (var other = take + 1; other < _between.Length; other++)
        {
            if (_between[other].Low >= message)
                return true;
        }

        return false;
    }
}
