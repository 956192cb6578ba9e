using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

/// <summary>Plays the messages of a report again. What was read is looked up by who was listened to and its ordinal.</summary>
internal sealed class Replay
{
    private readonly Dictionary<string, Message> _read = new(StringComparer.Ordinal);

    /// <summary>What a report does not hold: a state, a page, a history.</summary>
    public void Know(string text, Message message) => _read.TryAdd(text, message);

    /// <summary>The state after all messages of a report.</summary>
    public ScreenState Play(ScreenState start, string report) =>
        report.Split('\n').SelectMany(line => line.Split("; ")).Aggregate(start, (state, entry) =>
        {
            var parts = entry.Split(' ', 2);
            return Update.Apply(state, DateTimeOffset.ParseExact(parts[0], "O", CultureInfo.InvariantCulture), MessageOf(parts[1])).State;
        });

    private Message MessageOf(string text)
    {
        if (_read.TryGetValue(text, out var known))
            return known;
        var words = text.Split(' ').Select(Uri.UnescapeDataString).ToArray();
        int Number(int word) => int.Parse(words[word], CultureInfo.InvariantCulture);
        return words[0] switch
        {
            "key" => new KeyPressed(new KeyPress(words[1])),
            "mouse" => new MousePressed(new MousePress(Enum.Parse<MouseAct>(words[1]), Number(2), Number(3))),
            "size" => new Resized(new Size(Number(1), Number(2))),
            "typed" => new LineTyped(Number(1), words[2]),
            "entered" => new LineEntered(Number(1), words[2]),
            "cancelled" => new LineCancelled(Number(1)),
            "shown" => new PictureShown(),
            "resumed" => new Resumed(),
            "not-suspended" => new NotSuspended(),
            "tick" => new Ticked(Subscriptions.Tick),
            "channel" => new ChannelReported(Subscriptions.Channels, words[1], words.ElementAtOrDefault(2)),
            "saved" => new LogSaved(Number(1), Number(2), words[3]),
            "not-saved" => new LogNotSaved(Number(1), words[2]),
            "pager" => new PagerEnded(Number(1), Number(2)),
            "no-pager" => new PagerNotStarted(Number(1), words[2]),
            "plain-text-closed" => new PlainTextClosed(Number(1)),
            "mutes-kept" => new MutesKept(Number(1)),
            "mutes-not-kept" => new MutesNotKept(Number(1), words[2]),
            "no-whole-log" => new WholeLogNotRead(Number(1), words[2]),
            "no-past" => new PastNotFound(Number(1), words[2]),
            _ => throw new InvalidOperationException($"not known: {text}"),
        };
    }
}
