namespace PackuilonMonitor.Cells;

/// <summary>What the terminal offers besides the picture.</summary>
/// <param name="Input">The open line of input, or null.</param>
/// <param name="Mouse">Whether clicks and the wheel are reported; meanwhile the terminal's own selection does not work.</param>
public sealed record Controls(InputLine? Input, bool Mouse)
{
    /// <summary>No line of input, no mouse.</summary>
    public static Controls None { get; } = new(null, false);
}
