using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What was read of one source.</summary>
/// <param name="Health">Null until its state was reported.</param>
/// <param name="Lines">The number of complete lines of all programs.</param>
/// <param name="LastLineAt">The stamp of the last of them.</param>
public sealed record SourceReading(SourceId Source, SourceHealth? Health, long Lines, DateTimeOffset? LastLineAt) : IArchived<SourceReading>
{
    /// <summary>It is a directory of build logs: the time is that of the last arrival, and no stamp.</summary>
    public bool OfBuildLogs { get; init; }

    /// <summary>How often a line said that messages were dropped before they were written here.</summary>
    public int Drops { get; init; }

    /// <summary>The last line, if its time and the times of those before it cannot be read; null if they can.</summary>
    public string? Untimed { get; init; }

    /// <summary>A sentence about unreadable times, with a sample and the form that it resembles; null if they can be read.</summary>
    public string? UntimedText =>
        Untimed is { } line
            ? $"the times of its lines cannot be read ({UnreadStamp.Of(line)}): \"{line[..Math.Min(line.Length, Sample)]}\""
            : null;

    private const int Sample = 80;

    /// <summary>The rotated files that could not be read, or not to their end, each with its path and the reason.</summary>
    public ImmutableSortedSet<string> Unread { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The number of places where lines may be missing.</summary>
    public int Gaps => (Health?.Gaps ?? 0) + Drops;

    /// <summary>The gaps in words; null without one.</summary>
    public string? GapText => Health?.GapText ?? (Drops > 0 ? "lines may be missing: the system log dropped messages" : null);

    /// <summary>It cannot be read now, or something may be missing.</summary>
    public bool InTrouble => Health is { State: not SourceState.Following } || Gaps > 0 || Untimed is not null;

    SourceReading IArchived<SourceReading>.Through(Archive archive) => new(
        new SourceId(archive.Text(Source.Path)),
        archive.OwnOrNull(Health),
        archive.Number(Lines),
        archive.TimeOrNull(LastLineAt)
    )
    {
        OfBuildLogs = archive.Flag(OfBuildLogs),
        Drops = archive.Number(Drops),
        Untimed = archive.TextOrNull(Untimed),
        Unread = archive.Set(
            Unread,
            ImmutableSortedSet.Create<string>(StringComparer.Ordinal),
            static (archive, path) => archive.Text(path)
        ),
    };
}

/// <summary>The sources, in the order of their first appearance.</summary>
public sealed record SourceTable : IArchived<SourceTable>
{
    public static readonly SourceTable Empty = new();

    public ImmutableList<SourceReading> Readings { get; private init; } = [];

    private ImmutableDictionary<SourceId, int> Places { get; init; } = ImmutableDictionary<SourceId, int>.Empty;

    /// <summary>The stamp of the last line of any program in the system log, which is "now" for the ages in a report.</summary>
    public DateTimeOffset? LastLineAt =>
        Readings.IsEmpty ? null : Readings.Max(reading => reading.OfBuildLogs ? null : reading.LastLineAt);

    internal SourceTable Apply(SourceId source, MonitorEvent said) => said switch
    {
        SourceSeen seen => Change(source, reading => reading with { Health = seen.Health }),
        SourceRead read => Change(source, reading => reading with
        {
            Lines = reading.Lines + read.Lines,
            LastLineAt = read.LastLineAt ?? reading.LastLineAt,
            OfBuildLogs = read.OfBuildLogs,
            Untimed = read.Untimed,
        }),
        // A gap that is reported before the first state is counted in that.
        LinesLost lost => Change(source, reading => reading with
        {
            Health = reading.Health?.Missed(lost.Bytes, lost.Why),
            Unread = lost.IsUnread ? reading.Unread.Add(lost.Why) : reading.Unread,
        }),
        MessagesDropped => Change(source, reading => reading with { Drops = reading.Drops + 1 }),
        _ => this,
    };

    private SourceTable Change(SourceId source, Func<SourceReading, SourceReading> change) =>
        Places.TryGetValue(source, out var place)
            ? this with
            {
                Readings = Readings.SetItem(place, change(Readings[place])),
            }
            : this with
            {
                Readings = Readings.Add(change(new SourceReading(source, null, 0, null))),
                Places = Places.Add(source, Readings.Count),
            };

    SourceTable IArchived<SourceTable>.Through(Archive archive) => new()
    {
        Readings = archive.List(Readings),
        Places = archive.Map(
            Places,
            Empty.Places,
            static (archive, source) => new SourceId(archive.Text(source.Path)),
            static (archive, place) => archive.Number(place)
        ),
    };
}
