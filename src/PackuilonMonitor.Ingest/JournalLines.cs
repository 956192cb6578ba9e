using System.Text;

namespace PackuilonMonitor.Ingest;

/// <summary>Turns lines of <c>journalctl -o json</c> into lines of the system log, and remembers the position.</summary>
public sealed class JournalLines(TimeZoneInfo zone)
{
    /// <summary>The position of the last entry, to continue after it; null before the first.</summary>
    public string? Cursor { get; private set; }

    /// <summary>The same events with each entry as its line. Input that is not an entry becomes a gap.</summary>
    public IReadOnlyList<TailEvent> Translate(IReadOnlyList<TailEvent> events) => [.. events.Select(Translate)];

    private TailEvent Translate(TailEvent tailEvent)
    {
        if (tailEvent is not LineRead { Line: var line })
            return tailEvent;
        if (JournalEntry.Of(line.Text, zone) is not { } entry)
            return new LinesMissing(
                line.Source,
                Encoding.UTF8.GetByteCount(line.Text),
                "not an entry of the journal, or one without a message"
            );
        Cursor = entry.Cursor ?? Cursor;
        var text = line with { Text = entry.Line };
        var bytes = Encoding.UTF8.GetBytes(entry.Line);
        // An untrusted entry under another program's name is of no interest.
        if (!Core.Parsing.LineFilter.Concerns(bytes) || (entry.Distrust is not null && !Core.Parsing.LineFilter.NamesUs(bytes)))
            return new MarkRead(text);
        return entry.Distrust is { } why ? new LineDistrusted(text, why) : new LineRead(text);
    }
}
