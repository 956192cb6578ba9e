using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>What woke the loop.</summary>
[Flags]
internal enum WakeReason
{
    None = 0,
    Input = 1,
    Output = 2,
    Gone = 4,
}

/// <summary>The terminal as the loop uses it: a real one, or one in memory for tests.</summary>
internal interface ITerminal : IDisposable
{
    Size Size { get; }

    /// <summary>Whether it is in raw mode and shows our screen.</summary>
    bool IsEntered { get; }

    /// <summary>Whether it may be entered: not while another job has the terminal.</summary>
    bool IsFree { get; }

    /// <summary>
    /// Sets raw mode and, if necessary, the cleared alternate screen. If the terminal is barred or not free it changes nothing and returns
    /// false.
    /// </summary>
    bool Enter();

    /// <summary>
    /// Restores everything as it was found. Safe from any thread; does nothing the second time; leaves the modes alone if another job has
    /// the terminal.
    /// </summary>
    void Leave();

    /// <summary>
    /// The same, and <see cref="Enter"/> returns false until <see cref="Unbar"/>: the loop, on its own thread, would otherwise come back
    /// before the program has ended or stopped.
    /// </summary>
    void Bar();

    /// <summary>Lets the loop enter again.</summary>
    void Unbar();

    /// <summary>
    /// Blocks until there is input, <see cref="Wake"/> is called, held bytes can be written, or the time is over. Without <paramref
    /// name="forKeys"/> input is left to the program that has the terminal.
    /// </summary>
    WakeReason Wait(TimeSpan? atMost, bool untilWritable, bool forKeys);

    /// <summary>Ends the present or the next <see cref="Wait"/>; safe from any thread.</summary>
    void Wake();

    /// <summary>The number of bytes read, without waiting; 0 if there are none for us, negative if the terminal is gone.</summary>
    int Read(Span<byte> buffer);

    /// <summary>The number of bytes accepted, without waiting; fewer than given, or none, while the terminal is stalled.</summary>
    int Write(ReadOnlySpan<byte> bytes);
}
