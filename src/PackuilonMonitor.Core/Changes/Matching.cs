using System.Buffers;

namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// The takes and messages of one comparison, and the matches found so far. Created for one comparison, which changes it step by
/// step.
/// </summary>
internal sealed class Matching : IDisposable
{
    private readonly NameLevel[] _levels;
    private readonly long[] _queuedAt;
    private readonly char[] _initials;
    private readonly int[] _queuedBy, _takeOf, _perhaps, _free;
    private readonly QueueWindow _window;
    private int _freeCount;

    /// <param name="takes">In the order of their lines.</param>
    /// <param name="window">The messages, in the order of publishing.</param>
    /// <param name="hosts">Images have the names of hosts, without a label of their system.</param>
    public Matching(Take[] takes, QueueWindow window, bool hosts)
    {
        var messages = window.Messages.AsSpan();
        _window = window;
        (Takes, Count) = (takes, messages.Length);
        Ties = new Tie[takes.Length];
        Array.Fill(Ties, Tie.None);
        ByHand = new bool[takes.Length];
        // Rented, because both lists may be long and each take makes one.
        Messages = ArrayPool<Message>.Shared.Rent(Count);
        messages.CopyTo(Messages);
        _levels = ArrayPool<NameLevel>.Shared.Rent(takes.Length * Count);
        _queuedAt = ArrayPool<long>.Shared.Rent(Count);
        _initials = ArrayPool<char>.Shared.Rent(Count);
        (_takeOf, _perhaps) = (ArrayPool<int>.Shared.Rent(Count), ArrayPool<int>.Shared.Rent(Count));
        _takeOf.AsSpan(0, Count).Fill(-1);
        _perhaps.AsSpan(0, Count).Fill(-1);
        _free = ArrayPool<int>.Shared.Rent(Count);
        // The first of two messages was queued first, whatever their stamps are.
        using var index = new MarkIndex(Count);
        for (var (message, least) = (Count - 1, long.MaxValue); message >= 0; message--)
        {
            _queuedAt[message] = least = Math.Min(least, messages[message].Second);
            index.Add(message, messages[message].Marks);
            _initials[message] = messages[message].Short is [var first, ..] ? first : default;
        }

        _queuedBy = ArrayPool<int>.Shared.Rent(takes.Length);
        for (var take = 0; take < takes.Length; take++)
            _queuedBy[take] = QueuedUpTo(takes[take].Second);
        Compare(index, hosts);
    }

    public Take[] Takes { get; }

    /// <summary>Longer than <see cref="Count"/>.</summary>
    public Message[] Messages { get; }

    /// <summary>How many messages there are.</summary>
    public int Count { get; }

    /// <summary>The match of each take.</summary>
    public Tie[] Ties { get; }

    /// <summary>For each take whether no message in the queue fits it.</summary>
    public bool[] ByHand { get; }

    /// <summary>Unmatched messages before this one are gone: younger ones were taken.</summary>
    public int PassedOver { get; set; }

    /// <summary>A younger message was taken a moment ago, so an older one may be taken in the same poll.</summary>
    public bool Unsettled { get; set; }

    /// <summary>The unmatched messages when they were last listed, in order.</summary>
    public ReadOnlySpan<int> Free => _free.AsSpan(0, _freeCount);

    public NameLevel Level(int take, int message) => _levels[take * Count + message];

    /// <summary>The first message from a place on that has the take's name, or -1.</summary>
    public int NextNamed(int take, int from) =>
        LevelsOf(take)[from..].IndexOfAnyExcept(NameLevel.None) is >= 0 and var found ? from + found : -1;

    /// <summary>Whether the name of one begins that of the other.</summary>
    public bool AreAlike(int take, int message) =>
        (_initials[message] == Takes[take].Initial || _initials[message] == default || Takes[take].Initial == default)
        && NameLevels.AreAlike(Takes[take], Messages[message]);

    /// <summary>The first message from a place on, and before an end, that is alike, or -1.</summary>
    public int NextAlike(int take, int from, int end)
    {
        var initials = _initials.AsSpan(0, end);
        while (from < end)
        {
            var next = Takes[take].Initial == default ? 0 : initials[from..].IndexOfAny(Takes[take].Initial, default);
            if (next < 0)
                return -1;
            if (AreAlike(take, from + next))
                return from + next;
            from += next + 1;
        }

        return -1;
    }

    /// <summary>Whether the message was queued at the time of the take.</summary>
    public bool IsQueuedBy(int message, int take) => message < _queuedBy[take];

    /// <summary>How many of the messages were queued at the time of the take; these are the first ones.</summary>
    public int CountQueuedBy(int take) => _queuedBy[take];

    public bool IsTaken(int message) => _takeOf[message] >= 0;

    public void Match(int take, Tie tie)
    {
        Ties[take] = tie;
        _takeOf[tie.Message] = take;
    }

    /// <summary>The take that the message is matched with, or -1.</summary>
    public int TakeOf(int message) => _takeOf[message];

    /// <summary>The take at whose time the message was taken, if the lines do not show whether it was that one; otherwise -1.</summary>
    public int Perhaps(int message) => _perhaps[message];

