namespace PackuilonMonitor.Ingest.Files;

/// <summary>An open file, or why there is none.</summary>
/// <param name="File">The file, which its owner must dispose; null if it was refused.</param>
/// <param name="Error">The kernel's error number; 0 if the file is open or we refused it.</param>
/// <param name="Why">The reason, in words for the screen; null for an open file.</param>
public readonly record struct Opening(OpenFile? File, int Error, string? Why)
{
    public bool Absent => Errno.MeansAbsent(Error);

    /// <param name="why">The reason in words.</param>
    public static Opening Missing(string why) => Refused(Errno.NotFound, why);

    internal static Opening Done(OpenFile file) => new(file, Errno.None, null);

    internal static Opening Refused(int error, string why) => new(null, error, why);
}
