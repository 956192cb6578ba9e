using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The known builds in order of start, and which of them run. Bounded, whatever is announced, and each change costs the logarithm of the
/// table's size: a doubt or a new daemon is one note on the table and no change of each build.
/// </summary>
public sealed record BuildTable : IArchived<BuildTable>
{
    /// <summary>Beyond this number the oldest is forgotten, running ones last.</summary>
    public const int Most = 5_000;

    /// <summary>The limit of running builds without a thread; more than these nobody started.</summary>
    public const int MostUnclaimed = 200;

    /// <summary>With this many newer builds only a summary of a log is kept.</summary>
    public const int MostInFull = 1_000;

    public static readonly BuildTable Empty = new();

    /// <summary>The effect of a note on a build is computed once, so that the same build is the same object in each state.</summary>
    private static readonly ConditionalWeakTable<Build, Build> Noted = [];

    private OpenBuilds Open { get; init; } = OpenBuilds.Empty;

    private ImmutableSortedDictionary<int, Build> Closed { get; init; } = ImmutableSortedDictionary<int, Build>.Empty;

    /// <summary>Those that ran when a new daemon started, by daemon. Their numbers are consecutive, so they are sorted too.</summary>
    private ImmutableList<Abandoned> Left { get; init; } = [];

    private ImmutableDictionary<string, LogFileBuilds> ByFile { get; init; } =
        ImmutableDictionary.Create<string, LogFileBuilds>(StringComparer.Ordinal);

    private Note Doubted { get; init; } = Note.None;

    private int Started { get; init; }

    public int Count { get; private init; }

    /// <summary>In order of start.</summary>
    public IEnumerable<Build> All
    {
        get
        {
            IEnumerable<Build> ended = Left.IsEmpty ? Closed.Values : Merged(Closed.Values, Left.SelectMany(left => left.All));
            return Open.Count == 0 ? ended : Merged(ended, Running);
        }
    }

    /// <summary>In order of start.</summary>
    public IEnumerable<Build> Running => Doubted.Value is null ? Open.All : Open.All.Select(Doubted.On);

    public Build? Find(int? number)
    {
        if (number is not { } known)
            return null;
        if (Open.Find(known) is { } open)
            return Doubted.On(open);
        return Closed.GetValueOrDefault(known) ?? (PlaceLeft(known) is var place and >= 0 ? Left[place].Find(known) : null);
    }

    /// <summary>The number of the last started build with this log, if any.</summary>
    public int? LastOf(string file) => ByFile.GetValueOrDefault(file) is { Last: > 0 and var number } ? number : null;

    /// <summary>Whether a build with this log runs.</summary>
    internal bool RunsWith(string file) => Open.HasFile(file);

    /// <summary>The newest running build of that name without a thread, otherwise the newest.</summary>
    internal Build? NewestNamed(string name) => Open.NewestNamed(name) is { } build ? Doubted.On(build) : null;

    /// <summary>The same among those that the job awaits, whatever their template.</summary>
    internal Build? NewestFor(Job job) => Open.NewestFor(job) is { } build ? Doubted.On(build) : null;

    /// <summary>Adds a build under the next number, with an id of its own; the oldest may be forgotten.</summary>
    internal BuildTable Add(Func<int, string, Build> make, LogName name, DateTimeOffset at, out Build? forgotten)
    {
        var number = Started + 1;
        var file = (ByFile.GetValueOrDefault(name.File) ?? LogFileBuilds.None).Add(number, Second(name, at), out var ordinal);
        var build = make(number, ordinal == 1 ? Stem(name, at) : $"{Stem(name, at)}#{ordinal}");
        var table = (this with
        {
            Started = number,
            Count = Count + 1,
            Open = Open.Set(build),
            ByFile = ByFile.SetItem(name.File, file),
        }).Brief(number - MostInFull);
        forgotten = null;
        return table.Count <= Most && table.Open.Count <= MostUnclaimed ? table : table.Trimmed(out forgotten);
    }

    private BuildTable Brief(int number) =>
        Find(number) is { Log: { IsBrief: false } log } build ? Set(build with { Log = log.Brief() }) : this;

    /// <summary>The table with this build replaced.</summary>
    internal BuildTable Set(Build build)
    {
        if (build.Running)
            return this with { Open = Open.Set(build) };
        var place = PlaceLeft(build.Number);
        return this with
        {
            Open = Open.Remove(build.Number),
            Left = place < 0 ? Left : Without(place, build.Number),
            Closed = Closed.SetItem(build.Number, build),
        };
    }

    /// <summary>Messages were dropped: it is unknown how each running build continued.</summary>
    internal BuildTable Doubt(Doubt doubt) => Open.Count == 0 ? this : this with { Doubted = new Note(doubt, null, Started) };

