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

    /// <summary>How many there ever were of a profile in one second, and how many of them are left.</summary>
    private ImmutableDictionary<(string Profile, long Second), (int Ever, int Left)> Seconds { get; init; } = ImmutableDictionary<(string, long), (int, int)>.Empty;

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
        var second = at.ToUnixTimeSeconds();
        var ordinal = Seconds.GetValueOrDefault((profile, second)).Ever + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{profile}@{second}{(ordinal == 1 ? "" : $"#{ordinal}")}");
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
        return changed.Waiting == this[number].Waiting ? table : table with { Waiting = changed.Waiting ? Waiting.Add(number) : Waiting.Remove(number) };
    }

    private TriggerTable WithoutOldest()
    {
        var (oldest, number) = (All[0], Forgotten);
        var second = (oldest.Profile, oldest.At.ToUnixTimeSeconds());
        var (ever, left) = Seconds[second];
        return this with
        {
            Waiting = Waiting.Remove(number),
            All = All.RemoveAt(0),
            Forgotten = number + 1,
            ById = ById.Remove(oldest.Id),
            LastByProfile = LastByProfile[oldest.Profile] == number ? LastByProfile.Remove(oldest.Profile) : LastByProfile,
            Seconds = left == 1 ? Seconds.Remove(second) : Seconds.SetItem(second, (ever, left - 1)),
        };
    }
}
