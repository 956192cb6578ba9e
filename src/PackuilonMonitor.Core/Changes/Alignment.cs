using System.Buffers;

namespace PackuilonMonitor.Core.Changes;

/// <summary>What a take turned out to be.</summary>
/// <param name="Message">The index of its message, or -1 where none is known.</param>
/// <param name="Confirmed">By order, and the names before and behind it leave no other.</param>
internal readonly record struct Tie(int Message, bool ByName, bool Certain, bool Confirmed = false)
{
    public static readonly Tie None = new(-1, false, false);
}

/// <summary>
/// Which of the messages in the queue each take was. Names are anchors, and the queue is first in, first out: what stands
/// between two anchors can only be a message between theirs. Pure; the cost is bounded by the lengths of the two lists.
/// </summary>
internal sealed class Alignment
{
    /// <summary>A name that is certain, a name that was seen once, no name.</summary>
    private const sbyte Sure = 4, Personal = 3, Soft = 2;

    /// <summary>A worker asks for a message every two seconds, so one that asked for longer than this found the queue empty.</summary>
    private const int Polling = 5;

    /// <summary>A message that waited for so long beside an idle worker was probably gone before.</summary>
    private const int Patient = 60;

    /// <summary>So many pairs are compared sooner than their names are numbered.</summary>
    private const int FewPairs = 64;

    private readonly Take[] _takes;
    private readonly Message[] _messages;
    private readonly sbyte[] _levels;
    private readonly long[] _takenAt, _queuedAt;
    private readonly Tie[] _ties;
    private readonly int[] _takeOf;

    /// <summary>For each take the first message that has its name, or -1.</summary>
    private readonly int[] _first;
    private (int Low, int High)[] _between = [];

    /// <summary>What each take turned out to be.</summary>
    public IReadOnlyList<Tie> Ties => _ties;

    /// <summary>
    /// For each message the take at whose time it was taken, though the lines do not tell whether it was that one; else -1.
    /// </summary>
    public int[] Perhaps { get; }

    /// <summary>For each take whether no message in the queue can have been it.</summary>
    public bool[] ByHand { get; }

    /// <summary>For each message whether younger ones were taken before it.</summary>
    public bool[] PassedOver { get; }

    /// <summary>A younger message was taken a moment ago, so an older one may be taken in the same poll.</summary>
    public bool Unsettled { get; private set; }

    /// <param name="takes">In the order of their lines.</param>
    /// <param name="messages">In the order of publishing.</param>
    /// <param name="byHand">Images that were queued by hand before.</param>
    /// <param name="now">The time of the last line.</param>
    /// <param name="hosts">Images bear the names of hosts, to which no dialect adds a label.</param>
    public Alignment(Take[] takes, Message[] messages, bool hosts, IReadOnlySet<string> byHand, DateTimeOffset now)
    {
        (_takes, _messages) = (takes, messages);
        _takenAt = [.. takes.Select(static take => take.At.ToUnixTimeSeconds())];
        _queuedAt = ArrayPool<long>.Shared.Rent(messages.Length);
        for (var index = 0; index < messages.Length; index++)
            _queuedAt[index] = messages[index].QueuedAt.ToUnixTimeSeconds();
        // Rented, for both lists may be long and this is done at each take.
        _levels = ArrayPool<sbyte>.Shared.Rent(takes.Length * messages.Length);
        _first = new int[takes.Length];
        _ties = new Tie[takes.Length];
        Array.Fill(_ties, Tie.None);
        _takeOf = ArrayPool<int>.Shared.Rent(messages.Length);
        Perhaps = new int[messages.Length];
        PassedOver = new bool[messages.Length];
        Array.Fill(_takeOf, -1);
        Array.Fill(Perhaps, -1);
        ByHand = new bool[takes.Length];
        Compare(hosts);
        Anchor(Sorted());
        if (Array.Exists(_ties, static tie => tie.Message < 0))
        {
            Bound();
            if (Hint())
                Bound();
            FindByHand();
            Settle(byHand);
        }

        Judge(now.ToUnixTimeSeconds());
        ArrayPool<sbyte>.Shared.Return(_levels);
        ArrayPool<long>.Shared.Return(_queuedAt);
        ArrayPool<int>.Shared.Return(_takeOf);
    }

    private sbyte Level(int take, int message) => _levels[take * _messages.Length + message];

