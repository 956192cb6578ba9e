namespace PackuilonMonitor.Core.Changes;

/// <summary>Decides, after matching, which ties are certain, which messages are gone and what stays open.</summary>
internal static class Doubts
{
    /// <summary>A message that waited for so long beside an idle worker, which asks every two seconds, may have been gone before.</summary>
    private const int Patient = 20;

    /// <summary>Finds the messages that are gone, because younger ones were taken before them.</summary>
    /// <param name="now">The time of the last line, in seconds since 1970.</param>
    public static void PassOver(Matching matching, long now)
    {
        // The youngest message that was taken by its name in a poll that is over, and in one that may go on.
        var (over, fresh) = (0, 0);
        for (var take = 0; take < matching.Ties.Length; take++)
        {
            if (matching.Ties[take] is not { ByName: true, Message: var message })
                continue;
            if (now - matching.Takes[take].Second > 1)
                over = Math.Max(over, message);
            else
                fresh = Math.Max(fresh, message);
        }

        matching.PassedOver = over;
        for (var message = over; message < fresh && !matching.Unsettled; message++)
            matching.Unsettled = !matching.IsTaken(message);
    }

    /// <summary>Makes ties uncertain where other takes or messages allow another match, and confirms those where they do not.</summary>
    public static void Judge(Matching matching)
    {
        var open = new List<int>();
        for (var take = 0; take < matching.Ties.Length; take++)
        {
            if (!matching.IsTied(take))
                open.Add(take);
        }

        matching.ListFree();
        var gone = -1;
        for (var take = 0; take < matching.Ties.Length; take++)
        {
            gone = Math.Max(gone, matching.LastGone(take, matching.Takes[take].Waiting.Any, Patient));
            var tie = matching.Ties[take];
            if (tie.Certain)
            {
                var firm = !IsDoubtful(matching, take, tie.Message, open);
                var certain = firm && tie.Message > gone && !MayBeAnother(matching, take, tie.Message, open);
                matching.Ties[take] = tie with { Firm = firm, Certain = certain };
            }
            else if (
                tie.Message >= 0
                && !tie.ByName
                && matching.Level(take, tie.Message) is NameLevel.Soft
                && IsAlone(matching, take, tie.Message, open)
            )
                matching.Ties[take] = tie with { Confirmed = true };
        }
    }

    /// <summary>
    /// Another job had the same name or none, and no message of its own; or an earlier message may have asked for the same image.
    /// </summary>
    private static bool IsDoubtful(Matching matching, int take, int message, List<int> open)
    {
        foreach (var other in open)
        {
            // A refusal without an image may belong to any message that waited then.
            var mayBeNamed =
                matching.Level(other, message) >= NameLevel.Personal
                || matching.Takes[other].Image is null && matching.IsQueuedBy(message, other);
            if (mayBeNamed && MayBe(matching, other, message, take))
                return true;
        }

        return HasFreeNamed(matching, take, message) || HasFreeAlike(matching, take, message);
    }

    /// <summary>Whether a message before this one has the take's name, and no take of its own.</summary>
    private static bool HasFreeNamed(Matching matching, int take, int message)
    {
        for (var older = matching.NextNamed(take, 0); older >= 0 && older < message; older = matching.NextNamed(take, older + 1))
        {
            if (!matching.IsTaken(older))
                return true;
        }

        return false;
    }

    /// <summary>The same for a name that begins the other.</summary>
    private static bool HasFreeAlike(Matching matching, int take, int message)
    {
        var end = Math.Min(message, matching.CountQueuedBy(take));
        for (var older = matching.NextAlike(take, 0, end); older >= 0; older = matching.NextAlike(take, older + 1, end))
        {
            if (!matching.IsTaken(older))
                return true;
        }

        return false;
    }

    /// <summary>Evidence for another match is not ruled out by ties that may be wrong themselves.</summary>
    private static bool MayBeAnother(Matching matching, int take, int message, List<int> open)
    {
        if (matching.IsDoubted(message, take))
            return true;
        foreach (var other in open)
        {
            // An earlier job or refusal may have taken the message.
            if (
                !matching.IsEarlier(take, other)
                && matching.IsQueuedBy(message, other)
                && (matching.Takes[other].Image is null || matching.Level(other, message) >= NameLevel.Personal)
            )
                return true;
        }

        // Of two messages for the image the first may have been lost without a line.
        for (var other = matching.NextNamed(take, 0); other >= 0; other = matching.NextNamed(take, other + 1))
        {
            if (
                other != message
                && matching.Level(take, other) >= NameLevel.Personal
                && !(matching.TakeOf(other) is >= 0 and var taken && taken < take && matching.Ties[taken].Certain)
            )
                return true;
        }

        return false;
    }

    /// <summary>The neighbours of this message were taken in order before and after it, and no other job can have taken it.</summary>
    private static bool IsAlone(Matching matching, int take, int message, List<int> open)
    {
        var (before, behind) = (message == 0, false);
        for (var other = 0; other < matching.Ties.Length; other++)
        {
            var tied = matching.Ties[other].Message;
            before |= message > 0 && tied == message - 1 && matching.IsEarlier(other, take);
            behind |= tied == message + 1 && matching.IsEarlier(take, other);
        }

        return before && behind && !open.Exists(other => MayBe(matching, other, message, take));
    }

    /// <summary>Whether this take may be the message, whatever the other takes are matched with.</summary>
    private static bool MayBe(Matching matching, int take, int message, int except)
    {
        for (var other = 0; other < matching.Ties.Length; other++)
        {
            var tied = matching.Ties[other].Message;
            if (
                other != except
                && tied >= 0
                && (matching.IsEarlier(other, take) ? tied > message : matching.IsEarlier(take, other) && tied < message)
            )
                return false;
        }

        return true;
    }
}
