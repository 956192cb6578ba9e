namespace PackuilonMonitor.Terminal;

/// <summary>
/// Distinguishes exceptions of Terminal.Gui from ours. Version 2.5.0 throws on some key sequences; we filter those, and no others may end
/// the program. An exception of our own code is a bug and ends it.
/// </summary>
internal sealed class LibraryFaults
{
    private const int Most = 1000;

    private bool _isLibrary;
    private int _tolerated;

    /// <summary>Our own code runs from here on.</summary>
    public void BeginOurs() => _isLibrary = false;

    /// <summary>The library's code runs from here on.</summary>
    public void BeginLibrary() => _isLibrary = true;

    /// <summary>Our own code, called by the library.</summary>
    public void Ours(Action act)
    {
        BeginOurs();
        act();
        BeginLibrary();
    }

    /// <summary>Whether the loop continues after an exception: it was the library's, and there were not too many.</summary>
    public bool Tolerate() => _isLibrary && ++_tolerated <= Most;
}
