using System.Collections.Immutable;
using System.Globalization;

namespace PackuilonMonitor.Core.Changes;

/// <summary>The triggers that are remembered, found by id, by profile and by whether they wait. Bounded, whatever is announced.</summary>
internal sealed record TriggerTable
{
    public const int Most = 2_000;

    public static readonly TriggerTable Empty = new();

    /// <summary>Oldest first; the number of the first is <see cref="Forgotten"/>.</summary>
    public ImmutableList<Trigger> All { get; private init; } = [];

    /// <summary>The numbers of those that wait, oldest first.</summary>
    public ImmutableSortedSet<int> Waiting { get; private init; } = [];

    private int Forgotten { get; init; }

    private ImmutableDictionary<string, int> ById { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    private ImmutableDictionary<string, int> LastByProfile { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>What stands before each id, where factories are named; else nothing.</summary>
    public string Prefix { get; init; } = "";

    public Trigger this[int number] => All[number - Forgotten];

    public Trigger? Find(string id) => ById.TryGetValue(id, out var number) ? this[number] : null;

    /// <summary>The newest of a profile.</summary>
    public Trigger? LastOf(string profile) => LastByProfile.TryGetValue(profile, out var number) ? this[number] : null;

    /// <summary>An id that none has: profile and second, with an ordinal where there was one in the same second.</summary>
    public string NewId(string profile, DateTimeOffset at)
    {
        var stem = $"{Prefix}{profile}@{at.ToUnixTimeSeconds()}";
        if (LastOf(profile) is { } last && last.At.ToUnixTimeSeconds() == at.ToUnixTimeSeconds())
            return Numbered(stem, Ordinal(last.Id, stem) + 1);
        // A clock that was set back comes to the same second twice.
        var ordinal = 1;
        while (ById.ContainsKey(Numbered(stem, ordinal)))
            ordinal++;
        return Numbered(stem, ordinal);
    }

    public TriggerTable Add(Trigger trigger)
    {
        var number = Forgotten + All.Count;
        var table = this with
        {
            All = All.Add(trigger),
            ById = ById.SetItem(trigger.Id, number),
            LastByProfile = LastByProfile.SetItem(trigger.Profile, number),
            Waiting = trigger.Waiting ? Waiting.Add(number) : Waiting,
        };
        return table.All.Count > Most ? table.WithoutOldest() : table;
    }

    /// <summary>The trigger with this id changed; nothing where it was forgotten.</summary>
    public TriggerTable Change(string id, Func<Trigger, Trigger> change)
    {
        if (!ById.TryGetValue(id, out var number))
            return this;
        var changed = change(this[number]);
        return ReferenceEquals(changed, this[number]) ? this : this with
        {
            All = All.SetItem(number - Forgotten, changed),
            Waiting = changed.Waiting ? Waiting.Add(number) : Waiting.Remove(number),
        };
    }

    private TriggerTable WithoutOldest()
    {
        var (oldest, number) = (All[0], Forgotten);
        return this with
        {
            All = All.RemoveAt(0),
            Forgotten = number + 1,
            ById = ById.Remove(oldest.Id),
            LastByProfile = LastByProfile[oldest.Profile] == number ? LastByProfile.Remove(oldest.Profile) : LastByProfile,
            Waiting = Waiting.Remove(number),
        };
    }

    private static string Numbered(string stem, int ordinal) =>
        ordinal == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}#{ordinal}");

    private static int Ordinal(string id, string stem) =>
        id.Length == stem.Length ? 1 : int.Parse(id.AsSpan(stem.Length + 1), CultureInfo.InvariantCulture);
}
