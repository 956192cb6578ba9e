using System.Buffers;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace PackuilonMonitor.Simulation;

/// <summary>Performs a simulated factory's operations on real files: a messages file and a folder of build logs.</summary>
/// <remarks>
/// One call writes to a file once. It reopens messages each time and appends, as with O_APPEND, so that others may rotate it too; it writes
/// logs at each writer's own position.
/// </remarks>
/// <param name="messages">The path of messages.</param>
/// <param name="logDirectory">Where the build logs are written.</param>
/// <param name="cacheDirectory">Where cdb2rabbit keeps its copies of profiles; null to keep none.</param>
public sealed class FactoryWriter(string messages, string logDirectory, string? cacheDirectory = null)
{
    /// <summary>More rotations delete the oldest lines.</summary>
    public const int RotatedFilesKept = 4;

    // Beyond this it writes at once, so that a long past needs little memory.
    private const int MostHeld = 1 << 16;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(15);

    private readonly ArrayBufferWriter<byte> _newMessages = new();
    private readonly ArrayBufferWriter<byte> _newLog = new();
    private string? _newLogFile;
    private long _newLogOffset;

    /// <summary>Writes everything at once.</summary>
    /// <exception cref="IOException">A file could not be written.</exception>
    public void Write(IEnumerable<FactoryStep> steps)
    {
        foreach (var step in steps)
            Apply(step.Operation);
        FlushLog();
        FlushMessages();
    }

    /// <summary>
    /// Writes what is due by the scheduler's clock, now and each time something falls due, until it is disposed or the folder is gone.
    /// Nothing is written after Dispose. What finds no room on the disk is lost, as it is with real daemons.
    /// </summary>
    public IDisposable Follow(SimulatedFactory factory, IScheduler scheduler)
    {
        var stopped = false;
        var gate = new Lock();
        var writing = scheduler.Schedule(TimeSpan.Zero, again =>
        {
            lock (gate)
            {
                if (stopped || !TryWrite(factory.StepsUntil(scheduler.Now)))
                    return;
            }

            var pause = factory.NextAt - scheduler.Now;
            again(pause > ShortestPause ? pause : ShortestPause);
        });
        return Disposable.Create(() =>
        {
            lock (gate)
                stopped = true;
            writing.Dispose();
        });
    }

    private bool TryWrite(IEnumerable<FactoryStep> steps)
    {
        try
        {
            Write(steps);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            _newMessages.ResetWrittenCount();
            _newLog.ResetWrittenCount();
            return true;
        }
    }

    private void Apply(FileOperation operation)
    {
        switch (operation)
        {
            case MessageLine line:
                _newMessages.Write(line.Bytes.Span);
                if (_newMessages.WrittenCount > MostHeld)
                    FlushMessages();
                break;
            case LogWritten written:
                if (
                    written.File != _newLogFile
                    || written.Offset != _newLogOffset + _newLog.WrittenCount
                    || _newLog.WrittenCount > MostHeld
                )
                    FlushLog();
                if (_newLog.WrittenCount == 0)
                    (_newLogFile, _newLogOffset) = (written.File, written.Offset);
                _newLog.Write(written.Bytes.Span);
                break;
            case LogOpened opened:
                FlushLog();
                OpenLog(opened.File);
                break;
            case ProfileCached profile when cacheDirectory is not null:
                File.WriteAllBytes(Path.Combine(cacheDirectory, profile.File), profile.Bytes.Span);
                break;
            case MessagesRotated rotated:
                FlushMessages();
                Rotate(rotated.Kind);
                break;
        }
    }

    private void FlushMessages()
    {
        if (_newMessages.WrittenCount == 0)
            return;

        using var file = new FileStream(messages, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(_newMessages.WrittenSpan);
        _newMessages.ResetWrittenCount();
    }

    private void FlushLog()
    {
        if (_newLog.WrittenCount == 0 || _newLogFile is null)
            return;

        using var file = File.OpenHandle(
            Path.Combine(logDirectory, _newLogFile), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, _newLog.WrittenSpan, _newLogOffset);
        _newLog.ResetWrittenCount();
    }

    private void OpenLog(string name)
    {
        var path = Path.Combine(logDirectory, name);
        if (name.Contains('/', StringComparison.Ordinal))
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(0);
    }

    private void Rotate(RotationKind kind)
    {
        for (var number = RotatedFilesKept - 1; number >= 1; number--)
        {
            if (File.Exists($"{messages}.{number}"))
                File.Move($"{messages}.{number}", $"{messages}.{number + 1}", overwrite: true);
        }

        if (!File.Exists(messages))
            return;

        switch (kind)
        {
            case RotationKind.RenameAndCreate:
                File.Move(messages, $"{messages}.1");
                using (File.Create(messages))
                    break;
            case RotationKind.CopyAndTruncate:
                File.Copy(messages, $"{messages}.1");
                using (var file = new FileStream(messages, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    file.SetLength(0);
                break;
        }
    }
}
