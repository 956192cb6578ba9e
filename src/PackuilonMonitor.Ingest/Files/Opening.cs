namespace PackuilonMonitor.Ingest.Files;

/// <summary>An open file, or why there is none.</summary>
/// <param name="File">The file; its owner must dispose of it. Null where it was refused.</param>
/// <param name="Error">The kernel's error number; 0 where the file is open or was refused by us.</param>
/// <param name="Why">The reason in words, fit to be shown; null for an open file.</param>
public readonly record struct Opening(OpenFile? File, int Error, string? Why)
{
    public bool Absent => Errno.MeansAbsent(Error);

    /// <param name="why">The reason in words.</param>
    public static Opening Missing(string why) => Refused(Errno.NotFound, why);

    internal static Opening Done(OpenFile file) => new(file, Errno.None, null);

    internal static Opening Refused(int error, string why) => new(null, error, why);
}
