using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>A line as evidence.</summary>
public sealed record EvidenceLine(SourceId Source, DateTimeOffset At, string Text)
{
    internal static EvidenceLine Of(Observation seen) => new(seen.Source, seen.At, seen.Text ?? "");
}

/// <summary>Evidence of trouble: its meaning in a few words, since when, and its lines, oldest first.</summary>
public sealed record Sign(string Words, DateTimeOffset At, ImmutableList<EvidenceLine> Lines)
{
    private const int MostLines = 6;

    internal static Sign Of(string words, Observation seen) => new(words, seen.At, [EvidenceLine.Of(seen)]);

    internal Sign With(Observation seen) => Lines.Count >= MostLines ? this : this with { Lines = Lines.Add(EvidenceLine.Of(seen)) };
}
