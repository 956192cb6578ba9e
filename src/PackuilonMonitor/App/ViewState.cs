using System.Collections.Immutable;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.App;

/// <summary>A screen that stands still: what it showed and when.</summary>
public sealed record Held(Snapshot Snapshot, DateTimeOffset Now);

/// <summary>
/// What is looked at and how. Changes only by <see cref="Apply"/> and its like, which are total: any command on any screen
/// of any size gives a view. What must be done besides is in <see cref="Effects"/>, for the dashboard to do once.
/// </summary>
public sealed partial record ViewState
{
    private const int MostPlaces = 20;

    public static readonly ViewState Start = new();

    /// <summary>The way here, the overview first.</summary>
    public ImmutableList<Place> Trail { get; private init; } = [new Place(Screen.Overview)];

    public Place Place => Trail[^1];

    /// <summary>The place before this one, wherever it was.</summary>
    public Place? Last { get; private init; }

    public KeyMap Keys { get; init; } = KeyMap.Default;

    /// <summary>The open line of input.</summary>
    public Question? Question { get; private init; }

    public Notice? Notice { get; private init; }

    /// <summary>A bell for any failure.</summary>
    public bool BellForAll { get; init; } = true;

    /// <summary>Builds whose end was asked to ring.</summary>
    public ImmutableHashSet<string> BellFor { get; private init; } = [];

    /// <summary>The build that logs are compared with instead of the last good one.</summary>
    public string? ComparedWith { get; private init; }

    /// <summary>The only factory that is shown; null for all.</summary>
    public string? Factory { get; private init; }

    public bool MouseIsOn { get; private init; }

    /// <summary>What the frozen screen shows; null while it is alive.</summary>
    public Held? Held { get; private init; }

    /// <summary>Commands typed by name, the newest last.</summary>
    public ImmutableArray<string> Typed { get; private init; } = [];

    /// <summary>What the last command asked to be done.</summary>
    public ImmutableArray<Effect> Effects { get; private init; } = [];

    /// <summary>What a key asks for on this screen, or a word that it asks for nothing.</summary>
    public ViewState Press(KeyPress key, Snapshot snapshot, Size size, DateTimeOffset now) => IsForFilterOfHelp(key) ? FilteringHelp(key.Name)
        : Keys.Find(key, Place.Screen) is { } command ? Apply(command, snapshot, size, now)
        : this with { Effects = [], Notice = new Notice($"{SafeText.Plain(key.Name)} means nothing here{(Keys.Named("help") is { Keys: [var help, ..] } ? $"; {help} shows the keys" : "")}") };

    /// <summary>The view after a command. Acts that mean nothing on this screen say so.</summary>
    public ViewState Apply(Command command, Snapshot snapshot, Size size, DateTimeOffset now)
    {
        var (shown, moment) = Held is { } held ? (held.Snapshot.Only(Factory), held.Now) : (snapshot.Only(Factory), now);
        var view = (this with { Effects = [], Notice = null }).Obey(command, new Looked(shown, size, moment));
        // Whichever way a log is come to, also back to, it must be open.
        return view.Place is { Screen: Screen.Log, Subject: { } build } && !view.Place.IsSame(Place) ? view.Doing(new OpenLog(build)) : view;
    }

    /// <summary>The effects are being done.</summary>
    public ViewState Done() => Effects.IsEmpty ? this : this with { Effects = [] };

    /// <summary>With a word to the user, of something that was done or failed outside.</summary>
    public ViewState Saying(string text, bool isProblem = false) => this with { Notice = new Notice(text, isProblem) };

    /// <summary>The build that the cursor is on, as far as one can be told.</summary>
    public BuildView? Selected(Snapshot snapshot, DateTimeOffset now) => Place.Screen is Screen.Log
        ? snapshot.Find(Place.Subject)
        : Lists.Selected(snapshot, Place, now) switch
        {
            WorkerRow { Running: null, Thread: { } thread } row => LastOf(snapshot.Of(row.Factory), thread),
            { Build: { } build } => snapshot.Find(build.Id) ?? build,
            EventRow { Seen.Event: Core.Events.BuildStarted started } row => Announced(snapshot.Of(row.Factory), started.LogPath),
            null or ChainRow when Place.Screen is Screen.Chain => snapshot.Builds.FirstOrDefault(build => $"build {build.Id}" == Place.Subject),
            _ => null,
        };

    /// <summary>Whether an act means something for what is chosen here; of most acts that is not asked.</summary>
    public bool Works(Act act, Snapshot snapshot, DateTimeOffset now) => act switch
    {
        Act.Open => Place.Screen is Screen.Overview && Lists.Selected(snapshot, Place, now) is TriggerRow or RejectionRow or FactoryRow || Selected(snapshot, now) is not null,
        Act.Chain => Lists.Selected(snapshot, Place, now) is TriggerRow or RejectionRow || Selected(snapshot, now) is not null,
        Act.History => Selected(snapshot, now) is not null,
        Act.CompareWith => Selected(snapshot, now) is { LogReadable: true },
        Act.CopyImageId => Selected(snapshot, now) is { ImageId: not null },
        Act.Follow => Selected(snapshot, now) is { Running: true },
        _ => true,
    };

    /// <summary>The build whose last lines the overview shows: the one under the cursor if it runs, else the first that runs.</summary>
    public BuildView? Previewed(Snapshot snapshot, DateTimeOffset now) => Selected(snapshot.Only(Factory), now) is { Running: true } selected
        ? selected
        : snapshot.Only(Factory).Workers.Select(row => row.Running).FirstOrDefault(build => build is not null);

    private static BuildView? LastOf(FactorySnapshot snapshot, int thread) =>
        snapshot.Builds.LastOrDefault(build => build.Worker?.Number == thread && build.StartedAt >= snapshot.State.ServiceStartedAt.GetValueOrDefault(DateTimeOffset.MinValue));

    private static BuildView? Announced(FactorySnapshot snapshot, string path)
    {
        var file = LogName.Of(path).File;
        return snapshot.State.Builds.Find(snapshot.State.Builds.LastOf(file)) is { } build ? snapshot.Find(build.Id) : null;
    }

    private ViewState With(Place place) => this with { Trail = Trail.SetItem(Trail.Count - 1, place) };

    private ViewState Doing(Effect effect) => this with { Effects = Effects.Add(effect) };

    /// <summary>What a command is applied to.</summary>
    private readonly record struct Looked(Snapshot Snapshot, Size Size, DateTimeOffset Now);
}