    public void MatchPerhaps(int take, int message) => _perhaps[message] = take;

    /// <summary>The present state of the message; the same object if nothing changed.</summary>
    public MessageState StateOf(int message, MessageState before) => TakeOf(message) is >= 0 and var take
        ? before.TakenBy(Takes[take].Ticket, Ties[take])
        : before.Open(message < PassedOver, Perhaps(message) is >= 0 and var perhaps ? Takes[perhaps].Ticket : null);

    public void ListFree()
    {
        _freeCount = 0;
        for (var message = 0; message < Count; message++)
        {
            if (!IsTaken(message))
                _free[_freeCount++] = message;
        }
    }

    public bool IsTied(int take) => Ties[take].Message >= 0;

    /// <summary>A take outside the window may have been the message, or its line precedes that of the message.</summary>
    public bool IsDoubted(int message, int take) =>
        Messages[message].Number > Takes[take].Published || _window.IsDoubted(Takes[take].Name, _queuedAt[message]);

    /// <summary>Whether one was certainly taken before the other. Takes of one poll may be logged in any order.</summary>
    public bool IsEarlier(int one, int other) => Takes[one].Ordered && Takes[other].Ordered
        ? Takes[one].Ticket < Takes[other].Ticket
        : Takes[other].Second - Takes[one].Second > 1;

    /// <summary>The last message that was gone at the time of the take: a thread that had asked that long found the queue empty.</summary>
    public int LastGone(int take, DateTimeOffset? askedSince, int seconds)
    {
        var takenAt = Takes[take].Second;
        if (askedSince is not { } since || takenAt - since.ToUnixTimeSeconds() < seconds)
            return -1;
        return QueuedUpTo(takenAt - seconds) - 1;
    }

    /// <summary>
    /// How many of the oldest takes, with their messages, can leave the comparison, because a later take can only be a later message:
    /// those with firm ties, as long as each message up to the last of them has its take. An open one may still be matched.
    /// </summary>
    /// <param name="now">The time of the last line, in seconds since 1970.</param>
    public (int Takes, int Messages) Settled(long now)
    {
        var settled = (Takes: 0, Messages: 0);
        for (int take = 0, tied = 0, last = -1; take < Takes.Length; take++)
        {
            if (ByHand[take])
                continue;
            if (Takes[take].Unclaimed || !Ties[take].Firm || !IsOver(take, now))
                break;
            (tied, last) = (tied + 1, Math.Max(last, Ties[take].Message));
            if (tied == last + 1)
                settled = (take + 1, last + 1);
        }

        return settled;
    }

    /// <summary>The poll of a take is over: a moment has passed, or its thread, which built something since, has taken another.</summary>
    private bool IsOver(int take, long now) =>
        now - Takes[take].Second > 1 || Array.FindIndex(Takes, take + 1, later => later.Worker == Takes[take].Worker) >= 0;

    public void Dispose()
    {
        ArrayPool<Message>.Shared.Return(Messages, clearArray: true);
        ArrayPool<NameLevel>.Shared.Return(_levels);
        ArrayPool<long>.Shared.Return(_queuedAt);
        ArrayPool<char>.Shared.Return(_initials);
        ArrayPool<int>.Shared.Return(_queuedBy);
        ArrayPool<int>.Shared.Return(_takeOf);
        ArrayPool<int>.Shared.Return(_perhaps);
        ArrayPool<int>.Shared.Return(_free);
    }

    private Span<NameLevel> LevelsOf(int take) => _levels.AsSpan(take * Count, Count);

    /// <summary>How many messages were queued by this second since 1970. Their times are in order.</summary>
    private int QueuedUpTo(long second)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_queuedAt[middle] <= second)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Compare(MarkIndex index, bool hosts)
    {
        for (var take = 0; take < Takes.Length; take++)
        {
            var levels = LevelsOf(take);
            levels.Clear();
            var known = EarlierOf(take);
            var (from, end) = (known < 0 ? 0 : _queuedBy[known], _queuedBy[take]);
            if (known >= 0)
                LevelsOf(known)[..from].CopyTo(levels);
            var (marks, sure) = (Takes[take].Marks, levels[..from].Contains(NameLevel.Sure));
            for (var message = index.Next(marks, from, end); message >= 0; message = index.Next(marks, message + 1, end))
            {
                levels[message] = NameLevels.Of(Takes[take], Messages[message], hosts);
                sure |= levels[message] is NameLevel.Sure;
            }

            // An exact name wins over one that is only the beginning of the image's name.
            if (sure)
                levels.Replace(NameLevel.Personal, NameLevel.None);
        }
    }

    /// <summary>The last take before it of the same image, or -1: it fits the same messages, as far as they were queued by then.</summary>
    private int EarlierOf(int take)
    {
        for (var other = take - 1; other >= 0; other--)
        {
            var isAlike = Takes[other].Marks == Takes[take].Marks && Takes[other].Image == Takes[take].Image;
            if (isAlike && _queuedBy[other] <= _queuedBy[take])
                return other;
        }

        return -1;
    }
}
