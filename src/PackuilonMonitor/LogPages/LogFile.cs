using System.Text;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.LogPages;

/// <summary>A build log as a whole: the file in the log directory, or our copy of it.</summary>
public static class LogFile
{
    /// <summary>Much more than any build has written; a larger log is read up to here.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private const int BufferLength = 256 * 1024;

    /// <summary>Its bytes, part by part.</summary>
    /// <exception cref="IOException">It cannot be opened or read; the message says why.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Bytes(FileLocation log, long most = long.MaxValue)
    {
        var opening = log.Open();
        using var file = opening.File ?? throw new IOException(opening.Why);
        var buffer = new byte[BufferLength];
        for (var offset = 0L; offset < most;)
        {
            var length = OpenFile.Read(file.Handle, buffer, offset);
            if (length == 0)
                yield break;
            offset += length;
            yield return buffer.AsMemory(0, length);
        }
    }

    /// <summary>Its lines, without line ends.</summary>
    /// <exception cref="IOException">It cannot be opened or read; the message says why.</exception>
    public static IReadOnlyList<string> Lines(FileLocation log)
    {
        using var whole = new MemoryStream();
        foreach (var part in Bytes(log, MostBytes))
            whole.Write(part.Span);
        var text = Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
        var lines = text.Split('\n');
        return text.EndsWith('\n') ? lines[..^1] : lines;
    }

    /// <summary>The baseline of a build; null if the good build's log cannot be read any more.</summary>
    public static LastGood? Good(FileLocation log)
    {
        try
        {
            var lines = Lines(log);
            return new LastGood(Baseline.Of(lines), [.. lines]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
