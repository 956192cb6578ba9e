using System.Collections.Immutable;
using System.Globalization;

namespace PackuilonMonitor.Core.Health;

/// <summary>A check, or one of its items, that somebody knows of: it is shown, and does not count until something changes.</summary>
/// <param name="Item">The item; null for the whole check.</param>
/// <param name="Until">When it ends; null for "until the check clears".</param>
/// <param name="Sticky">It survives that the check clears, gets new items or gets worse.</param>
/// <param name="By">The user who set it.</param>
/// <param name="Items">The items raised then. Another item ends it.</param>
/// <param name="Severity">The severity then. A worse one ends it.</param>
public sealed record Mute(
    CheckCode Code,
    string? Item,
    DateTimeOffset At,
    DateTimeOffset? Until,
    bool Sticky,
    string By,
    ImmutableSortedSet<string> Items,
    Severity Severity
)
{
    /// <summary>The longest sticky mute.</summary>
    public static readonly TimeSpan LongestSticky = TimeSpan.FromDays(30);

    /// <summary>The typed form: <c>BUILD_LOST</c> or <c>BUILD_LOST:norm.managed.json</c>.</summary>
    public string Name => Item is null ? Code.Name() : $"{Code.Name()}:{Item}";

    /// <summary>The time left: hours, days from four on, or minutes if less than one hour is left.</summary>
    public string LeftAt(DateTimeOffset now) => Until is not { } until ? "until it is well"
        : until - now >= TimeSpan.FromDays(4) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round((until - now).TotalDays)}d")
        : until - now >= TimeSpan.FromHours(1) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round((until - now).TotalHours)}h")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)(until - now).TotalMinutes)}m");

    internal bool Covers(HealthItem item) => Item is null || Item == item.Id;
}

/// <summary>A mute that ended, and why: <c>time</c>, <c>cleared</c>, <c>new item X</c>, <c>worse</c>.</summary>
public sealed record EndedMute(Mute Mute, string Why);

/// <summary>The active mutes, and those that ended, given the raised checks.</summary>
public sealed record Mutes(ImmutableArray<Mute> Holding, ImmutableArray<EndedMute> Ended)
{
    public static readonly Mutes None = new([], []);

    /// <summary>The mutes that remain when these checks are raised; an item that cleared leaves its mute's set.</summary>
    public static Mutes Of(IEnumerable<Mute> mutes, IReadOnlyList<Check> checks, DateTimeOffset now)
    {
        var holding = ImmutableArray.CreateBuilder<Mute>();
        var ended = ImmutableArray.CreateBuilder<EndedMute>();
        foreach (var mute in mutes)
        {
            var check = checks.FirstOrDefault(check => check.Code == mute.Code);
            if (Why(mute, check, now) is { } why)
                ended.Add(new EndedMute(mute, why));
            else
                holding.Add(
                    mute.Sticky || check is null ? mute : mute with { Items = mute.Items.Intersect(check.Items.Select(item => item.Id)) }
                );
        }

        return new Mutes(holding.ToImmutable(), ended.ToImmutable());
    }

    /// <summary>The checks, marked with their mutes.</summary>
    public IReadOnlyList<Check> On(IEnumerable<Check> checks) => [.. checks.Select(On)];

    private Check On(Check check)
    {
        var own = Holding.Where(mute => mute.Code == check.Code).ToList();
        if (own.Count == 0)
            return check;
        var items = check
            .Items.Select(item => own.Exists(mute => mute.Covers(item)) ? item with { Muted = true } : item)
            .ToImmutableArray();
        // The whole check is muted if each item is; the mute that lasts longest is shown.
        var mute = items.All(item => item.Muted) ? own.MaxBy(mute => (mute.Item is null, mute.Until ?? DateTimeOffset.MaxValue)) : null;
        return check with { Items = items, Mute = mute };
    }

    private static string? Why(Mute mute, Check? check, DateTimeOffset now)
    {
        if (mute.Until is { } until && now >= until)
            return "time";
        if (mute.Sticky)
            return null;
        var covered = check?.Items.Where(mute.Covers).ToList() ?? [];
        if (covered.Count == 0)
            return "cleared";
        if (covered.Find(item => !mute.Items.Contains(item.Id)) is { } item)
            return $"new item {item.Id}";
        return covered.Exists(item => (item.Severity ?? check!.Severity) > mute.Severity) ? "worse" : null;
    }
}
