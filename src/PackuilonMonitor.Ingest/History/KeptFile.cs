using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest.History;

/// <summary>
/// A kept log as a file in memory alone, so that all that reads logs reads it as any other. The store is asked when it is
/// opened, on that thread; the memory is free when what was opened is closed. For one reader.
/// </summary>
public sealed class KeptFile
{
    private const uint CloseOnExec = 1;

    private readonly string _store;
    private readonly string _build;
    private Looked _looked = new(default, Errno.NotFound);

    /// <param name="store">The store's file.</param>
    /// <param name="build">The build's id.</param>
    /// <param name="logFile">The name that its log had.</param>
    public KeptFile(string store, string build, string logFile)
    {
        (_store, _build) = (store, build);
        Place = new FilePlace(new SourceId($"kept copy of {logFile}"), () => _looked, Open);
    }

    public FilePlace Place { get; }

    /// <summary>From which byte on the log arrived when, null where nobody saw it; known once it was opened.</summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> Arrivals { get; private set; } = [];

    /// <summary>When the lines of a build's log arrived, as an earlier watch of it has remembered; null where nothing is remembered or can be read.</summary>
    public static LineTimes? TimesOf(string store, string build)
    {
        try
        {
            using var opened = HistoryStore.Read(store).Store;
            return opened?.Log(build)?.Times;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private Opening Open()
    {
        try
        {
            var found = HistoryStore.Read(_store);
            using var store = found.Store;
            if (store?.Log(_build) is not { } log)
                return Refused(found.Why is { } why ? $"history: {why}" : "the copy of its log is not kept any more");
            Arrivals = log.Times.ByByte([log.Bytes]);
            return Written(log.Bytes.Span);
        }
        catch (SqliteException error)
        {
            return Refused($"history: {SqliteWords.WhyNot(error)}");
        }
        catch (IOException error)
        {
            return Refused(error.Message.ReplaceLineEndings(" "));
        }
    }

    private Opening Written(ReadOnlySpan<byte> bytes)
    {
        var descriptor = Native.MemoryFile("packuilon-log", CloseOnExec);
        using var memory = descriptor < 0 ? Unlinked() : new SafeFileHandle(descriptor, ownsHandle: true);
        if (memory is null)
            return Refused("neither memory nor a temporary file for the copy of its log");
        RandomAccess.Write(memory, bytes, 0);
        _looked = Looked.At(memory);
        return OpenFile.Through(memory);
    }

    /// <summary>A file without a name, for kernels without files in memory (before 3.17).</summary>
    internal static SafeFileHandle? Unlinked()
    {
        try
        {
            var path = Path.GetTempFileName();
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.Delete(path);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Opening Refused(string why)
    {
        _looked = new Looked(default, Errno.NotFound);
        return Opening.Refused(Errno.NotFound, why);
    }
}
