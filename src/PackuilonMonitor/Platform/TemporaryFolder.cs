using PackuilonMonitor.Store;

namespace PackuilonMonitor.Platform;

/// <summary>A folder for temporary files that is removed at the latest when the process ends in good order.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <param name="prefix">What its name begins with.</param>
    /// <exception cref="IOException">There is no place for it; the message says why, and what would do.</exception>
    public TemporaryFolder(string prefix)
    {
        try
        {
            FullPath = Directory.CreateTempSubdirectory(prefix).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(Missing(error), error);
        }

        AppDomain.CurrentDomain.ProcessExit += Ended;
    }

    public string FullPath { get; }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Ended;
        Remove();
    }

    /// <summary>Why there is none, and what would do.</summary>
    public static string Missing(Exception error)
    {
        var why = FileWords.NotWritten(Path.Combine(Path.GetTempPath(), "x"), error);
        return $"no place for temporary files: {why}; set TMPDIR to a folder that can be written to";
    }

    private void Ended(object? sender, EventArgs args) => Remove();

    private void Remove()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is gone, or in the folder of what is removed some day.
        }
    }
}
