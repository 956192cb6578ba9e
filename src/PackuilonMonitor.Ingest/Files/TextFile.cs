namespace PackuilonMonitor.Ingest.Files;

/// <summary>Files that a person or this program writes: a pipe or a device in place of one would be read for ever.</summary>
public static class TextFile
{
    /// <summary>More than a person writes.</summary>
    private const long Largest = 16 * 1024 * 1024;

    /// <summary>The usual name of an empty file.</summary>
    private const string Nothing = "/dev/null";

    /// <summary>Its whole text, of a regular file alone.</summary>
    /// <exception cref="IOException">It is no regular file, is too large, or cannot be read.</exception>
    public static string Read(string path)
    {
        Check(path);
        return File.ReadAllText(path);
    }

    /// <summary>Returns for a file that can be read to its end; a missing one is left to the reader.</summary>
    /// <param name="mayBePipe">A user who names a pipe, as a shell's <c>&lt;(…)</c>, waits for its other end.</param>
    /// <exception cref="IOException">It is no such file, or too large.</exception>
    public static void Check(string path, bool mayBePipe = false)
    {
        var stat = StatResult.At(path);
        if (!stat.Found || path == Nothing || mayBePipe && stat.Status.IsPipe)
            return;
        if (!stat.Status.IsRegular)
            throw new IOException($"not a file but {stat.Status.Sort}");
        if (stat.Status.Size > Largest)
            throw new IOException($"larger than {Largest / (1024 * 1024)} MiB");
    }
}
