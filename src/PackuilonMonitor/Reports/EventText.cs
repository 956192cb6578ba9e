using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Reports;

/// <summary>One event as a line for people: when, who, what; nothing in it controls a terminal.</summary>
public static class EventText
{
    private const int FactoryColumns = 10;
    private const string NoTime = "time unknown       ";

    /// <param name="factory">The factory's name, if factories have names.</param>
    public static string Of(Observation seen, string? factory = null)
    {
        var at = seen.HasNoTime ? NoTime : seen.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var times = seen.Count > 1 ? $" ({seen.Count} times)" : "";
        var whose = factory is null ? "" : $"{factory.PadRight(FactoryColumns)}  ";
        return $"{at}  {whose}{ContractWords.Of(seen.Speaker),-13}  {SafeText.Plain(seen.Text ?? TextOf(seen))}{times}";
    }

    /// <summary>The text of an event without a line.</summary>
    private static string TextOf(Observation seen) => seen.Event switch
    {
        SourceSeen said => $"{seen.Source.Path}: {said.Health.Text}",
        SourceTurned said => $"{seen.Source.Path}: {said.How}, following the new one",
        SourcePolled said => $"{seen.Source.Path}: polled, not watched: {said.Why}",
        HealthTurned said => $"{said.Code} {said.Turn}: {said.Severity} {said.Summary}{(said.Why is { } why ? $" ({why})" : "")}",
        LinesLost said => $"{seen.Source.Path}: {(said.Bytes > 0 ? $"{said.Bytes} bytes" : "lines")} may be missing: {said.Why}",
        _ => EventTypes.NameOf(seen.Event),
    };
}
