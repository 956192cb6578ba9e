using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;

namespace PackuilonMonitor.Screen.State;

/// <summary>All that the screen rests on. The same state always gives the same picture.</summary>
public sealed record ScreenState
{
    /// <summary>What is shown may be the past until all logs were read once.</summary>
    public const string Reading = "reading the logs";

    public required ScreenSettings Settings { get; init; }

    /// <summary>The time of the last message, in the zone of the screen.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The published state of each factory, with its history.</summary>
    public required Snapshot Factories { get; init; }

    public Size Size { get; init; } = new(80, 24);

    public UserState User { get; init; } = UserState.Start;

    /// <summary>The log that is open, also while the help is shown over it.</summary>
    public OpenLog? Log { get; init; }

    /// <summary>The log whose last lines the overview shows.</summary>
    public OpenLog? Preview { get; init; }

    /// <summary>When a key was pressed last, and what was on the screen then.</summary>
    public Attendance Attendance { get; init; } = Attendance.From(DateTimeOffset.MinValue);

    /// <summary>What happened after the user's mark and was not seen, of all factories, the worst first.</summary>
    public IReadOnlyList<News> Unseen => NewsList.Unseen(Factories.Only(null), User.Sight.Mark, Shown.Now);

    /// <summary>What is shown instead of the present while the screen is frozen.</summary>
    public FactoryMoment? Frozen { get; init; }

    public AlertState Alerts { get; init; } = AlertState.Start;

    public ChannelState Channels { get; init; } = ChannelState.Start;

    /// <summary>How often everything was read from the beginning, less one.</summary>
    public int Readings { get; init; }

    /// <summary>The first picture is on the terminal.</summary>
    public bool IsShown { get; init; }

    /// <summary>The requests whose answers are waited for.</summary>
    public ImmutableDictionary<int, Request> Waiting { get; init; } = ImmutableDictionary<int, Request>.Empty;

    /// <summary>The last number given to a request, a question or a log. The update gives them, so a replay gives the same.</summary>
    public int LastNumber { get; init; }

    /// <summary>Another program has the terminal.</summary>
    public bool IsLent => Waiting.Values.Any(request => request is RunPager or ShowPlainText);

    /// <summary>What is looked at: frozen or live, one factory or all; in whole seconds, as it is drawn.</summary>
    public FactoryMoment Shown => Frozen is { } frozen
        ? frozen with { Factories = frozen.Factories.Only(User.Factory) }
        : new FactoryMoment(Factories.Only(User.Factory), Second);

    /// <summary>The present in whole seconds, as pictures show it: what is asked of the factories for it is worked out once.</summary>
    public DateTimeOffset Second => Now.AddTicks(-(Now.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>
    /// What logs and their builds are looked up in: the past while that is shown, else the present, also while the screen stands still.
    /// </summary>
    public Snapshot Known => Frozen is { Past: not null } past ? past.Factories : Factories;

    /// <summary>The size of an open log: the keys have the last row.</summary>
    public Size LogSize => new(Size.Columns, Math.Max(1, Size.Rows - 1));

    public ScreenState WithNotice(string text, bool isProblem = false) => this with { User = User.WithNotice(text, isProblem) };

    public ScreenState With(Place here) => this with { User = User.With(here) };

    /// <summary>Sends a request with the next number and waits for its answer.</summary>
    public Transition Ask(Func<int, Request> make)
    {
        var request = make(LastNumber + 1);
        return new Transition(this with { LastNumber = request.Number, Waiting = Waiting.Add(request.Number, request) }, [request]);
    }
}

/// <summary>The factories at a time.</summary>
public sealed record FactoryMoment(Snapshot Factories, DateTimeOffset Now)
{
    /// <summary>Where in a recording it is; null for one that was on the screen.</summary>
    public PastView? Past { get; init; }
}
