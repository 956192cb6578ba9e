namespace PackuilonMonitor.Tests.Ingest;

/// <summary>A watcher that also hears and fails when the test says so, on the test's thread.</summary>
internal sealed class GivenWatcher(string directory) : FileSystemWatcher(directory)
{
    public bool IsOpen { get; private set; } = true;

    /// <param name="name">Null if anything may have changed.</param>
    public void Hear(string? name) => OnChanged(new FileSystemEventArgs(WatcherChangeTypes.Changed, Path, name));

    public void Fail(Exception error) => OnError(new ErrorEventArgs(error));

    protected override void Dispose(bool disposing)
    {
        IsOpen = false;
        base.Dispose(disposing);
    }
}
