using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The threads by their numbers. There are never more than a daemon could have, whatever lines are forged, so it is a sorted array: a loop
/// over all of them costs less than any tree.
/// </summary>
public sealed class WorkerTable : IArchived<WorkerTable>
{
    /// <summary>Beyond this number the thread that was silent longest is forgotten, one that builds last.</summary>
    public const int Most = 128;

    public static readonly WorkerTable Empty = new([]);

    private readonly Worker[] _workers;

    private WorkerTable(Worker[] workers) => _workers = workers;

    public int Count => _workers.Length;

    public IEnumerable<int> Keys => _workers.Select(worker => worker.Id.Number);

    /// <summary>In the order of their numbers.</summary>
    public IEnumerable<Worker> Values => _workers;

    /// <summary>The thread of that number, which must be known.</summary>
    public Worker this[int number] => GetValueOrDefault(number) ?? throw new KeyNotFoundException($"no thread {number}");

    /// <summary>The thread of that number, or null.</summary>
    public Worker? GetValueOrDefault(int number) => Place(number) is >= 0 and var place ? _workers[place] : null;

    /// <summary>Of those that satisfy the predicate the one that wrote last, or null.</summary>
    internal Worker? LastToSpeak(Predicate<Worker> holds)
    {
        Worker? last = null;
        foreach (var worker in _workers)
        {
            Steps.Take();
            if ((last is null || worker.LastLine > last.LastLine) && holds(worker))
                last = worker;
        }

        return last;
    }

    /// <summary>The same, but the last of those that are preferred, if there is any.</summary>
    internal Worker? LastToSpeak(Predicate<Worker> holds, Predicate<Worker> prefers)
    {
        (Worker? last, var isPreferred) = (null, false);
        foreach (var worker in _workers)
        {
            Steps.Take();
            if (!holds(worker))
                continue;
            var better = prefers(worker);
            if (last is null || (better, worker.LastLine).CompareTo((isPreferred, last.LastLine)) > 0)
                (last, isPreferred) = (worker, better);
        }

        return last;
    }

    /// <summary>Of those that satisfy the predicate the one that has been silent longest, or null.</summary>
    internal Worker? LongestSilent(Predicate<Worker> holds)
    {
        Worker? longest = null;
        foreach (var worker in _workers)
        {
            Steps.Take();
            if ((longest is null || worker.LastLine < longest.LastLine) && holds(worker))
                longest = worker;
        }

        return longest;
    }

    internal WorkerTable Put(Worker worker)
    {
        var place = Place(worker.Id.Number);
        if (place >= 0)
        {
            var changed = (Worker[])_workers.Clone();
            changed[place] = worker;
            return new WorkerTable(changed);
        }

        var grown = new Worker[_workers.Length + 1];
        _workers.AsSpan(0, ~place).CopyTo(grown);
        grown[~place] = worker;
        _workers.AsSpan(~place).CopyTo(grown.AsSpan(~place + 1));
        var table = new WorkerTable(grown);
        return table.Count > Most ? table.WithoutOne() : table;
    }

    private WorkerTable WithoutOne()
    {
        var gone = LongestSilent(static worker => worker.Build is null) ?? LongestSilent(static _ => true);
        return new WorkerTable(Array.FindAll(_workers, worker => worker != gone));
    }

    private int Place(int number)
    {
        var (low, high) = (0, _workers.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _workers[middle].Id.Number;
            if (found == number)
                return middle;
            if (found < number)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    WorkerTable IArchived<WorkerTable>.Through(Archive archive) =>
        new(archive.Array(_workers, static (archive, worker) => archive.Own(worker)));
}
