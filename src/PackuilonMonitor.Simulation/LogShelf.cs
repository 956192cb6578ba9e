namespace PackuilonMonitor.Simulation;

/// <summary>Who has which build log open, and whose log a later build overwrote.</summary>
/// <param name="most">How many of the newest closed logs it knows at least.</param>
internal sealed class LogShelf(TruthLedger ledger, Timeline timeline, int most)
{
    private readonly Dictionary<string, List<int>> _writing = [];
    private readonly Dictionary<string, List<int>> _written = [];
    private readonly Queue<(string File, int Build)> _closed = [];

    /// <summary>Opens a log for the build of that number, as "wt" does.</summary>
    public void Open(string file, int build)
    {
        timeline.Write(new LogOpened(file));
        if (_writing.TryGetValue(file, out var writing))
        {
            foreach (var other in writing)
                ledger.Build(other, shared => shared with { SharesLog = true });
            ledger.Build(build, shared => shared with { SharesLog = true });
        }

        if (_written.Remove(file, out var written))
        {
            foreach (var earlier in written)
                ledger.Build(earlier, erased => erased with { LogRewritten = true });
        }

        Add(_writing, file, build);
    }

    public void Close(string file, int build)
    {
        Remove(_writing, file, build);
        Add(_written, file, build);
        _closed.Enqueue((file, build));
        if (_closed.Count / 2 <= most)
            return;
        var oldest = _closed.Dequeue();
        Remove(_written, oldest.File, oldest.Build);
    }

    private static void Add(Dictionary<string, List<int>> shelf, string file, int build)
    {
        if (!shelf.TryGetValue(file, out var builds))
            shelf[file] = builds = [];
        builds.Add(build);
    }

    private static void Remove(Dictionary<string, List<int>> shelf, string file, int build)
    {
        if (shelf.TryGetValue(file, out var builds) && builds.Remove(build) && builds.Count == 0)
            shelf.Remove(file);
    }
}
