namespace PackuilonMonitor.Platform;

/// <summary>A folder for temporary files that is removed at the latest when the process ends in good order.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <param name="prefix">What its name begins with.</param>
    public TemporaryFolder(string prefix)
    {
        FullPath = Directory.CreateTempSubdirectory(prefix).FullName;
        AppDomain.CurrentDomain.ProcessExit += Ended;
    }

    public string FullPath { get; }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Ended;
        Remove();
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
