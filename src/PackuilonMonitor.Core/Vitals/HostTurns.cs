using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>
/// Whether the daemon's lines come from two hosts in turn. One permanent change does not count: rsyslog makes it when it reopens its files.
/// </summary>
public sealed record HostTurns : IArchived<HostTurns>
{
    /// <summary>This many changes within an hour are more than that.</summary>
    public const int Fewest = 3;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static readonly HostTurns None = new();

    /// <summary>The newest changes of the host field, oldest first.</summary>
    public ImmutableList<EvidenceLine> Turns { get; private init; } = [];

    private ImmutableSortedDictionary<string, ImmutableSortedSet<int>> Threads { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<int>>(StringComparer.Ordinal);

    private string? Last { get; init; }

    private const int MostHosts = 4;
    private const int MostThreads = 64;

    /// <summary>The hosts that name the same threads; none if no two do.</summary>
    public IReadOnlyList<string> Alike =>
        [.. Threads.Where(one => Threads.Any(other => other.Key != one.Key && other.Value.Overlaps(one.Value))).Select(one => one.Key)];

    /// <summary>The hosts whose lines are mixed in one file within the last hour; null if there is only one.</summary>
    public IReadOnlyList<string>? MixedAt(DateTimeOffset now) =>
        Turns.Count >= Fewest && Turns[^1].At - Turns[^Fewest].At <= Window && now - Turns[^1].At < Window && Alike is { Count: > 1 } hosts
            ? hosts
            : null;

    internal HostTurns Apply(Observation seen, WorkerId? thread)
    {
        if (seen.Host.Length == 0)
            return this;
        var turns = this;
        if (seen.Host != Last)
        {
            // Old changes say nothing about today.
            var known = Last is null || (Turns.Count > 0 && seen.At - Turns[^1].At > Window) ? None : this;
            turns = known with
            {
                Last = seen.Host,
                Turns = Last is null ? [] : (known.Turns.Count < Fewest ? known.Turns : known.Turns.RemoveAt(0)).Add(EvidenceLine.Of(seen)),
            };
        }

        if (thread is not { } id)
            return turns;
        var threads = turns.Threads.GetValueOrDefault(seen.Host, []);
        return threads.Contains(id.Number) || threads.Count >= MostThreads || (threads.Count == 0 && turns.Threads.Count >= MostHosts)
            ? turns
            : turns with { Threads = turns.Threads.SetItem(seen.Host, threads.Add(id.Number)) };
    }

    HostTurns IArchived<HostTurns>.Through(Archive archive) => new()
    {
        Turns = archive.List(Turns, static (archive, line) => archive.Shared(line)),
        Threads = archive.ByName(Threads, static (archive, threads) => archive.Set(threads)),
        Last = archive.TextOrNull(Last),
    };
}
