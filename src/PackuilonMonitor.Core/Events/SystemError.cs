namespace PackuilonMonitor.Core.Events;

/// <summary>An error of the system as Python shows it: <c>FileNotFoundError(2, 'No such file or directory')</c>.</summary>
public static class SystemError
{
    /// <summary>The system's own words; null for an exception without the number of an error.</summary>
    public static string? ReasonIn(string error)
    {
        var start = error.IndexOf('(', StringComparison.Ordinal);
        var comma = error.IndexOf(", '", StringComparison.Ordinal);
        var end = error.LastIndexOf("')", StringComparison.Ordinal);
        return start > 0
            && comma > start + 1
            && end > comma + 3
            && error.AsSpan(start + 1, comma - start - 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? error[(comma + 3)..end]
            : null;
    }
}
