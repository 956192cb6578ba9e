using System.Globalization;
using System.Text;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Sessions;

/// <summary>
/// The last messages to the screen, for the report of a bug. It holds no state, page or log, but keys, typed text, and the names of
/// builds and files. Any thread may ask for the text: a bug may be on any.
/// </summary>
public sealed class MessageRecorder
{
    /// <summary>What a person did is kept beside all that only comes by itself.</summary>
    private const int MostOfPerson = 200;

    private const int MostOthers = 300;

    private readonly Lock _gate = new();
    private readonly Queue<Entry> _ofPerson = new();
    private readonly Queue<Entry> _others = new();
    private readonly Dictionary<(Type Kind, SubscriptionId? From), int> _counts = [];
    private long _next;

    /// <param name="IsJoined">It stands on one line with others of its kind around it.</param>
    private readonly record struct Entry(long Number, DateTimeOffset At, string Text, bool IsJoined);

    /// <param name="now">The time that the message was taken at.</param>
    public void Add(DateTimeOffset now, Message message)
    {
        lock (_gate)
        {
            var entry = new Entry(_next++, now, MessageText.Of(message, Ordinal(message)), message is Ticked or StatePublished);
            var (queue, most) = MessageText.IsOfPerson(message) ? (_ofPerson, MostOfPerson) : (_others, MostOthers);
            queue.Enqueue(entry);
            if (queue.Count > most)
                queue.Dequeue();
        }
    }

    /// <summary>One line each, the oldest first, a run of ticks and states on one line; and where messages are missing, how many.</summary>
    public string ToText()
    {
        List<Entry> entries;
        lock (_gate)
            entries = [.. _ofPerson.Concat(_others).OrderBy(entry => entry.Number)];
        var text = new StringBuilder();
        var (number, isJoined) = (0L, false);
        foreach (var entry in entries)
        {
            var missing = entry.Number - number;
            if (number > 0 || missing > 0)
                text.Append(missing == 0 && isJoined && entry.IsJoined ? "; " : "\n");
            if (missing > 0)
                text.Append(CultureInfo.InvariantCulture, $"({missing} more)\n");
            text.Append(CultureInfo.InvariantCulture, $"{entry.At:O} {entry.Text}");
            (number, isJoined) = (entry.Number + 1, entry.IsJoined);
        }

        return text.ToString().TrimStart('\n');
    }

    private int Ordinal(Message message)
    {
        var key = (message.GetType(), (message as SubscriptionMessage)?.From);
        var ordinal = _counts.GetValueOrDefault(key);
        if (message is SubscriptionMessage and not Ticked)
            _counts[key] = ordinal + 1;
        return ordinal;
    }
}
