using System.IO.Compression;
using System.Text.RegularExpressions;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Record;

/// <summary>A recording, or a part of one, in one file: a zip of its days and a note about it.</summary>
public static partial class SnapshotFile
{
    private const string Note = "snapshot.txt";

    /// <summary>The limit of one decompressed day of a snapshot.</summary>
    private const long LongestDay = 4L * 1024 * 1024 * 1024;

    private const UnixFileMode ForUserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a new file, for the user alone.</summary>
    /// <param name="since">Only later arrivals; null for all.</param>
    /// <param name="redacts">Replaces the names of hosts, images and profiles.</param>
    /// <param name="about">Lines for the note: version, settings.</param>
    /// <returns>The number of frames.</returns>
    /// <exception cref="IOException">It exists already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written, or the recording cannot be read.</exception>
    public static long Write(string path, RecordingReader from, DateTimeOffset? since, bool redacts, IEnumerable<string> about)
    {
        var redaction = redacts ? new Redaction(Part(from, since)) : null;
        using var folder = new TemporaryFolder("packuilon-snapshot-");
        var count = 0L;
        using (var writer = new RecordingWriter(folder.FullPath, new RecordingLimits(int.MaxValue / 2, long.MaxValue), ForUserAlone))
        {
            foreach (var frame in Part(from, since))
            {
                writer.Append(redaction is null ? frame with { Places = [] } : redaction.Of(frame));
                count++;
            }
        }

        if (count == 0)
            throw new IOException("nothing was recorded in that time");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ForUserAlone;
        var file = new FileStream(path, options);
        try
        {
            using (file)
                Pack(folder.FullPath, about, file);
        }
        catch (IOException)
        {
            // A part of one, as on a full disk, would only be in the way of the next attempt.
            File.Delete(path);
            throw;
        }

        return count;
    }

    private static void Pack(string folder, IEnumerable<string> about, FileStream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        using (var note = new StreamWriter(zip.CreateEntry(Note, CompressionLevel.Fastest).Open()))
        {
            foreach (var line in about)
                note.Write(line + '\n');
        }

        foreach (var day in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            zip.CreateEntryFromFile(day, Path.GetFileName(day), CompressionLevel.NoCompression);
    }

    /// <summary>Unpacks a snapshot into a folder; only days are unpacked, and none of their names leads elsewhere.</summary>
    /// <exception cref="IOException">It cannot be read, or is not a snapshot.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static void Unpack(string path, string folder)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries.Where(entry => DayName().IsMatch(entry.FullName) && entry.Length <= LongestDay))
                entry.ExtractToFile(Path.Combine(folder, entry.FullName));
        }
        catch (InvalidDataException error)
        {
            throw new IOException($"no snapshot of this program: {error.Message.TrimEnd('.')}", error);
        }
    }

    /// <summary>The frames from a time on; the first of each factory has what is known of it.</summary>
    private static IEnumerable<Frame> Part(RecordingReader from, DateTimeOffset? since)
    {
        var facts = new Dictionary<string, FactoryFacts>(StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in from.Frames())
        {
            if (frame.Facts is { } known)
                facts[frame.Factory] = known;
            if (frame.LastAt < since)
                continue;
            yield return told.Add(frame.Factory) ? frame with { Facts = facts.GetValueOrDefault(frame.Factory) } : frame;
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}\.lines$", RegexOptions.CultureInvariant)]
    private static partial Regex DayName();
}
