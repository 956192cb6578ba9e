namespace PackuilonMonitor.Terminal;

/// <summary>
/// Standard input as single letters: the terminal gives each when it is typed, and echoes none. Its modes come back at the end, and while
/// the program is stopped. Ctrl-C and Ctrl-Z stay signals.
/// </summary>
public sealed unsafe class LetterInput : IDisposable
{
    // ICANON and ECHO, as the terminal edits lines itself.
    private const uint EditsLines = 0xa;
    private const int StandardInput = 0;

    private Libc.Termios _found;

    private LetterInput(Libc.Termios found) => _found = found;

    /// <summary>
    /// Begins at once; null if standard input is no terminal, or something before it edits the line: it then sends whole lines, and needs
    /// no echo.
    /// </summary>
    public static LetterInput? Begin()
    {
        Libc.Termios found;
        if (Libc.IsTerminal(StandardInput) == 0 || Libc.GetAttributes(StandardInput, &found) != 0)
            return null;
        if ((found.Local & EditsLines) != EditsLines)
            return null;
        var input = new LetterInput(found);
        input.GiveLetters();
        return input;
    }

    /// <summary>Stops the program until the shell continues it.</summary>
    public void Suspend()
    {
        GiveLines();
        JobControl.Stop();
        GiveLetters();
    }

    public void Dispose() => GiveLines();

    private void GiveLetters()
    {
        var letters = _found;
        letters.Local &= ~EditsLines;
        letters.Characters[5] = 0; // VTIME
        letters.Characters[6] = 1; // VMIN
        Set(&letters);
    }

    private void GiveLines()
    {
        fixed (Libc.Termios* found = &_found)
            Set(found);
    }

    // The modes of another job's terminal are not ours to change.
    private static void Set(Libc.Termios* modes)
    {
        using var unstopped = new Unstopped();
        if (JobControl.IsForeground(StandardInput))
            _ = Libc.SetAttributes(StandardInput, Libc.TcsaNow, modes);
    }
}
