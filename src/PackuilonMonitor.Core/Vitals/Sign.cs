using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>A line as evidence.</summary>
public sealed record HeardLine(SourceId Source, DateTimeOffset At, string Text)
{
    internal static HeardLine Of(Observation seen) => new(seen.Source, seen.At, seen.Text ?? "");
}

/// <summary>Evidence of trouble: its meaning in a few words, since when, and its lines, oldest first.</summary>
public sealed record Sign(string Words, DateTimeOffset At, ImmutableList<HeardLine> Lines)
{
    private const int MostLines = 6;

    internal static Sign Of(string words, Observation seen) => new(words, seen.At, [HeardLine.Of(seen)]);

    internal Sign With(Observation seen) => Lines.Count >= MostLines ? this : this with { Lines = Lines.Add(HeardLine.Of(seen)) };
}
