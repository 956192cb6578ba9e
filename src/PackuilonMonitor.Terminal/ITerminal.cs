using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>What woke the loop.</summary>
[Flags]
internal enum Woken
{
    None = 0,
    Input = 1,
    Output = 2,
    Gone = 4,
}

/// <summary>The terminal as the loop sees it: a real one, or one in memory for tests.</summary>
internal interface ITerminal : IDisposable
{
    Size Size { get; }

    /// <summary>Whether it is in raw mode and shows our screen.</summary>
    bool IsEntered { get; }

    /// <summary>Whether it may be entered: a terminal in front of which another job runs may not.</summary>
    bool IsFree { get; }

    /// <summary>
    /// Raw mode, and if it is not there yet the alternate screen, cleared. False, and nothing is touched, where it is not free.
    /// </summary>
    bool Enter();

    /// <summary>
    /// Everything as it was found; safe from any thread, does nothing the second time; the modes stay another job's if that has the
    /// terminal.
    /// </summary>
    void Leave();

    /// <summary>
    /// Blocks until there is input, <see cref="Wake"/> is called, what was held back can be written, or the time is over. Without
    /// <paramref name="forKeys"/> input is left to whoever has the terminal.
    /// </summary>
    Woken Wait(TimeSpan? atMost, bool untilWritable, bool forKeys);

    /// <summary>Ends the present or the next <see cref="Wait"/>; safe from any thread.</summary>
    void Wake();

    /// <summary>How many bytes have come in, without waiting; 0 if none are for us, less if the terminal is gone.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Bytes taken, without waiting; fewer than given, or none, while the terminal is stalled.</summary>
    int Write(ReadOnlySpan<byte> bytes);
}
