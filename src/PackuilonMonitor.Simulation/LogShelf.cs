namespace PackuilonMonitor.Simulation;

/// <summary>Who has which build log open, and whose log a later build overwrote.</summary>
internal sealed class LogShelf(TruthLedger ledger, Timeline timeline)
{
    private readonly Dictionary<string, List<int>> _writing = [];
    private readonly Dictionary<string, List<int>> _written = [];

    /// <summary>Opens a log for the build of that number, as "wt" does.</summary>
    public void Open(string file, int build)
    {
        timeline.Write(new LogOpened(file));
        var writing = At(_writing, file);
        foreach (var other in writing)
            ledger.Build(other, shared => shared with { SharesLog = true });
        if (writing.Count > 0)
            ledger.Build(build, shared => shared with { SharesLog = true });

        var written = At(_written, file);
        foreach (var earlier in written)
            ledger.Build(earlier, erased => erased with { LogRewritten = true });
        written.Clear();
        writing.Add(build);
    }

    public void Close(string file, int build)
    {
        At(_writing, file).Remove(build);
        At(_written, file).Add(build);
    }

    private static List<int> At(Dictionary<string, List<int>> shelf, string file)
    {
        if (!shelf.TryGetValue(file, out var builds))
            shelf[file] = builds = [];
        return builds;
    }
}
