using System.Collections.Immutable;

namespace PackuilonMonitor.Screen.State;

/// <summary>What a message led to: the next state, and what must be done outside.</summary>
public readonly record struct Transition(ScreenState State, ImmutableArray<Effect> Effects)
{
    public static implicit operator Transition(ScreenState state) => new(state, []);

    public Transition And(params ReadOnlySpan<Effect> effects) => this with { Effects = Effects.AddRange(effects) };

    public Transition Then(Func<ScreenState, Transition> next)
    {
        var step = next(State);
        return step with { Effects = Effects.AddRange(step.Effects) };
    }
}
