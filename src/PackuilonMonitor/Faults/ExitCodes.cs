namespace PackuilonMonitor.Faults;

/// <summary>The exit codes; other programs rely on them.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A source could not be read; the rest was printed.</summary>
    public const int Unreadable = 3;

    public const int WrongUse = 64;

    /// <summary>A bug in this program.</summary>
    public const int Bug = 70;

    /// <summary>Another process does what only one may do.</summary>
    public const int Busy = 75;

    /// <summary>Standard output could not be written, as on a full disk.</summary>
    public const int OutputFailed = 74;
}
