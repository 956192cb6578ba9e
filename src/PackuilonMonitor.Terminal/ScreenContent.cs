using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>What the loop shows, and what it reports. The loop calls all of it.</summary>
public sealed record ScreenContent
{
    /// <summary>The picture at the last reported size; requested at most once a frame.</summary>
    public required Func<Frame> Picture { get; init; }

    /// <summary>The size of the screen, before the first picture and whenever it changes.</summary>
    public required Action<Size> Resized { get; init; }

    /// <summary>Each key that the open line of input does not use.</summary>
    public required Action<KeyPress> Key { get; init; }

    public Action<MousePress> Mouse { get; init; } = static _ => { };

    /// <summary>The first picture is on the screen; called once.</summary>
    public Action Shown { get; init; } = static () => { };

    /// <summary>
    /// The text of the open line after each key that changed it: its number, the text. A text that was set is not reported.
    /// </summary>
    public Action<int, string> LineTyped { get; init; } = static (_, _) => { };

    /// <summary>Enter: the number of the line, its text. The line stays open until <see cref="TerminalApp.Use"/> closes it.</summary>
    public Action<int, string> LineEntered { get; init; } = static (_, _) => { };

    /// <summary>Esc, or Backspace in an empty line: the number of the line, which stays open as after Enter.</summary>
    public Action<int> LineCancelled { get; init; } = static _ => { };

    /// <summary>SIGTSTP arrived, and nothing stopped the program, because no shell with job control started it.</summary>
    public Action NotSuspended { get; init; } = static () => { };

    /// <summary>Frames a second while changes continue; a <see cref="TerminalApp.Due"/> picture does not wait for them.</summary>
    public int FramesPerSecond { get; init; } = 4;

    /// <summary>The text for the main screen after a bug ended the loop.</summary>
    public Func<Exception, string> LastWords { get; init; } = static bug => bug.ToString();
}
