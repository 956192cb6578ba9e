using System.Collections.Immutable;
using System.Globalization;

namespace PackuilonMonitor.Core.Changes;

/// <summary>The triggers that are remembered, found by id, by profile and by whether they wait. Bounded, whatever is announced.</summary>
internal sealed record TriggerTable
{
    public const int Most = 2_000;

    public static readonly TriggerTable Empty = new();

    /// <summary>Oldest first.</summary>
    public NumberedList<Trigger> All { get; private init; } = NumberedList<Trigger>.Empty;

    /// <summary>The numbers of those that wait, oldest first.</summary>
    public ImmutableSortedSet<int> Waiting { get; private init; } = [];

    private ImmutableDictionary<string, int> ById { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    private ImmutableDictionary<string, Last> LastByProfile { get; init; } = ImmutableDictionary.Create<string, Last>(StringComparer.Ordinal);

    /// <summary>What stands before each id, where factories are named; else nothing.</summary>
    public string Prefix { get; init; } = "";

    public Trigger this[int number] => All.At(number);

    public Trigger? Find(string id) => ById.TryGetValue(id, out var number) ? this[number] : null;

    /// <summary>The newest of a profile.</summary>
    public Trigger? LastOf(string profile) => LastByProfile.TryGetValue(profile, out var last) ? this[last.Number] : null;

    /// <summary>Adds a trigger of this profile with an id that none has: profile and second, with an ordinal where there was one in the same second.</summary>
    public TriggerTable Add(string profile, DateTimeOffset at, Func<string, Trigger> make, out string id)
    {
        var second = at.ToUnixTimeSeconds();
        var ordinal = LastByProfile.TryGetValue(profile, out var last) && last.Second == second ? last.Ordinal + 1 : 1;
        // Where lines do not stand in the order of their times, there may be triggers of this second before others.
        while (ById.ContainsKey(id = Id(profile, second, ordinal)))
            ordinal *= 2;
        var number = All.Next;
        var table = this with
        {
            All = All.Add(make(id)),
            ById = ById.SetItem(id, number),
            LastByProfile = LastByProfile.SetItem(profile, new Last(number, second, ordinal)),
        };
        return table.All.Count > Most ? table.WithoutOldest() : table;
    }

    private string Id(string profile, long second, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{profile}@{second}{(ordinal == 1 ? "" : $"#{ordinal}")}");

    /// <summary>The trigger with this id changed; nothing where it was forgotten.</summary>
    public TriggerTable Change(string id, Func<Trigger, Trigger> change)
    {
        if (!ById.TryGetValue(id, out var number))
            return this;
        var changed = change(this[number]);
        if (ReferenceEquals(changed, this[number]))
            return this;
        var table = this with { All = All.Set(number, changed) };
        return changed.Waiting == this[number].Waiting ? table : table with { Waiting = changed.Waiting ? Waiting.Add(number) : Waiting.Remove(number) };
    }

    private TriggerTable WithoutOldest()
    {
        var (oldest, number) = (All[0], All.First);
        return this with
        {
            Waiting = Waiting.Remove(number),
            All = All.WithoutFirst(),
            ById = ById.Remove(oldest.Id),
            LastByProfile = LastByProfile[oldest.Profile].Number == number ? LastByProfile.Remove(oldest.Profile) : LastByProfile,
        };
    }

    /// <summary>The newest trigger of a profile, and the ordinal of its id among those of its second.</summary>
    private readonly record struct Last(int Number, long Second, int Ordinal);
}
