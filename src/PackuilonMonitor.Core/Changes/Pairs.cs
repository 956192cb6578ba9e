using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>The image of a profile, as takes have shown it.</summary>
/// <param name="Image">The image's name for comparisons; empty if the profile has asked for several images.</param>
/// <param name="Ticket">The take that showed it; 0 for a remembered pair.</param>
/// <param name="Shown">How many takes have shown the same.</param>
public sealed record Pair(string Image, int Ticket, int Shown) : IArchived<Pair>
{
    /// <summary>Two takes may agree by chance where images are queued by hand at the same time.</summary>
    private const int Enough = 3;

    /// <summary>A pair that is remembered from earlier.</summary>
    internal static Pair Remembered(string image, string fullName) => new(image, 0, Enough) { FullName = fullName };

    /// <summary>So many takes have shown the same that it is no chance.</summary>
    public bool Confirmed => Shown >= Enough;

    /// <summary>The image as the job named it; empty if <see cref="Image"/> is.</summary>
    public string FullName { get; init; } = "";

    /// <summary>Whether it counts as a name, and is therefore remembered.</summary>
    public bool IsName => Confirmed && Image.Length > 0;

    Pair IArchived<Pair>.Through(Archive archive) =>
        new(archive.Text(Image), archive.Number(Ticket), archive.Number(Shown)) { FullName = archive.Text(FullName) };
}

/// <summary>The images that a profile asks for, by their names for comparisons.</summary>
/// <param name="Host">By the rule of the newest revision; null if the profile does not contain it.</param>
/// <param name="Labelled">By the rules of the others.</param>
internal sealed record AskedNames(string? Host, ImmutableArray<string> Labelled) : IArchived<AskedNames>
{
    /// <summary>A take without any of these bits has none of them.</summary>
    public ulong Marks { get; } =
        Labelled.Aggregate(Host is null ? 0 : NameLevels.Mark(Host), static (all, name) => all | NameLevels.Mark(name));

    public static AskedNames Of(ProfileContent content) =>
        new(content.HostImage is { } host ? Names.OfImage(host) : null, [.. content.LabelledImages.Select(Names.OfImage)]);

    public bool Has(string name, bool hosts) => hosts ? name == Host : Labelled.Contains(name);

    AskedNames IArchived<AskedNames>.Through(Archive archive) =>
        new(archive.TextOrNull(Host), archive.Array(Labelled, static (archive, name) => archive.Text(name)));
}

/// <summary>The image of each profile, by its content or by earlier takes. Bounded.</summary>
public sealed record Pairs : IArchived<Pairs>
{
    public const int Most = 2_000;

    public static readonly Pairs Empty = new();

    /// <summary>Pairs that takes have shown, by profile.</summary>
    public ImmutableDictionary<string, Pair> Learned { get; private init; } =
        ImmutableDictionary.Create<string, Pair>(StringComparer.Ordinal);

    private ImmutableDictionary<int, string> ByTicket { get; init; } = ImmutableDictionary<int, string>.Empty;

    private ImmutableDictionary<string, AskedNames> Contents { get; init; } =
        ImmutableDictionary.Create<string, AskedNames>(StringComparer.Ordinal);

    /// <summary>Profiles whose pair counted as a name until a line contradicted it: the remembered pair is wrong.</summary>
    public ImmutableHashSet<string> Contradicted { get; private init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The prefix of all profiles of this factory, for comparisons; empty if unknown.</summary>
    public string Prefix { get; init; } = "";

    public Pair? Of(string profile) => Learned.GetValueOrDefault(profile);

    internal AskedNames? NamesOf(string profile) => Contents.GetValueOrDefault(profile);

    internal string Shortened(string name) =>
        Prefix.Length > 0 && name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal)
            ? name[Prefix.Length..]
            : name;

    /// <summary>The content of a profile was read.</summary>
    internal Pairs Read(ProfileRead read)
    {
        var asked = AskedNames.Of(read.Content);
        var pairs = Of(read.Profile) is { IsName: true } known && !asked.Has(known.Image, true) && !asked.Has(known.Image, false)
            ? Contradict(read.Profile)
            : this;
        return pairs with { Contents = (Contents.Count < Most ? Contents : Contents.Clear()).SetItem(read.Profile, asked) };
    }

    /// <summary>Adds a remembered pair. A pair that lines have shown wins.</summary>
    internal Pairs Remember(string profile, ImageName image) =>
        Learned.ContainsKey(profile) || Learned.Count >= Most || Names.OfImage(image) is not { Length: > 0 } name
            ? this
            : this with { Learned = Learned.SetItem(profile, Pair.Remembered(name, image.Text)) };

    /// <summary>A line shows that the profile asks for another image by now.</summary>
    internal Pairs Contradict(string profile) =>
        Of(profile) is not { IsName: true }
            ? this
            : this with
            {
                Learned = Learned.Remove(profile),
                Contradicted = (Contradicted.Count < Most ? Contradicted : Contradicted.Clear()).Add(profile),
            };

    internal Pairs Learn(string profile, ImageName named, int ticket)
    {
        var image = Names.OfImage(named);
        var known = Of(profile);
        if (
            known is not null
            && (
                known.Ticket == ticket || known.Confirmed && known.Image == image || known.Image.Length == 0 || ByTicket.ContainsKey(ticket)
            )
        )
            return this;
        var pair =
            known is null ? new Pair(image, ticket, 1) { FullName = named.Text }
            : known.Image == image ? known with { Shown = known.Shown + 1 }
            : new Pair("", ticket, 1);
        return this with
        {
            Contradicted = pair.IsName ? Contradicted.Remove(profile)
                : known is { IsName: true } ? Contradicted.Add(profile)
                : Contradicted,
            Learned = (Learned.Count < Most ? Learned : Learned.Clear()).SetItem(profile, pair),
            ByTicket = (ByTicket.Count < 2 * Most ? ByTicket : ByTicket.Clear()).SetItem(ticket, profile),
        };
    }

    /// <summary>The pair that the take had shown was wrong.</summary>
    internal Pairs Unlearn(int ticket)
    {
        if (!ByTicket.TryGetValue(ticket, out var profile))
            return this;
        var pairs = Contradict(profile);
        return pairs with { ByTicket = ByTicket.Remove(ticket), Learned = pairs.Learned.Remove(profile) };
    }

    Pairs IArchived<Pairs>.Through(Archive archive) => new()
    {
        Learned = archive.ByName(Learned, static (archive, pair) => archive.Shared(pair)),
        ByTicket = archive.Map(
            ByTicket,
            Empty.ByTicket,
            static (archive, ticket) => archive.Number(ticket),
            static (archive, profile) => archive.Text(profile)
        ),
        Contents = archive.ByName(Contents, static (archive, names) => archive.Shared(names)),
        Contradicted = archive.Set(Contradicted),
        Prefix = archive.Text(Prefix),
    };
}