    private void Compare(bool hosts)
    {
        var names = _takes.Length * _messages.Length > FewPairs ? new TakeNames(_takes) : null;
        for (var message = 0; message < _messages.Length; message++)
        {
            var numbers = names?.Of(_messages[message]) ?? default;
            for (var take = 0; take < _takes.Length; take++)
            {
                var named =
                    _queuedAt[message] <= _takenAt[take]
                    && (_messages[message].Asks is not null || names is null || names.MayMatch(take, numbers));
                _levels[take * _messages.Length + message] = named ? Level(_takes[take], _messages[message], hosts) : (sbyte)0;
            }
        }

        for (var take = 0; take < _takes.Length; take++)
        {
            var levels = _levels.AsSpan(take * _messages.Length, _messages.Length);
            // An exact name beats one that is only the begin of the image's.
            if (levels.Contains(Sure))
                levels.Replace(Personal, (sbyte)0);
            _first[take] = levels.IndexOfAnyExcept((sbyte)0);
        }
    }

    /// <summary>Whether the image's name is one that this message can have asked for.</summary>
    public static bool IsNamed(Take take, Message message, bool hosts) => Level(take, message, hosts) > 0;

    private static sbyte Level(Take take, Message message, bool hosts)
    {
        if (take.Image is null)
            return 0;
        if (message.Asks is { } asks)
            return asks.Has(take.Name, hosts) ? Sure : (sbyte)0;
        if (take.Name == message.Name || take.Name == message.Short)
            return Sure;
        if (message.Learned is { } pair && pair.Image == take.Name)
            return pair.Confirmed ? Sure : Soft;
        return !hosts && (IsOf(take.Personality, message) || IsOf(take.Release, message)) ? Personal : (sbyte)0;
    }

    private static bool IsOf(string name, Message message) => name.Length > 0 && (name == message.Name || name == message.Short);

    /// <summary>Takes of one poll may be logged in any order: those that have a name stand in the order of the queue.</summary>
    private List<int> Sorted()
    {
        var named = new List<int>();
        var (poll, pollAt) = (0, long.MinValue);
        for (var take = 0; take < _takes.Length; take++)
        {
            if (_first[take] < 0)
                continue;
            if (named.Count == 0 || _takenAt[take] - pollAt > 1)
                (poll, pollAt) = (named.Count, _takenAt[take]);
            var place = named.Count;
            while (place > poll && _first[named[place - 1]] > _first[take])
                place--;
            named.Insert(place, take);
        }

        return named;
    }

