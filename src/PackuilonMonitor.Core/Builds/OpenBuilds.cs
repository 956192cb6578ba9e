using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The running builds, found by number, by the name in an end line, and by file. Each search costs the logarithm of their number.
/// </summary>
internal sealed record OpenBuilds : IArchived<OpenBuilds>
{
    public static readonly OpenBuilds Empty = new();

    /// <summary>An end line of the oldest revisions names no build; this many of its thread's image are examined.</summary>
    private const int MostOfAnImage = 16;

    private ImmutableSortedDictionary<int, Build> ByNumber { get; init; } = ImmutableSortedDictionary<int, Build>.Empty;

    private ImmutableSortedSet<Name> Names { get; init; } = ImmutableSortedSet<Name>.Empty;

    private ImmutableSortedSet<int> Unclaimed { get; init; } = ImmutableSortedSet<int>.Empty;

    private ImmutableDictionary<string, int> Files { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    public int Count => ByNumber.Count;

    /// <summary>In order of start.</summary>
    public IEnumerable<Build> All => ByNumber.Values;

    /// <summary>The oldest without a thread, or null.</summary>
    public Build? OldestUnclaimed => Unclaimed.IsEmpty ? null : ByNumber[Unclaimed.Min];

    public Build? Find(int number) => ByNumber.GetValueOrDefault(number);

    public bool HasFile(string file) => Files.ContainsKey(file);

    /// <summary>The newest build of that name without a thread, otherwise the newest.</summary>
    public Build? NewestNamed(string name)
    {
        var place = PlaceAfter(new Name(name, true, int.MaxValue)) - 1;
        return place >= 0 && Names[place] is var found && found.Text == name ? ByNumber[found.Number] : null;
    }

    /// <summary>The same among those that the job awaits, whatever their template.</summary>
    public Build? NewestFor(Job job)
    {
        var newest = NewestNamed(job.Image.Text) is { } plain && job.Awaits(plain.Name) ? plain : null;
        var start = job.Image.Text + '.';
        for (var (place, seen) = (PlaceAfter(new Name(start, false, 0)), 0); place < Names.Count && seen < MostOfAnImage; place++, seen++)
        {
            Steps.Take();
            if (!Names[place].Text.StartsWith(start, StringComparison.Ordinal))
                break;
            var build = ByNumber[Names[place].Number];
            if (
                job.Awaits(build.Name)
                && (newest is null || (build.Owner is null, build.Number).CompareTo((newest.Owner is null, newest.Number)) > 0)
            )
                newest = build;
        }

        return newest;
    }

    public OpenBuilds Set(Build build)
    {
        var before = Find(build.Number);
        var open = this with { ByNumber = ByNumber.SetItem(build.Number, build) };
        if (before is null)
        {
            return open with
            {
                Names = Names.Add(Name.Of(build)),
                Unclaimed = build.Owner is null ? Unclaimed.Add(build.Number) : Unclaimed,
                Files = Files.SetItem(build.Name.File, Files.GetValueOrDefault(build.Name.File) + 1),
            };
        }

        return before.Owner is null == build.Owner is null ? open : open with
        {
            Names = Names.Remove(Name.Of(before)).Add(Name.Of(build)),
            Unclaimed = build.Owner is null ? Unclaimed.Add(build.Number) : Unclaimed.Remove(build.Number),
        };
    }

    public OpenBuilds Remove(int number)
    {
        if (Find(number) is not { } build)
            return this;
        var left = Files[build.Name.File] - 1;
        return new OpenBuilds
        {
            ByNumber = ByNumber.Remove(number),
            Names = Names.Remove(Name.Of(build)),
            Unclaimed = build.Owner is null ? Unclaimed.Remove(number) : Unclaimed,
            Files = left == 0 ? Files.Remove(build.Name.File) : Files.SetItem(build.Name.File, left),
        };
    }

    /// <summary>Only the builds.</summary>
    public ImmutableSortedDictionary<int, Build> ToNumbers() => ByNumber;

    private int PlaceAfter(Name name) => Names.IndexOf(name) is var place && place >= 0 ? place : ~place;

    /// <summary>Sorted so that among builds of one name those without a thread come last, and of these the newest.</summary>
    private readonly record struct Name(string Text, bool Unclaimed, int Number) : IComparable<Name>
    {
        public static Name Of(Build build) => new(build.Name.Stem, build.Owner is null, build.Number);

        public int CompareTo(Name other) =>
            string.CompareOrdinal(Text, other.Text) is var texts and not 0 ? texts
            : Unclaimed.CompareTo(other.Unclaimed) is var claims and not 0 ? claims
            : Number.CompareTo(other.Number);
    }

    OpenBuilds IArchived<OpenBuilds>.Through(Archive archive) => new()
    {
        ByNumber = archive.ByNumber(ByNumber, static (archive, build) => archive.Own(build)),
        Names = archive.Set(
            Names,
            Empty.Names,
            static (archive, name) => new Name(archive.Text(name.Text), archive.Flag(name.Unclaimed), archive.Number(name.Number))
        ),
        Unclaimed = archive.Set(Unclaimed),
        Files = archive.ByName(Files, static (archive, count) => archive.Number(count)),
    };
}
