using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Changes;

/// <summary>A profile and the image that it turned out to ask for.</summary>
/// <param name="Image">The image's name for comparisons; empty where the profile asked for one image and then for another.</param>
/// <param name="Ticket">The take that showed it; 0 for a pair that is remembered from earlier.</param>
/// <param name="Confirmed">Two takes have shown the same.</param>
public sealed record Pair(string Image, long Ticket, bool Confirmed);

/// <summary>Which image each profile asks for, where its content was read or where takes have shown it. Bounded.</summary>
public sealed record Pairs
{
    public const int Most = 2_000;

    public static readonly Pairs Empty = new();

    /// <summary>Pairs that takes have shown, by profile.</summary>
    public ImmutableDictionary<string, Pair> Learned { get; private init; } = ImmutableDictionary.Create<string, Pair>(StringComparer.Ordinal);

    private ImmutableDictionary<long, string> ByTicket { get; init; } = ImmutableDictionary<long, string>.Empty;

    private ImmutableDictionary<string, ImmutableArray<string>> Contents { get; init; } =
        ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>What all profiles of this factory begin with, for comparisons; nothing where that is not known.</summary>
    public string Prefix { get; init; } = "";

    public Pair? Of(string profile) => Learned.GetValueOrDefault(profile);

    internal ImmutableArray<string>? Asked(string profile) => Contents.TryGetValue(profile, out var asks) ? asks : null;

    internal string Shortened(string name) =>
        Prefix.Length > 0 && name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    /// <summary>The content of a profile was read: the names of the images that it asks for.</summary>
    internal Pairs Read(string profile, ImmutableArray<string> images) =>
        this with { Contents = (Contents.Count < Most ? Contents : Contents.Clear()).SetItem(profile, images) };

    internal Pairs Learn(string profile, string image, long ticket)
    {
        var known = Of(profile);
        if (known is not null && (known.Ticket == ticket || known.Confirmed && known.Image == image || known.Image.Length == 0 || ByTicket.ContainsKey(ticket)))
            return this;
        var pair = known is null ? new Pair(image, ticket, false) : known.Image == image ? known with { Confirmed = true } : new Pair("", ticket, false);
        return this with
        {
            Learned = (Learned.Count < Most ? Learned : Learned.Clear()).SetItem(profile, pair),
            ByTicket = (ByTicket.Count < 2 * Most ? ByTicket : ByTicket.Clear()).SetItem(ticket, profile),
        };
    }

    /// <summary>What the take had shown was wrong.</summary>
    internal Pairs Unlearn(long ticket) => ByTicket.TryGetValue(ticket, out var profile)
        ? this with { ByTicket = ByTicket.Remove(ticket), Learned = Learned.Remove(profile) }
        : this;
}
