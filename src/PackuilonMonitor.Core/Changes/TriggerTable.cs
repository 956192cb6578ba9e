using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Changes;

/// <summary>The known triggers, found by id, by profile, and those that wait. Bounded, whatever is announced.</summary>
internal sealed record TriggerTable : IArchived<TriggerTable>
{
    public const int Most = 2_000;

    public static readonly TriggerTable Empty = new();

    /// <summary>Oldest first.</summary>
    public NumberedList<Trigger> All { get; private init; } = NumberedList<Trigger>.Empty;

    /// <summary>The numbers of those that wait, oldest first.</summary>
    public ImmutableSortedSet<int> Waiting { get; private init; } = [];

    private ImmutableDictionary<string, int> ById { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    private ImmutableDictionary<string, int> LastByProfile { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// The highest ordinal of a profile's second, if other triggers of the profile followed: lines may be out of order, so one more of
    /// that second may come. Only ordinals above 1, so it is mostly empty.
    /// </summary>
    private ImmutableDictionary<(string Profile, long Second), int> Ordinals { get; init; } =
        ImmutableDictionary<(string, long), int>.Empty;

    /// <summary>The prefix of each id if factories have names; otherwise empty.</summary>
    public string Prefix { get; init; } = "";

    public Trigger this[int number] => All.At(number);

    public Trigger? Find(string id) => ById.TryGetValue(id, out var number) ? this[number] : null;

    /// <summary>The newest of a profile.</summary>
    public Trigger? LastOf(string profile) => LastByProfile.TryGetValue(profile, out var number) ? this[number] : null;

    /// <summary>A new id: profile and second, with an ordinal if there was one in the same second.</summary>
    public string NewId(string profile, DateTimeOffset at, out int ordinal)
    {
        var second = at.ToUnixTimeSeconds();
        var last = LastOf(profile);
        ordinal = last is not null && Second(last) == second ? last.Ordinal + 1
            : Ordinals.TryGetValue((profile, second), out var highest) ? highest + 1
            : ById.ContainsKey(Id(profile, second, 1)) ? 2
            : 1;
        return Id(profile, second, ordinal);
    }

    public TriggerTable Add(Trigger trigger)
    {
        var number = All.Next;
        var left = LastOf(trigger.Profile) is { Ordinal: > 1 } last && Second(last) != Second(trigger) ? last : null;
        var table = this with
        {
            All = All.Add(trigger),
            ById = ById.SetItem(trigger.Id, number),
            LastByProfile = LastByProfile.SetItem(trigger.Profile, number),
            Ordinals = left is null ? Ordinals : Ordinals.SetItem((left.Profile, Second(left)), left.Ordinal),
        };
        return table.All.Count > Most ? table.WithoutOldest() : table;
    }

    private static long Second(Trigger trigger) => trigger.At.ToUnixTimeSeconds();

    private string Id(string profile, long second, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{profile}@{second}{(ordinal == 1 ? "" : $"#{ordinal}")}");

    /// <summary>Changes the trigger with this id; does nothing if it was dropped.</summary>
    public TriggerTable Change(string id, Func<Trigger, Trigger> change)
    {
        if (!ById.TryGetValue(id, out var number))
            return this;
        var changed = change(this[number]);
        if (ReferenceEquals(changed, this[number]))
            return this;
        return this with { All = All.Set(number, changed), Waiting = changed.Waiting ? Waiting.Add(number) : Waiting.Remove(number) };
    }

    private TriggerTable WithoutOldest()
    {
        var (oldest, number) = (All[0], All.First);
        var second = (oldest.Profile, Second(oldest));
        return this with
        {
            Waiting = Waiting.Remove(number),
            All = All.WithoutFirst(),
            ById = ById.Remove(oldest.Id),
            LastByProfile = LastByProfile[oldest.Profile] == number ? LastByProfile.Remove(oldest.Profile) : LastByProfile,
            // The one with the highest ordinal is the last of its second to be dropped.
            Ordinals = oldest.Ordinal > 1 && Ordinals.GetValueOrDefault(second) == oldest.Ordinal ? Ordinals.Remove(second) : Ordinals,
        };
    }

    TriggerTable IArchived<TriggerTable>.Through(Archive archive) => new()
    {
        All = (All ?? NumberedList<Trigger>.Empty).Through(archive, static (archive, trigger) => archive.Own(trigger)),
        Waiting = archive.Set(Waiting),
        ById = archive.ByName(ById, static (archive, number) => archive.Number(number)),
        LastByProfile = archive.ByName(LastByProfile, static (archive, number) => archive.Number(number)),
        Ordinals = archive.Map(
            Ordinals,
            Empty.Ordinals,
            static (archive, second) => (archive.Text(second.Profile), archive.Number(second.Second)),
            static (archive, ordinal) => archive.Number(ordinal)
        ),
        Prefix = archive.Text(Prefix),
    };
}
