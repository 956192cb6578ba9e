using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Builds;

/// <summary>The builds that are remembered, in order of start, and which of them run. Bounded, whatever is announced.</summary>
public sealed record BuildTable
{
    /// <summary>Of more than these the oldest is forgotten, one that runs last.</summary>
    public const int Most = 5_000;

    /// <summary>Running builds that no thread claimed; more than these nobody started.</summary>
    public const int MostUnclaimed = 200;

    /// <summary>Of builds before so many newer ones the log is kept in brief.</summary>
    public const int MostInFull = 1_000;

    public static readonly BuildTable Empty = new();

    private ImmutableSortedDictionary<int, Build> ByNumber { get; init; } = ImmutableSortedDictionary<int, Build>.Empty;

    private ImmutableSortedSet<int> RunningNumbers { get; init; } = [];

    /// <summary>How many builds bore each log name and start second, which gives the ordinals of their ids, and how many of them are left.</summary>
    private ImmutableDictionary<string, (int Ever, int Left)> Stems { get; init; } = ImmutableDictionary<string, (int, int)>.Empty;

    private ImmutableDictionary<string, int> LastByFile { get; init; } = ImmutableDictionary<string, int>.Empty;

    private int Started { get; init; }

    public int Count => ByNumber.Count;

    /// <summary>In order of start.</summary>
    public IEnumerable<Build> All => ByNumber.Values;

    /// <summary>In order of start.</summary>
    public IEnumerable<Build> Running => RunningNumbers.Select(number => ByNumber[number]);

    public Build? Find(int? number) => number is { } known ? ByNumber.GetValueOrDefault(known) : null;

    /// <summary>The number of the build that was started last with this log, if any.</summary>
    public int? LastOf(string file) => LastByFile.TryGetValue(file, out var number) ? number : null;

    /// <summary>Adds a build under the next number, with an id of its own; the oldest may be forgotten for it.</summary>
    internal BuildTable Add(Func<int, string, Build> make, LogName name, DateTimeOffset at, out Build? forgotten)
    {
        var number = Started + 1;
        var stem = Stem(name, at);
        var (ever, left) = Stems.GetValueOrDefault(stem);
        var build = make(number, ever == 0 ? stem : $"{stem}#{ever + 1}");
        var table = (this with { Started = number, Stems = Stems.SetItem(stem, (ever + 1, left + 1)), LastByFile = LastByFile.SetItem(name.File, number) }).Set(build).Brief(number - MostInFull);
        forgotten = null;
        return table.Count <= Most && table.RunningNumbers.Count <= MostUnclaimed ? table : table.Trimmed(out forgotten);
    }

    private BuildTable Brief(int number) =>
        Find(number) is { Log: { IsBrief: false } log } build ? this with { ByNumber = ByNumber.SetItem(number, build with { Log = log.Brief() }) } : this;

    internal BuildTable Set(Build build) => this with
    {
        ByNumber = ByNumber.SetItem(build.Number, build),
        RunningNumbers = build.Running ? RunningNumbers.Add(build.Number) : RunningNumbers.Remove(build.Number),
    };

    private BuildTable Trimmed(out Build? forgotten)
    {
        var table = this;
        forgotten = null;
        if (RunningNumbers.Count > MostUnclaimed && Running.FirstOrDefault(build => build.Worker is null) is { } unclaimed)
            table = table.Remove(unclaimed);
        if (table.Count > Most)
            table = table.Remove(forgotten = table.All.FirstOrDefault(build => !build.Running) ?? table.All.First());
        return table;
    }

    private BuildTable Remove(Build build)
    {
        var stem = Stem(build.Name, build.StartedAt);
        var (ever, left) = Stems[stem];
        return this with
        {
            ByNumber = ByNumber.Remove(build.Number),
            RunningNumbers = RunningNumbers.Remove(build.Number),
            Stems = left == 1 ? Stems.Remove(stem) : Stems.SetItem(stem, (ever, left - 1)),
            LastByFile = LastOf(build.Name.File) == build.Number ? LastByFile.Remove(build.Name.File) : LastByFile,
        };
    }

    private static string Stem(LogName name, DateTimeOffset at) => $"{name.File}@{name.Epoch ?? at.ToUnixTimeSeconds()}";
}
