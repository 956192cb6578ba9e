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

    /// <summary>Raw mode and the alternate screen, cleared; does nothing when there already.</summary>
    void Enter();

    /// <summary>Everything as it was found; safe from any thread, does nothing the second time.</summary>
    void Leave();

    /// <summary>
    /// Blocks until there is input, <see cref="Wake"/> is called, what was held back can be written, or the time is over. Without
    /// <paramref name="forKeys"/> input is left to whoever has the terminal.
    /// </summary>
    Woken Wait(TimeSpan? atMost, bool untilWritable, bool forKeys);

    /// <summary>Ends the present or the next <see cref="Wait"/>; safe from any thread.</summary>
    void Wake();

    /// <summary>What has come in, without waiting; 0 if nothing has.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Bytes taken, without waiting; fewer than given, or none, while the terminal is stalled.</summary>
    int Write(ReadOnlySpan<byte> bytes);
}
