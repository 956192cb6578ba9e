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
    public ImmutableSortedDictionary<string, FactoryFold>? Read(long first) => Bytes(first) is { } bytes ? StateFormat.Read(bytes) : null;

    /// <summary>
    /// What the newest state that can be read knows of the factories besides their lines, and the number of the frame that follows it; null
    /// for none.
    /// </summary>
    public (long Before, IReadOnlyDictionary<string, FactoryFacts?> Factories)? NewestFacts()
    {
        foreach (var place in Places().Reverse())
        {
            if (Bytes(place) is { } bytes && StateFormat.ReadFacts(bytes) is { } factories)
                return (place, factories);
        }

        return null;
    }

    /// <summary>Whether there is a state before that frame that this program wrote.</summary>
    public bool Has(long first)
    {
        try
        {
            using var file = File.OpenRead(FileOf(first));
            var head = new byte[StateFormat.HeaderLength];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && StateFormat.IsOwn(head);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The time since which all states stay.</summary>
    public static DateTimeOffset Since(DateTimeOffset now) => now.AddDays(-DaysInFull);

    /// <summary>Stores the factories before a frame.</summary>
    /// <param name="first">The number of the frame, which is the first of a part.</param>
    /// <param name="at">When that frame arrived.</param>
    /// <param name="mode">The permissions of the file.</param>
    public void Write(long first, DateTimeOffset at, ImmutableSortedDictionary<string, FactoryFold> factories, UnixFileMode mode)
    {
        var path = FileOf(first);
        try
        {
            using (var file = ClosedFile.Make(path, FileMode.Create, mode))
                file.Write(StateFormat.Write(factories));
            File.SetLastWriteTimeUtc(path, at.UtcDateTime);
        }
        catch (IOException)
        {
            // A part of one, as on a full disk, is of no use.
            File.Delete(path);
            throw;
        }
    }

    /// <summary>
    /// Deletes the states of what is not recorded any more, those that another program wrote, and of older days all but the first.
    /// </summary>
    /// <param name="oldest">The number of the first frame that is still recorded.</param>
    public void Thin(long oldest, DateTimeOffset now)
    {
        var (since, day) = (Since(now).UtcDateTime, default(DateTime?));
        foreach (var place in Places())
        {
            // The time of such a file is that of its frame.
            var at = File.GetLastWriteTimeUtc(FileOf(place));
            if (place < oldest || at < since && at.Date == day || !Has(place))
                File.Delete(FileOf(place));
            else
                day = at.Date;
        }
    }

    private byte[]? Bytes(long first)
    {
        try
        {
            return File.ReadAllBytes(FileOf(first));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string FileOf(long first) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Start}{first:D12}{Ending}"));

    private static long? PlaceOf(string path) =>
        long.TryParse(Path.GetFileName(path)[Start.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : null;
}
