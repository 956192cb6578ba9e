using System.Collections.Immutable;
using System.Globalization;

namespace PackuilonMonitor.Segments;

/// <summary>
/// The factories as they were before some parts of a recording, stored beside it, so that nobody needs to fold all that was recorded before
/// a moment. They are no part of the recording: without one, or with a damaged one, more is folded. Only the recorder writes them. Any call
/// may throw an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.
/// </summary>
/// <param name="folder">The folder of the recording.</param>
public sealed class StoredStates(string folder)
{
    /// <summary>So many parts are folded in half of the time that a jump may take.</summary>
    public const int Distance = 12;

    /// <summary>Of days before these only the first state stays.</summary>
    private const int DaysInFull = 8;

    private const string Start = "before-";
    private const string Ending = ".state";

    /// <summary>The numbers of the frames before which a state is stored, in order.</summary>
    public IReadOnlyList<long> Places() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{Start}*{Ending}").Select(PlaceOf).OfType<long>().Order()]
        : [];

    /// <summary>The factories before a frame; null if there is no such state, or none that this program wrote.</summary>
    /// <param name="first">The number of the frame.</param>
    public ImmutableSortedDictionary<string, FactoryFold>? Read(long first)
    {
        try
        {
            return StateFormat.Read(File.ReadAllBytes(FileOf(first)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Stores the factories before a frame, and deletes what is not needed any more.</summary>
    /// <param name="first">The number of the frame, which is the first of a part.</param>
    /// <param name="oldest">The number of the first frame that is still recorded.</param>
    /// <param name="mode">The permissions of the file.</param>
    public void Write(long first, ImmutableSortedDictionary<string, FactoryFold> factories, long oldest, UnixFileMode mode)
    {
        Thin(oldest);
        var path = FileOf(first);
        try
        {
            using var file = ClosedFile.Make(path, FileMode.Create, mode);
            file.Write(StateFormat.Write(factories));
        }
        catch (IOException)
        {
            // A part of one, as on a full disk, is of no use.
            File.Delete(path);
            throw;
        }
    }

    private void Thin(long oldest)
    {
        var inFull = DateTime.UtcNow.Date.AddDays(-DaysInFull);
        var day = default(DateTime?);
        foreach (var place in Places())
        {
            var written = File.GetLastWriteTimeUtc(FileOf(place)).Date;
            if (place < oldest || written < inFull && written == day)
                File.Delete(FileOf(place));
            day = written;
        }
    }

    private string FileOf(long first) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Start}{first:D12}{Ending}"));

    private static long? PlaceOf(string path) =>
        long.TryParse(Path.GetFileName(path)[Start.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : null;
}
