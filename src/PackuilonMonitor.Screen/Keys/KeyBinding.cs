using System.Collections.Immutable;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Keys;

/// <summary>The headings of the help.</summary>
public enum KeyGroup
{
    Move,
    Find,
    Go,
    Follow,
    Show,
    TakeOut,
    Watch,
    Program,
}

/// <summary>Something that can be asked for by name or by key.</summary>
/// <param name="Name">In keys.conf and in the palette.</param>
/// <param name="Command">What it asks for.</param>
/// <param name="Where">The screens on which it means something.</param>
/// <param name="Group">Where the help shows it.</param>
/// <param name="Short">For the hint line, one or two words.</param>
/// <param name="Long">For the help.</param>
/// <param name="Keys">The keys in use, the one to be shown first; none if it has only its name.</param>
public sealed record KeyBinding(
    string Name, Command Command, Where Where, KeyGroup Group, string Short, string Long, ImmutableArray<KeyPress> Keys)
{
    /// <summary>The keys are others than at the start.</summary>
    public bool IsChanged { get; init; }

    public bool WorksOn(ScreenKind screen) => (Where & Wheres.Of(screen)) != 0;
}
