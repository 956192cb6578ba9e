using System.Buffers;

namespace PackuilonMonitor.Core.Changes;

/// <summary>Names are anchors: of the takes with a name, it matches the heaviest set of pairs that keeps the order of the queue.</summary>
internal static class Anchors
{
    public static void Match(Matching matching)
    {
        var named = Sorted(matching);
        if (named.Count > 0)
            Match(matching, named);
    }

    /// <summary>Takes of one poll may be logged in any order: those with a name are sorted by the order of the queue.</summary>
    private static List<int> Sorted(Matching matching)
    {
        var named = new List<int>();
        var (poll, pollAt) = (0, long.MinValue);
        for (var take = 0; take < matching.Takes.Length; take++)
        {
            var first = matching.FirstNamed(take);
            if (first < 0)
                continue;
            if (named.Count == 0 || matching.Takes[take].Second - pollAt > 1)
                (poll, pollAt) = (named.Count, matching.Takes[take].Second);
            var place = named.Count;
            while (place > poll && matching.FirstNamed(named[place - 1]) > first)
                place--;
            named.Insert(place, take);
        }

        return named;
    }

    private static void Match(Matching matching, List<int> named)
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
