using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>From the present into the past, from moment to moment there, and back.</summary>
public static class PastUpdate
{
    public static Transition Do(ScreenState state, PastCommand command) => command.Act switch
    {
        PastAct.Live => Live(state),
        PastAct.At when command.Text is null => QuestionUpdate.Open(state, QuestionKind.Past, ""),
        PastAct.At => At(state, command.Text),
        PastAct.EventBefore => Step(state, isForward: false, onlyFailures: false),
        PastAct.EventAfter => Step(state, isForward: true, onlyFailures: false),
        PastAct.FailureBefore => Step(state, isForward: false, onlyFailures: true),
        PastAct.FailureAfter => Step(state, isForward: true, onlyFailures: true),
    };

    /// <summary>The past is shown, and there is a present to go back to.</summary>
    public static bool HasPresent(ScreenState state) => state is { Frozen.Past: not null, Settings.Recording.HasPresent: true };

    /// <summary>The first picture is there: now the moment that was asked for at the start can be looked for.</summary>
    public static Transition Begin(ScreenState state) =>
        state is { IsShown: false, Settings.Recording: { BeginAt: { } at } }
            ? Ask(state with { IsShown = true }, number => new LookAtPast(number, at))
            : state with
            {
                IsShown = true,
            };

    public static ScreenState Found(ScreenState state, PastFound found)
    {
        var moment = found.Moment;
        var zone = state.Settings.Zone;
        var factories = state.Factories.All.Select(factory => Of(factory, moment, zone)).ToList();
        var past = new PastView(moment, found.From, found.Until);
        var next = state with
        {
            Frozen = new FactoryMoment(Snapshot.Of(factories, factories[0].Facts), TimeZoneInfo.ConvertTime(moment.At, zone))
            {
                Past = past,
            },
        };
        return next with { User = next.User.WithoutNotice() };
    }

    public static ScreenState NotFound(ScreenState state, Request request, PastNotFound failed) =>
        request is StepInPast { IsForward: true } && HasPresent(state)
            ? (state with { Frozen = null }).WithNotice("live again: nothing was recorded after that")
            : state.WithNotice(failed.Why, isProblem: true);

    private static FactorySnapshot Of(FactorySnapshot factory, PastMoment moment, TimeZoneInfo zone)
    {
        var fold = moment.Factories.GetValueOrDefault(factory.Name ?? "") ?? FactoryFold.Of(factory.Name ?? "");
        return FactorySnapshot.Of(fold.State, factory.Facts with
        {
            Zone = zone,
            History = factory.Facts.History.Until(moment.At),
        });
    }

    private static Transition Live(ScreenState state)
    {
        if (state.Settings.Recording is { HasPresent: false })
            return state.WithNotice("a recording has no present");
        return state.Frozen is { Past: not null } left
            ? (state with { Frozen = null }).WithNotice(
                string.Create(CultureInfo.InvariantCulture, $"live again; {left.Now:HH:mm:ss} was left")
            )
            : state.WithNotice("this is the present");
    }

    private static Transition At(ScreenState state, string text) => TimePhrase.Parse(text, state.Now, state.Settings.Zone) is { } at
        ? state.User.Place.Screen is ScreenKind.Timeline ? TimelineUpdate.At(state, at)
        : Ask(state, number => new LookAtPast(number, at))
        : state.WithNotice("not a time; give one like 14:02, yesterday 14:00, 3h ago, Fri 17:40 or 2026-11-21T14:02", isProblem: true);

    private static Transition Step(ScreenState state, bool isForward, bool onlyFailures)
    {
        var from = state.Frozen switch
        {
            { Past: { } past } => past.Moment.Place,
            { } frozen => (RecordingPosition?)null,
            null => null,
        };
        if (from is null && isForward)
            return state.WithNotice("this is the present");
        return Ask(state, number => new StepInPast(number, from, from is null ? state.Frozen?.Now : null, isForward, onlyFailures));
    }

    /// <summary>One at a time: of keys that are held down those are left out that come before the picture.</summary>
    private static Transition Ask(ScreenState state, Func<int, Request> make) =>
        state.Settings.Recording is null ? state.WithNotice("nothing is recorded here: packuilon-monitor-record does not run")
        : state.Waiting.Values.Any(request => request is LookAtPast or StepInPast) ? state
        : state.Ask(make);
}
