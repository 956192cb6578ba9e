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

    /// <summary>The factories before a part; null if there is no such state, or none that this program wrote.</summary>
    public ImmutableSortedDictionary<string, FactoryFold>? Read(RecordingPart part) =>
        Bytes(part) is { } bytes ? StateFormat.Read(bytes) : null;

    /// <summary>What the state before a part knows of the factories besides their lines; null as for the whole.</summary>
    public IReadOnlyDictionary<string, FactoryFacts?>? ReadFacts(RecordingPart part) =>
        Bytes(part) is { } bytes ? StateFormat.ReadFacts(bytes) : null;

    /// <summary>Whether there is a state before that frame that this program wrote.</summary>
    public bool Has(Frame first) => Head(first.Number) is { } head && StateFormat.IsOwn(head) && StateFormat.At(head) == first.At;

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
            using var file = ClosedFile.Make(path, FileMode.Create, mode);
            file.Write(StateFormat.Write(factories, at));
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
        var (since, day) = (Since(now), default(DateTime?));
        foreach (var place in Places())
        {
            var (isOwn, at) = Head(place) is { } head ? (StateFormat.IsOwn(head), StateFormat.At(head)) : default;
            if (!isOwn || place < oldest || at < since && at.UtcDateTime.Date == day)
                File.Delete(FileOf(place));
            else
                day = at.UtcDateTime.Date;
        }
    }

    private byte[]? Head(long first)
    {
        try
        {
            using var file = File.OpenRead(FileOf(first));
            var head = new byte[StateFormat.HeaderLength];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length ? head : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A recording that was removed may have left states whose numbers are those of the present one.</summary>
    private byte[]? Bytes(RecordingPart part)
    {
        try
        {
            var bytes = File.ReadAllBytes(FileOf(part.First));
            return bytes.Length >= StateFormat.HeaderLength && StateFormat.At(bytes) is var at && at >= part.At && at <= part.LastAt
                ? bytes
                : null;
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
