using System.Collections.Immutable;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>While nothing can be read, doctor says on the first screen which commands would help.</summary>
internal static class FirstStartUpdate
{
    /// <summary>Asks it once for as long as nothing can be read; what it found is forgotten when something can.</summary>
    public static Transition Align(ScreenState state)
    {
        var findings = state.User.Navigation.Trail[0].Findings;
        if (!NothingReadPane.IsAll(state.Factories))
            return findings is null ? state : With(state, null);
        return findings is null
            && state is { Frozen: null, User.Place.Screen: ScreenKind.Overview }
            && !state.Waiting.Values.Any(request => request is RunDoctor)
                ? state.Ask(static number => new RunDoctor(number))
                : state;
    }

    /// <summary>What doctor found is on the first screen, too, while that has nothing else to show.</summary>
    public static ScreenState Found(ScreenState state, ImmutableArray<DoctorRow> found) =>
        NothingReadPane.IsAll(state.Factories) ? With(state, found) : state;

    private static ScreenState With(ScreenState state, ImmutableArray<DoctorRow>? findings)
    {
        var way = state.User.Navigation;
        return state with { User = state.User with { Navigation = way.WithOverview(way.Trail[0] with { Findings = findings }) } };
    }
}
