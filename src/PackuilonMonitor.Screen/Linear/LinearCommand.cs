using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Linear;

public enum LinearCommandKind
{
    None,

    /// <summary>A list or a sum of the state, which changes nothing.</summary>
    View,

    /// <summary>The next part of a long answer.</summary>
    More,

    /// <summary>How much of what happens is announced.</summary>
    Tell,

    /// <summary>A command of the screen by its name.</summary>
    Screen,
}

/// <summary>What a typed line asks for.</summary>
/// <param name="Name">The command of the screen.</param>
public sealed record LinearCommand(LinearCommandKind Kind, string Name = "")
{
    /// <summary>What is typed; every name of the command palette is a command too.</summary>
    public static IReadOnlyList<string> Help { get; } =
    [
        "status: the overall state, and what was not seen.",
        "workers, changes, recent: the lists of the overview.",
        "health, or health CODE: the raised checks; what one rests on and what to type.",
        "unseen: the next problem that was not seen, worst first. all-seen marks all.",
        "failures: what failed within a day, by cause.",
        "log IMAGE: the end of its newest log. plain-text prints all of it.",
        "history IMAGE, chain IMAGE: its builds; what led to the newest.",
        "events, sources, doctor, timeline: as on the screen.",
        "at 14:02, step back, step on, live: the recorded past.",
        "mute CODE 4h, unmute CODE.",
        "tell nothing, tell failures, tell changes, tell steps: how much is announced as it happens.",
        "more: the rest of a long answer. again: the last command. back: one step back. quit.",
    ];

    private static readonly (string Word, string Name)[] Names =
    [
        ("unseen", "next-unseen"),
        ("step back", "event-before"),
        ("step on", "event-after"),
    ];

    private static readonly (string Word, Func<ScreenState, IEnumerable<string>> View)[] Views =
    [
        ("status", LinearViews.Status),
        ("workers", state => LinearViews.List(state, Pane.Workers, "No worker was seen.")),
        ("changes", state => LinearViews.List(state, Pane.Triggers, "No change was seen.")),
        ("recent", state => LinearViews.List(state, Pane.Recent, "No build has ended.")),
        ("health", state => LinearViews.Checks(state, null)),
        ("failures", state => LinearViews.Rows(state, new Place(ScreenKind.Causes))),
        ("help", _ => Help),
    ];

    /// <summary>The first words of <see cref="Help"/>.</summary>
    private static readonly string[] Words =
    [
        "status", "workers", "changes", "recent", "health", "unseen", "all-seen", "failures", "log", "plain-text", "history", "chain",
        "events", "sources", "doctor", "timeline", "at", "step", "live", "mute", "unmute", "tell", "more", "again", "back", "help", "quit",
    ];

    /// <summary>How much is announced from now on.</summary>
    public Telling? Telling { get; private init; }

    public Func<ScreenState, IEnumerable<string>>? View { get; private init; }

    /// <summary>The line with its first word whole, if that begins only one of <see cref="Help"/>.</summary>
    public static string Whole(string line)
    {
        var first = line.Split(' ')[0];
        return first.Length > 0 && Words.Where(word => word.StartsWith(first, StringComparison.Ordinal)).ToArray() is [var only]
            ? only + line[first.Length..]
            : line;
    }

    /// <param name="line">Whole, and without blanks around it.</param>
    public static LinearCommand Of(string line)
    {
        if (line.Length == 0)
            return new LinearCommand(LinearCommandKind.None);
        if (line is "more")
            return new LinearCommand(LinearCommandKind.More);
        if (Views.FirstOrDefault(view => view.Word == line).View is { } found)
            return new LinearCommand(LinearCommandKind.View) { View = found };
        if (Rest(line, "health") is { } code)
            return new LinearCommand(LinearCommandKind.View) { View = state => LinearViews.Checks(state, code) };
        if (Rest(line, "tell") is { } much && Enum.TryParse<Telling>(much, ignoreCase: true, out var telling) && Enum.IsDefined(telling))
            return new LinearCommand(LinearCommandKind.Tell) { Telling = telling };
        return new LinearCommand(LinearCommandKind.Screen, Names.FirstOrDefault(known => known.Word == line).Name ?? line);
    }

    private static string? Rest(string line, string word) =>
        line.StartsWith($"{word} ", StringComparison.Ordinal) ? line[(word.Length + 1)..].Trim() : null;
}
