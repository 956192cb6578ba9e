using System.Collections.Immutable;
using PackuilonMonitor.Screen.Places;

namespace PackuilonMonitor.Screen.State;

/// <summary>What the user chose: plain data, without a reference to what is read.</summary>
public sealed record UserState
{
    private const int MostRemembered = 100;

    public static readonly UserState Start = new();

    public Navigation Navigation { get; init; } = Navigation.Start;

    /// <summary>The screen that is shown.</summary>
    public Place Place => Navigation.Here;

    /// <summary>The only factory that is shown; null for all.</summary>
    public string? Factory { get; init; }

    /// <summary>The open line of input.</summary>
    public Question? Question { get; init; }

    public Notice? Notice { get; init; }

    /// <summary>The problem of the overview that was gone to last.</summary>
    public ProblemVisit? LastProblem { get; init; }

    /// <summary>What this user has seen.</summary>
    public Sight Sight { get; init; } = Sight.From(DateTimeOffset.MinValue);

    /// <summary>The overview shows the row under the cursor whole, in a strip at the bottom.</summary>
    public bool ShowsRow { get; init; }

    /// <summary>A bell for any failure.</summary>
    public bool BellForAll { get; init; } = true;

    /// <summary>The builds whose end rings.</summary>
    public ImmutableHashSet<string> BellFor { get; init; } = [];

    /// <summary>The build that logs are compared with instead of the last good one.</summary>
    public string? ComparedWith { get; init; }

    public bool MouseIsOn { get; init; }

    /// <summary>Commands typed by name, the newest last.</summary>
    public ImmutableArray<string> CommandHistory { get; init; } = [];

    /// <summary>Patterns that logs were searched for, the newest last.</summary>
    public ImmutableArray<string> SearchHistory { get; init; } = [];

    public UserState With(Place here) => this with { Navigation = Navigation.With(here) };

    /// <summary>With a message to the user.</summary>
    public UserState WithNotice(string text, bool isProblem = false) => this with { Notice = new Notice(text, isProblem) };

    /// <summary>Without the message of the last command.</summary>
    public UserState WithoutNotice() => Notice is null ? this : this with { Notice = null };

    /// <summary>A list of typed texts with one more, each once.</summary>
    public static ImmutableArray<string> Remembering(ImmutableArray<string> typed, string text)
    {
        if (text.Length == 0)
            return typed;
        var next = typed.Remove(text).Add(text);
        return next.Length > MostRemembered ? next.RemoveAt(0) : next;
    }
}
