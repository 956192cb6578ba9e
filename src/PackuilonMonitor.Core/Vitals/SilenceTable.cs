using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>How long a source is usually silent between two lines of any program.</summary>
/// <param name="FirstAt">The stamp of the first line that was read.</param>
/// <param name="LastAt">The stamp of the last.</param>
/// <param name="Days">The longest silence that ended on a day, by days since 1970.</param>
public sealed record Silence(DateTimeOffset FirstAt, DateTimeOffset LastAt, ImmutableSortedDictionary<long, TimeSpan> Days)
    : IArchived<Silence>
{
    private const int MostDays = 7;

    /// <summary>The longest silence of the newest days.</summary>
    public TimeSpan Longest => Days.IsEmpty ? TimeSpan.Zero : Days.Values.Max();

    internal Silence Next(DateTimeOffset at, TimeSpan longest)
    {
        var day = at.ToUnixTimeSeconds() / 86_400;
        var days = Days.GetValueOrDefault(day) < longest ? Days.SetItem(day, longest) : Days;
        while (!days.IsEmpty && days.Keys.First() <= day - MostDays)
            days = days.Remove(days.Keys.First());
        return this with { LastAt = at, Days = days };
    }

    Silence IArchived<Silence>.Through(Archive archive) => new(
        archive.Time(FirstAt),
        archive.Time(LastAt),
        archive.ByNumber(Days, static (archive, silence) => new TimeSpan(archive.Number(silence.Ticks)))
    );
}

/// <summary>The silences of all sources whose lines have stamps.</summary>
public sealed record SilenceTable : IArchived<SilenceTable>
{
    public static readonly SilenceTable Empty = new();

    public ImmutableDictionary<SourceId, Silence> BySource { get; private init; } = ImmutableDictionary<SourceId, Silence>.Empty;

    public Silence? Of(SourceId source) => BySource.GetValueOrDefault(source);

    internal SilenceTable Apply(SourceId source, SourceRead read)
    {
        if (read.LastLineAt is not { } at)
            return this;
        var known = Of(source) ?? new Silence(read.FirstLineAt ?? at, at, ImmutableSortedDictionary<long, TimeSpan>.Empty);
        // The source may also have been silent between two parts that were read in turn.
        var between = read.FirstLineAt is { } first && first > known.LastAt ? first - known.LastAt : TimeSpan.Zero;
        return this with { BySource = BySource.SetItem(source, known.Next(at, between > read.Silence ? between : read.Silence)) };
    }

    SilenceTable IArchived<SilenceTable>.Through(Archive archive) => new()
    {
        BySource = archive.Map(
            BySource,
            Empty.BySource,
            static (archive, source) => new SourceId(archive.Text(source.Path)),
            static (archive, silence) => archive.Own(silence)
        ),
    };
}
