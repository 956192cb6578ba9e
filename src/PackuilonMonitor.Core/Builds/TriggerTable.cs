using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>The triggers that are remembered, found by id, by profile and by whether they wait. Bounded, whatever is announced.</summary>
internal sealed record TriggerTable
{
    public const int Most = 2_000;

    public static readonly TriggerTable Empty = new();

    /// <summary>Oldest first; the number of the first is <see cref="Forgotten"/>.</summary>
    public ImmutableList<Trigger> All { get; private init; } = [];

    /// <summary>The numbers of those that wait, oldest first.</summary>
    public ImmutableSortedSet<int> Waiting { get; private init; } = [];

    /// <summary>Of those that wait so many are looked at in search of the one that a job came from.</summary>
    private const int MostLookedAt = 32;

    private int Forgotten { get; init; }

    /// <summary>Those that wait, by the letters that the image of their message begins with, the oldest of equal ones first.</summary>
    private ImmutableSortedSet<Name> WaitingNames { get; init; } = ImmutableSortedSet<Name>.Empty;

    /// <summary>How many there ever were of a profile in one second, and how many of them are left.</summary>
    private ImmutableDictionary<(string Profile, long Second), (int Ever, int Left)> Seconds { get; init; } = ImmutableDictionary<(string, long), (int, int)>.Empty;

    private ImmutableDictionary<string, int> ById { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    private ImmutableDictionary<string, int> LastByProfile { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>The factory whose they are, where factories are named.</summary>
    public string? Factory { get; init; }

    public Trigger this[int number] => All[number - Forgotten];

    /// <summary>The newest of a profile.</summary>
    public Trigger? LastOf(string profile) => LastByProfile.TryGetValue(profile, out var number) ? this[number] : null;

    /// <summary>An id that none has: profile and second, with an ordinal where there was one in the same second.</summary>
    public string NewId(string profile, DateTimeOffset at)
    {
        var second = at.ToUnixTimeSeconds();
        var ordinal = Seconds.GetValueOrDefault((profile, second)).Ever + 1;
        return FactoryName.Own(Factory, ordinal == 1 ? $"{profile}@{second}" : string.Create(CultureInfo.InvariantCulture, $"{profile}@{second}#{ordinal}"));
    }

    /// <summary>
    /// What the image of a profile's message begins with: image-sl-7x-x86-64.example.org.json and image-sl7x-x86_64 are one image, and
    /// image-norm.example.org.json is image-norm-sl7x-x86_64's.
    /// </summary>
    public static string Letters(string profile) => ImageNames.Letters(profile.AsSpan(0, profile.IndexOf('.') is var dot and >= 0 ? dot : profile.Length));

    /// <summary>Of those that were queued by then the one whose letters agree longest with the image's, the oldest among equals.</summary>
    public Trigger? WaitingFor(ImageName image, DateTimeOffset at)
    {
        var letters = ImageNames.Letters(image.Text);
        for (var looked = 0; looked < MostLookedAt && letters.Length > 0; looked++)
        {
            // The last that is not behind these letters is the longest that agrees, or shows how far any can agree.
            var place = WaitingNames.IndexOf(new Name(letters, int.MaxValue));
            place = (place < 0 ? ~place : place) - 1;
            if (place < 0)
                return null;
            var found = WaitingNames[place].Letters;
            if (!letters.StartsWith(found, StringComparison.Ordinal))
                letters = letters[..letters.AsSpan().CommonPrefixLength(found)];
            else if (found.Length == 0)
                return null;
            else if (OldestNamed(found, at) is { } trigger)
                return trigger;
            else
                letters = found[..^1];
        }

        return null;
    }

    /// <summary>The oldest that waits and holds, of the first few.</summary>
    public Trigger? OldestWaiting(Predicate<Trigger> holds) =>
        Waiting.Take(MostLookedAt).Counted().Select(number => this[number]).FirstOrDefault(trigger => holds(trigger));

    private Trigger? OldestNamed(string letters, DateTimeOffset at)
    {
        var place = WaitingNames.IndexOf(new Name(letters, 0));
        for (var end = (place = place < 0 ? ~place : place) + MostLookedAt; place < Math.Min(end, WaitingNames.Count) && WaitingNames[place].Letters == letters; place++)
        {
            Steps.Take();
            if (this[WaitingNames[place].Number] is var trigger && trigger.QueuedAt <= at)
                return trigger;
        }

        return null;
    }

    public TriggerTable Add(Trigger trigger)
    {
        var number = Forgotten + All.Count;
        var second = (trigger.Profile, trigger.At.ToUnixTimeSeconds());
        var (ever, left) = Seconds.GetValueOrDefault(second);
        var table = this with
        {
            All = All.Add(trigger),
            ById = ById.SetItem(trigger.Id, number),
            LastByProfile = LastByProfile.SetItem(trigger.Profile, number),
            Seconds = Seconds.SetItem(second, (ever + 1, left + 1)),
        };
        return table.All.Count > Most ? table.WithoutOldest() : table;
    }

    /// <summary>The trigger with this id changed; nothing where it was forgotten.</summary>
    public TriggerTable Change(string id, Func<Trigger, Trigger> change)
    {
        if (!ById.TryGetValue(id, out var number))
            return this;
        var changed = change(this[number]);
        if (ReferenceEquals(changed, this[number]))
            return this;
        var table = this with { All = All.SetItem(number - Forgotten, changed) };
        return changed.Waiting == this[number].Waiting ? table : changed.Waiting
            ? table with { Waiting = Waiting.Add(number), WaitingNames = WaitingNames.Add(new Name(Letters(changed.Profile), number)) }
            : table.NotWaiting(changed, number);
    }

    private TriggerTable NotWaiting(Trigger trigger, int number) =>
        this with { Waiting = Waiting.Remove(number), WaitingNames = WaitingNames.Remove(new Name(Letters(trigger.Profile), number)) };

    private TriggerTable WithoutOldest()
    {
        var (oldest, number) = (All[0], Forgotten);
        var second = (oldest.Profile, oldest.At.ToUnixTimeSeconds());
        var (ever, left) = Seconds[second];
        var table = oldest.Waiting ? NotWaiting(oldest, number) : this;
        return table with
        {
            All = All.RemoveAt(0),
            Forgotten = number + 1,
            ById = ById.Remove(oldest.Id),
            LastByProfile = LastByProfile[oldest.Profile] == number ? LastByProfile.Remove(oldest.Profile) : LastByProfile,
            Seconds = left == 1 ? Seconds.Remove(second) : Seconds.SetItem(second, (ever, left - 1)),
        };
    }

    private readonly record struct Name(string Letters, int Number) : IComparable<Name>
    {
        public int CompareTo(Name other) => string.CompareOrdinal(Letters, other.Letters) is var order and not 0 ? order : Number.CompareTo(other.Number);
    }
}
