using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>A line as evidence.</summary>
public sealed record EvidenceLine(SourceId Source, DateTimeOffset At, string Text) : IArchived<EvidenceLine>
{
    internal static EvidenceLine Of(Observation seen) => new(seen.Source, seen.At, seen.Text ?? "");

    EvidenceLine IArchived<EvidenceLine>.Through(Archive archive) =>
        new(new SourceId(archive.Text(Source.Path)), archive.Time(At), archive.Text(Text));
}

/// <summary>Evidence of trouble: its meaning in a few words, since when, and its lines, oldest first.</summary>
public sealed record Sign(string Words, DateTimeOffset At, ImmutableList<EvidenceLine> Lines) : IArchived<Sign>
{
    private const int MostLines = 6;

    internal static Sign Of(string words, Observation seen) => new(words, seen.At, [EvidenceLine.Of(seen)]);

    internal Sign With(Observation seen) => Lines.Count >= MostLines ? this : this with { Lines = Lines.Add(EvidenceLine.Of(seen)) };

    Sign IArchived<Sign>.Through(Archive archive) =>
        new(archive.Text(Words), archive.Time(At), archive.List(Lines, static (archive, line) => archive.Shared(line)));
}
