using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>An observation as one line of text.</summary>
public static class EventWords
{
    public static string Of(Observation seen)
    {
        var text = seen.Text ?? seen.Event switch
        {
            SourceSeen source => $"{source.Health.Source.Name}: {source.Health.Text}",
            SourceTurned turned => $"{seen.Source.Name} was rotated: {turned.How}",
            SourcePolled polled => $"{seen.Source.Path}: polled, not watched: {polled.Why}",
            LinesLost { Bytes: > 0 } lost => $"{seen.Source.Name}: {lost.Bytes} bytes are missing: {lost.Why}",
            LinesLost lost => $"{seen.Source.Name}: lines may be missing: {lost.Why}",
            _ => seen.Source.Name,
        };
        return seen.Count > 1 ? $"{text} ({seen.Count} times)" : text;
    }
}