    /// <summary>The heaviest pairs of a name with its message that keep the order of the queue.</summary>
    private void Anchor(List<int> named)
    {
        var (rows, columns) = (named.Count, _messages.Length + 1);
        if (rows == 0)
            return;
        var best = ArrayPool<int>.Shared.Rent((rows + 1) * columns);
        Array.Clear(best, 0, (rows + 1) * columns);
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var message = columns - 2; message >= 0; message--)
            {
                var without = Math.Max(best[(row + 1) * columns + message], best[row * columns + message + 1]);
                var weight = Weight(Level(named[row], message));
                best[row * columns + message] = weight == 0 ? without : Math.Max(without, weight + best[(row + 1) * columns + message + 1]);
            }
        }

        for (int row = 0, message = 0; row < rows && message < columns - 1;)
        {
            var level = Level(named[row], message);
            var here = best[row * columns + message];
            if (level > 0 && here == Weight(level) + best[(row + 1) * columns + message + 1])
            {
                Match(named[row], message, new Tie(message, level >= Personal, level >= Personal));
                (row, message) = (row + 1, message + 1);
            }
            else if (here == best[row * columns + message + 1])
            {
                message++;
            }
            else
            {
                row++;
            }
        }

        ArrayPool<int>.Shared.Return(best);
    }

    private static int Weight(sbyte level) => level >= Personal ? 10 : level == Soft ? 4 : 0;

    private void Match(int take, int message, Tie tie)
    {
        _ties[take] = tie;
        _takeOf[message] = take;
    }

    private bool Earlier(int one, int other) => _takes[one].Ordered && _takes[other].Ordered
        ? _takes[one].Ticket < _takes[other].Ticket
        : _takenAt[other] - _takenAt[one] > 1;

    /// <summary>Between which messages each take without a name must be.</summary>
    private void Bound()
    {
        _between = new (int, int)[_takes.Length];
        for (var take = 0; take < _takes.Length; take++)
        {
            var (low, high) = (-1, _messages.Length);
            for (var other = 0; other < _takes.Length; other++)
            {
                if (_ties[other].Message is not (>= 0 and var message) || other == take)
                    continue;
                if (Earlier(other, take))
                    low = Math.Max(low, message);
                else if (Earlier(take, other))
                    high = Math.Min(high, message);
            }

            _between[take] = (Math.Max(low, Emptied(_takes[take], Polling)), high);
        }
    }

    /// <summary>The last message that was taken before this one because its worker had found the queue empty, or -1.</summary>
    private int Emptied(Take take, int seconds)
    {
        var takenAt = take.At.ToUnixTimeSeconds();
        if (take.FreeSince is not { } free || takenAt - free.ToUnixTimeSeconds() < seconds)
            return -1;
        var last = _messages.Length - 1;
        while (last >= 0 && _queuedAt[last] > takenAt - seconds)
            last--;
        return last;
    }

    private void FindByHand()
    {
        for (var take = 0; take < _takes.Length; take++)
            ByHand[take] = _takes[take].Image is not null && _ties[take].Message < 0 && Candidates(take).Count == 0;
    }

    /// <summary>Takes without a name, together with those that may be the same messages.</summary>
    private void Settle(IReadOnlySet<string> byHand)
    {
        var hands = Enumerable
            .Range(0, _takes.Length)
            .Where(take => ByHand[take])
            .Select(take => _takes[take].Name)
            .ToHashSet(StringComparer.Ordinal);
        hands.UnionWith(byHand);
        var open = Enumerable.Range(0, _takes.Length).Where(take => _ties[take].Message < 0 && !ByHand[take]).ToList();
        var wanted = new bool[_messages.Length];
        for (var start = 0; start < open.Count;)
        {
            var (group, last) = (new List<int>(), -1);
            var end = start;
            for (; end < open.Count; end++)
            {
                var candidates = Candidates(open[end]);
                // Another group begins where a take can be none of the messages of this one.
                if (end > start && (last < 0 || candidates.Count == 0 || candidates[0] > last))
                    break;
                if (candidates.Count == 0)
                    continue;
                group.Add(open[end]);
                last = Math.Max(last, candidates[^1]);
                foreach (var message in candidates)
                    wanted[message] = true;
            }

            var messages = new List<int>();
            for (var message = 0; message <= last; message++)
            {
                if (wanted[message])
                    messages.Add(message);
                wanted[message] = false;
            }

            Settle(group, messages, hands);
            start = end;
        }
    }

    private List<int> Candidates(int take)
    {
        var (low, high) = _between[take];
        var found = new List<int>();
        for (var message = low + 1; message < high && found.Count <= _takes.Length; message++)
        {
            if (_takeOf[message] < 0 && _queuedAt[message] <= _takenAt[take])
                found.Add(message);
        }

        return found;
    }

    private void Settle(List<int> takes, List<int> messages, HashSet<string> hands)
    {
        if (takes.Count == 0 || messages.Count == 0)
            return;
        var closed = takes.TrueForAll(take => _between[take].High < _messages.Length) || Later(takes[^1], messages[^1]);
        // One job too many: it is the one whose image was queued by hand before.
        if (
            takes.Count > messages.Count
            && takes.FindAll(take => !hands.Contains(_takes[take].Name)) is var others
            && others.Count == messages.Count
        )
            takes = others;
        var count = Math.Min(takes.Count, messages.Count);
        var ordered = takes.Zip(takes.Skip(1)).All(pair => Earlier(pair.First, pair.Second));
        if (
            ordered
            && (!closed || takes.Count == messages.Count)
            && Enumerable.Range(0, count).All(index => Eligible(takes[index], messages[index]))
        )
        {
            for (var index = 0; index < count; index++)
                Match(takes[index], messages[index], new Tie(messages[index], false, false, closed && count == 1));
            return;
        }

        for (var index = 0; index < count && (!closed || takes.Count >= messages.Count); index++)
        {
            if (Eligible(takes[index], messages[index]))
                Perhaps[messages[index]] = takes[index];
        }
    }

    /// <summary>A later take shows that the message was taken by then.</summary>
    private bool Later(int take, int message)
    {
        for (var other = take + 1; other < _takes.Length; other++)
        {
            if (_between[other].Low >= message)
                return true;
        }

        return false;
    }

    /// <summary>
    /// The image's name begins the profile's or the other way round, and no other take and message that may be one do so.
    /// </summary>
    private bool Hint()
    {
        var found = new List<(int Take, int Message)>();
        for (var take = 0; take < _takes.Length; take++)
        {
            if (_ties[take].Message >= 0 || Candidates(take) is not { Count: > 0 } candidates)
                continue;
            var alike = candidates.FindAll(message => Alike(_takes[take], _messages[message]));
            // While the queue may still show whose turn it was, only the one whose turn it is.
            if (alike is [var only] && (only == candidates[0] || _between[take].High < _messages.Length))
                found.Add((take, only));
        }

        foreach (var (take, message) in found)
        {
            if (found.Count(other => other.Message == message) == 1)
                Match(take, message, new Tie(message, false, false));
        }

        return found.Count > 0;
    }

    private static bool Alike(Take take, Message message)
    {
        if (take.Image is null || message.Asks is not null)
            return false;
        var name = take.Personality.Length > 0 ? take.Personality : take.Name;
        return name.StartsWith(message.Short, StringComparison.Ordinal) || message.Short.StartsWith(name, StringComparison.Ordinal);
    }

    private bool Eligible(int take, int message) =>
        _takes[take].Image is null
        || _messages[message] is { Asks: null, IsKnown: false } known
            && (known.Learned is not { Image.Length: > 0 } pair || pair.Image == _takes[take].Name);

    private void Judge(long now)
    {
        for (var message = 0; message < _messages.Length; message++)
        {
            if (_takeOf[message] >= 0)
                continue;
            for (var take = 0; take < _takes.Length && !PassedOver[message]; take++)
            {
                var younger = _ties[take].ByName && _ties[take].Message > message;
                PassedOver[message] = younger && now - _takenAt[take] > 1;
                Unsettled |= younger && !PassedOver[message];
            }
        }

        for (var take = 0; take < _takes.Length; take++)
        {
            var tie = _ties[take];
            if (tie.Certain && IsDoubtful(take, tie.Message))
                _ties[take] = tie with { Certain = false };
            else if (tie.Message >= 0 && !tie.ByName && Level(take, tie.Message) == Soft && IsAlone(take, tie.Message))
                _ties[take] = tie with { Confirmed = true };
        }
    }

    /// <summary>
    /// Another job had the same name or none, and no message of its own, or a message before this one may have asked for the same image.
    /// </summary>
    private bool IsDoubtful(int take, int message)
    {
        // Its worker asked for messages all the while and should have had this one long before, so the job may have been queued by hand.
        if (message <= Emptied(_takes[take], Patient))
            return true;
        for (var other = 0; other < _takes.Length; other++)
        {
            // A refusal that names no image may have been of any message that waited then.
            var mayBeNamed = Level(other, message) >= Personal || _takes[other].Image is null && _queuedAt[message] <= _takenAt[other];
            if (_ties[other].Message < 0 && mayBeNamed && MayBe(other, message, take))
                return true;
        }

        for (var older = 0; older < message; older++)
        {
            if (
                _takeOf[older] < 0
                && _queuedAt[older] <= _takenAt[take]
                && (Level(take, older) > 0 || Alike(_takes[take], _messages[older]))
            )
                return true;
        }

        return false;
    }

    /// <summary>The messages before and behind this one were taken before and behind it, and no other job can have been it.</summary>
    private bool IsAlone(int take, int message)
    {
        var (before, behind) = (message == 0, false);
        for (var other = 0; other < _takes.Length; other++)
        {
            before |= _ties[other].Message == message - 1 && message > 0 && Earlier(other, take);
            behind |= _ties[other].Message == message + 1 && Earlier(take, other);
            if (_ties[other].Message < 0 && MayBe(other, message, take))
                return false;
        }

        return before && behind;
    }

    /// <summary>Whether this take may be the message, whatever another take is thought to be.</summary>
    private bool MayBe(int take, int message, int except)
    {
        for (var other = 0; other < _takes.Length; other++)
        {
            if (
                other != except
                && _ties[other].Message >= 0
                && (Earlier(other, take) ? _ties[other].Message > message : Earlier(take, other) && _ties[other].Message < message)
            )
                return false;
        }

        return true;
    }
}
