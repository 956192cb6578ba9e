using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Store;

/// <summary>
/// The right to write a host's store: one process has it, and everybody who can read the store sees that the process lives.
/// </summary>
public sealed class RecorderLock : IDisposable
{
    /// <summary>How often the owner must write its heartbeat into the lock.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly SafeFileHandle _file;
    private DateTimeOffset _wroteAt;

    private RecorderLock(SafeFileHandle file, DateTimeOffset now) => (_file, _wroteAt) = (file, now);

    /// <summary>Takes the lock of a folder; null if another recorder has it.</summary>
    /// <exception cref="IOException">The file cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be created or written.</exception>
    public static RecorderLock? Take(string folder, UnixFileMode mode, DateTimeOffset now) =>
        TakeFile(Path.Combine(folder, RecorderLockFile.Name), mode, now);

    internal static RecorderLock? TakeFile(string path, UnixFileMode mode, DateTimeOffset now)
    {
        var file = FileLock.Open(path, mode);
        try
        {
            // A process that checks the lock holds it for an instant.
            var taken = Enumerable.Range(0, 20).Any(attempt => FileLock.Take(file) || Waited(attempt));
            if (!taken)
            {
                file.Dispose();
                return null;
            }

            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, mode);
            var mine = new RecorderLock(file, now);
            mine.Write(ended: false);
            return mine;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>States that everything is written as of now.</summary>
    /// <exception cref="IOException">The lock itself cannot be written.</exception>
    public void Beat(DateTimeOffset now)
    {
        _wroteAt = now;
        Write(ended: false);
    }

    /// <summary>States a regular end, and releases the lock.</summary>
    public void Dispose()
    {
        try
        {
            Write(ended: true);
        }
        catch (IOException)
        {
            // It then looks killed, but the lock is free all the same.
        }

        _file.Dispose();
    }

    private static bool Waited(int attempt)
    {
        Thread.Sleep(attempt < 19 ? 10 : 0);
        return false;
    }

    private void Write(bool ended) =>
        RandomAccess.Write(_file, Encoding.ASCII.GetBytes(RecorderLockFile.Text(Environment.ProcessId, _wroteAt, ended)), 0);
}
