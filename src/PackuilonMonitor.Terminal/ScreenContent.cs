using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>What a screen is made of: a picture for a size, and who gets the keys.</summary>
/// <param name="Render">The picture of the moment; called on the loop, once a frame at most.</param>
/// <param name="Key">Each key but those of an open prompt; its answer is drawn in the same turn.</param>
public sealed record ScreenContent(Func<Size, IReadOnlyList<CellLine>> Render, Action<KeyPress> Key)
{
    public Action<MousePress> Mouse { get; init; } = _ => { };

    /// <summary>The tick that was asked for with <see cref="TerminalApp.NextTick"/> has come.</summary>
    public Action Tick { get; init; } = () => { };

    /// <summary>Frames a second while changes keep coming; a key's answer does not wait for them.</summary>
    public int FramesPerSecond { get; init; } = 4;

    /// <summary>The one line said on the main screen after a bug ended the loop.</summary>
    public Func<Exception, string> LastWords { get; init; } = exception => exception.ToString();
}
