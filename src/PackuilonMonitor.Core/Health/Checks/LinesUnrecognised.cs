using System.Collections.Immutable;
using System.Globalization;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>The programs write many lines that no rule accepts: an unknown revision, whose meaning is missed.</summary>
internal static class LinesUnrecognised
{
    public static Check? Of(CheckInput at)
    {
        var speech = at.Vitals.Speech;
        if (!speech.IsStrange)
            return null;
        var (ours, strange) = speech.Newest;
        var items = speech
            .Shapes.OrderByDescending(shape => shape.Value.Lines)
            .Select(shape => new HealthItem(
                shape.Key,
                $"{CheckText.Count(shape.Value.Lines, "line", "lines")} like: {shape.Value.Last.Text}",
                speech.StrangeSince
            )
            {
                Lines = [shape.Value.Last],
                Count = shape.Value.Lines,
            })
            .ToImmutableArray();
        return new Check(
            CheckCode.LinesUnrecognised,
            Severity.Warn,
            items,
            CheckSummary.Of(
                string.Create(CultureInfo.InvariantCulture, $"{strange} of {ours} lines of a day are not understood: {items[0].Id}")
            ),
            "packuilon-monitor events | grep unrecognised"
        );
    }
}
