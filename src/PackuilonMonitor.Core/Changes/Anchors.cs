using System.Buffers;

namespace PackuilonMonitor.Core.Changes;

/// <summary>Names are anchors: of the takes with a name, it matches the heaviest set of pairs that keeps the order of the queue.</summary>
internal static class Anchors
{
    public static void Match(Matching matching)
    {
        var (named, polls) = Sorted(matching);
        if (named.Count == 0)
            return;
        if (polls.Count > 0)
            named = InBetterOrder(matching, named, polls);
        Match(matching, named);
    }

    /// <summary>
    /// Takes of one poll may be logged in any order: those with a name are sorted by the order of the queue. And the polls whose takes were
    /// logged in another order than that.
    /// </summary>
    private static (List<int> Named, List<(int Start, int Count)> Polls) Sorted(Matching matching)
    {
        var (named, places, polls) = (new List<int>(), new List<int>(), new List<(int Start, int Count)>());
        var (poll, pollAt) = (0, long.MinValue);
        var given = new bool[matching.Count];
        for (var take = 0; take < matching.Takes.Length; take++)
        {
            if (PlaceOf(take, matching, given) is not (>= 0 and var message))
                continue;
            if (named.Count == 0 || matching.Takes[take].Second - pollAt > 1)
                (poll, pollAt) = (named.Count, matching.Takes[take].Second);
            var place = named.Count;
            while (place > poll && places[place - 1] > message)
                place--;
            named.Insert(place, take);
            places.Insert(place, message);
            if (polls.Count > 0 && polls[^1].Start == poll)
                polls[^1] = (poll, named.Count - poll);
            else if (place < named.Count - 1)
                polls.Add((poll, named.Count - poll));
        }

        return (named, polls);
    }

    /// <summary>
    /// A message that was lost may have misplaced a take: a poll is put back in the order of its lines where heavier pairs keep to that.
    /// </summary>
    private static List<int> InBetterOrder(Matching matching, List<int> named, List<(int Start, int Count)> polls)
    {
        var heaviest = Heaviest(matching, named);
        foreach (var (start, count) in polls)
        {
            var logged = new List<int>(named);
            logged.Sort(start, count, null);
            var weight = Heaviest(matching, logged);
            if (weight > heaviest)
                (named, heaviest) = (logged, weight);
        }

        return named;
    }

    /// <summary>
    /// The place in the queue of the first message that has the take's name and that no take before this one needs; else of the last that
    /// has the name; -1 where none has it.
    /// </summary>
    private static int PlaceOf(int take, Matching matching, bool[] given)
    {
        var last = -1;
        for (var place = matching.NextNamed(take, 0); place >= 0; place = matching.NextNamed(take, place + 1))
        {
            last = place;
            if (given[place])
                continue;
            given[place] = true;
            return place;
        }

        return last;
    }

    private static int Heaviest(Matching matching, List<int> named)
    {
        var best = Weights(matching, named);
        var heaviest = best[0];
        ArrayPool<int>.Shared.Return(best);
        return heaviest;
    }

    /// <summary>
    /// For each row of takes and column of messages the weight of the best pairs from there on; rented, and whoever asks returns it.
    /// </summary>
    private static int[] Weights(Matching matching, List<int> named)
    {
        var (rows, columns) = (named.Count, matching.Count + 1);
        var best = ArrayPool<int>.Shared.Rent((rows + 1) * columns);
        Array.Clear(best, 0, (rows + 1) * columns);
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var message = columns - 2; message >= 0; message--)
            {
                var without = Math.Max(best[(row + 1) * columns + message], best[row * columns + message + 1]);
                var weight = Weight(matching.Level(named[row], message));
                best[row * columns + message] = weight == 0 ? without : Math.Max(without, weight + best[(row + 1) * columns + message + 1]);
            }
        }

        return best;
    }

    private static void Match(Matching matching, List<int> named)
    {
        var (rows, columns) = (named.Count, matching.Count + 1);
        var best = Weights(matching, named);
        for (int row = 0, message = 0; row < rows && message < columns - 1;)
        {
            var level = matching.Level(named[row], message);
            var here = best[row * columns + message];
            if (level is not NameLevel.None && here == Weight(level) + best[(row + 1) * columns + message + 1])
            {
                matching.Match(named[row], new Tie(message, level >= NameLevel.Personal, level >= NameLevel.Personal));
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

    private static int Weight(NameLevel level) => level >= NameLevel.Personal ? 10 : level is NameLevel.Soft ? 4 : 0;
}