    /// <summary>A new daemon started: each running build has ended this way.</summary>
    internal BuildTable Abandon(BuildEnd end) => Open.Count == 0 ? this : this with
    {
        Left = Left.Add(new Abandoned(Open.ToNumbers(), Doubted with { End = end }, Started)),
        Open = OpenBuilds.Empty,
    };

    private BuildTable Trimmed(out Build? forgotten)
    {
        var table = this;
        forgotten = null;
        if (Open.Count > MostUnclaimed && Open.OldestUnclaimed is { } unclaimed)
            table = table.Remove(unclaimed);
        if (table.Count > Most)
            table = table.Remove(forgotten = table.OldestEnded ?? table.Open.All.First());
        return table;
    }

    private Build? OldestEnded => (First(Closed), Left.IsEmpty ? null : Left[0].All.FirstOrDefault()) switch
    {
        ({ } closed, { } left) => closed.Number < left.Number ? closed : left,
        var (closed, left) => closed ?? left,
    };

    private static Build? First(ImmutableSortedDictionary<int, Build> builds)
    {
        foreach (var (_, build) in builds)
            return build;
        return null;
    }

    private BuildTable Remove(Build build)
    {
        var place = PlaceLeft(build.Number);
        var file = ByFile[build.Name.File].Remove(build.Number, Second(build.Name, build.StartedAt));
        return this with
        {
            Count = Count - 1,
            Open = Open.Remove(build.Number),
            Closed = Closed.Remove(build.Number),
            Left = place < 0 ? Left : Without(place, build.Number),
            ByFile = file.IsEmpty ? ByFile.Remove(build.Name.File) : ByFile.SetItem(build.Name.File, file),
        };
    }

    private ImmutableList<Abandoned> Without(int place, int number) =>
        Left[place].Without(number) is { IsEmpty: false } rest ? Left.SetItem(place, rest) : Left.RemoveAt(place);

    /// <summary>The index of the build, or -1.</summary>
    private int PlaceLeft(int number)
    {
        var (low, high) = (0, Left.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Left[middle].Last < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Left.Count && Left[low].Find(number) is not null ? low : -1;
    }

    private static IEnumerable<Build> Merged(IEnumerable<Build> one, IEnumerable<Build> two)
    {
        using var other = two.GetEnumerator();
        var more = other.MoveNext();
        foreach (var build in one)
        {
            for (; more && other.Current.Number < build.Number; more = other.MoveNext())
                yield return other.Current;
            yield return build;
        }

        for (; more; more = other.MoveNext())
            yield return other.Current;
    }

    private static long Second(LogName name, DateTimeOffset at) => name.Epoch ?? at.ToUnixTimeSeconds();

    private static string Stem(LogName name, DateTimeOffset at) => $"{name.File}@{Second(name, at)}";

    /// <summary>The end of all builds up to a number that had none then.</summary>
    private sealed record Note(Doubt? Value, BuildEnd? End, int Upto) : IArchived<Note>
    {
        public static readonly Note None = new(null, null, 0);

        public Build On(Build build)
        {
            var doubted = Value is not null && build.Number <= Upto && !ReferenceEquals(build.Doubt, Value);
            if (!doubted && End is null)
                return build;
            var doubt = doubted ? Value : build.Doubt;
            if (Noted.TryGetValue(build, out var known) && ReferenceEquals(known.Doubt, doubt) && ReferenceEquals(known.End, End))
                return known;
            var noted = build with { Doubt = doubt, GrewSinceDoubt = !doubted && build.GrewSinceDoubt, End = End };
            Noted.AddOrUpdate(build, noted);
            return noted;
        }

        Note IArchived<Note>.Through(Archive archive) =>
            new(archive.SharedOrNull(Value), archive.SharedOrNull(End), archive.Number(Upto));
    }

    /// <summary>The builds that ran when a new daemon started.</summary>
    private sealed record Abandoned(ImmutableSortedDictionary<int, Build> Builds, Note Note, int Last) : IArchived<Abandoned>
    {
        public bool IsEmpty => Builds.IsEmpty;

        public IEnumerable<Build> All => Builds.Values.Select(Note.On);

        public Build? Find(int number) => Builds.GetValueOrDefault(number) is { } build ? Note.On(build) : null;

        public Abandoned Without(int number) => this with { Builds = Builds.Remove(number) };

        Abandoned IArchived<Abandoned>.Through(Archive archive) =>
            new(archive.ByNumber(Builds, static (archive, build) => archive.Own(build)), archive.Own(Note), archive.Number(Last));
    }

    BuildTable IArchived<BuildTable>.Through(Archive archive) => new()
    {
        Open = archive.Own(Open),
        Closed = archive.ByNumber(Closed, static (archive, build) => archive.Own(build)),
        Left = archive.List(Left),
        ByFile = archive.ByName(ByFile, static (archive, builds) => archive.Own(builds)),
        Doubted = archive.Own(Doubted),
        Started = archive.Number(Started),
        Count = archive.Number(Count),
    };
}
