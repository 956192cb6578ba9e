using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>The rotated siblings of one source: which exist, and how far each was read.</summary>
internal sealed class SiblingScan(string path, TailOptions options, Func<LineSplitter> splitter)
{
    private const int Tries = 8;
    private const int Compared = 64 * 1024;

    private readonly Dictionary<FileIdentity, Generation> _read = [];

    /// <summary>
    /// The siblings, oldest first, as of one moment: listed until two lists are equal, because a rotation renames one after another.
    /// </summary>
    public IReadOnlyList<Sibling> List()
    {
        var listed = RotatedSiblings.Of(path);
        options.Hook?.Invoke(TailStep.Listed);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var again = RotatedSiblings.Of(path);
            if (again.Select(Key).SequenceEqual(listed.Select(Key)))
                return again;
            listed = again;
        }

        return listed;
    }

    /// <summary>Whether these are the siblings now, under the same names.</summary>
    public bool IsPresent(IReadOnlyList<Sibling> siblings) => RotatedSiblings.Of(path).Select(Key).SequenceEqual(siblings.Select(Key));

    /// <summary>Marks a sibling as read up to its present size.</summary>
    public void Skip(Sibling sibling)
    {
        if (sibling.Compressed || Open(sibling) is not { } file)
            return;

        var generation = Generation.From(file, sibling.Status.Size, GenerationKind.Log, splitter(), options.Read);
        generation.Measure(TimeSpan.Zero);
        Remember(generation);
    }

    /// <summary>Remembers how far a closed file was read.</summary>
    public void Remember(Generation generation)
    {
        generation.Rest();
        _read[generation.Identity] = generation;
    }

    /// <summary>Returns what was remembered of a file that is back at its path, and forgets it.</summary>
    public Generation? Recall(OpenFile file) =>
        _read.Remove(file.Identity, out var generation) && generation.Holds(file, options.Read) ? generation : null;

    /// <summary>Forgets files that are gone. A log that was copied and removed is as far read in its copy.</summary>
    public void Prune(IReadOnlyList<Sibling> present)
    {
        var there = present.Select(sibling => sibling.Status.Identity).ToHashSet();
        foreach (var gone in _read.Values.Where(file => !there.Contains(file.Identity)).ToList())
        {
            _read.Remove(gone.Identity);
            if (CopyOf(gone, present, read: []) is not var (_, copy, size))
                continue;
            var same = Generation.From(copy, Math.Min(size, gone.Offset), GenerationKind.Log, splitter(), options.Read);
            same.Measure(TimeSpan.Zero);
            Remember(same);
        }
    }

    /// <summary>The file that was read and closed; null if it was not, or is gone.</summary>
    public Generation? Closed(FileIdentity file) => _read.GetValueOrDefault(file);

    /// <summary>Whether a compressed sibling is a file that was read, as far as its beginning shows.</summary>
    public bool IsPacked(Sibling sibling, Generation read) => IsPacked(sibling, text => read.BeginsIn(text, options.Read));

    /// <summary>Whether it is this open file, as far as its beginning shows.</summary>
    public bool IsPacked(Sibling sibling, OpenFile read)
    {
        var known = new KnownBytes();
        known.Load(read, read.Stat().Status.Size, options.Read);
        return IsPacked(sibling, known.BeginIn);
    }

    private bool IsPacked(Sibling sibling, Predicate<Stream> begins)
    {
        if (!sibling.Compressed || Open(sibling) is not { } file)
            return false;
        try
        {
            using (file)
            using (var text = PackedFile.Open(file, options.Read, RotatedName.PackingOf(sibling.Path)))
                return begins(text);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return false;
        }
    }

    public bool IsRead(Sibling sibling) => _read.ContainsKey(sibling.Status.Identity);

    /// <summary>Opens a plain sibling at its first unread byte; null if there is none or it cannot be opened.</summary>
    public Generation? Unread(Sibling sibling, GenerationKind kind)
    {
        if (sibling.Compressed || (sibling.Status.Size == 0 && kind == GenerationKind.Copy))
            return null;

        var before = _read.GetValueOrDefault(sibling.Status.Identity);
        if (before is not null && sibling.Status.Size == before.Offset && sibling.Status.Modified == before.Modified)
            return null;
        if (Open(sibling) is not { } file)
            return null;

        // An overwritten copy keeps its identity; its content decides.
        var offset = before is not null && before.Holds(file, options.Read) ? before.Offset : 0;
        var generation = Generation.From(file, offset, kind, splitter(), options.Read);
        // The writer of an empty file that was rotated at once may still have it open.
        if (generation.Measure(TimeSpan.Zero) && (generation.Limit > offset || before is null))
            return generation;

        generation.Dispose();
        return null;
    }

    /// <summary>
    /// The copy of a truncated or removed file: the newest sibling with the same bytes before our offset, or a shorter one with the same
    /// beginning.
    /// </summary>
    public (int Index, OpenFile File, long Size)? CopyOf(
        Generation truncated,
        IReadOnlyList<Sibling> siblings,
        IReadOnlyList<Generation> read
    )
    {
        for (var i = siblings.Count - 1; i >= 0 && truncated.Offset > 0; i--)
        {
            // Another log with the same beginning is not a copy, and neither is another log's copy.
            var sibling = siblings[i];
            if (sibling.Compressed
                || read.Any(other => other.Kind == GenerationKind.Log
                    && (other.Identity == sibling.Status.Identity || (other != truncated && IsCopyOf(sibling, other.File))))
                || Open(sibling) is not { } file)
                continue;

            // A sibling that was read before and did not change is an older copy, even with the same beginning.
            var size = file.Stat().Status.Size;
            if (!IsOld(sibling, file) && IsOf(file, size, truncated))
                return (i, file, size);
            file.Dispose();
        }

        return null;
    }

    /// <summary>Whether a sibling has the content of a file that was truncated since, and so is its copy.</summary>
    public bool IsOf(Sibling sibling, Generation read)
    {
        if (read is not { Offset: > 0, Kind: GenerationKind.Log, File: { } own } || sibling.Status.Size == 0
            || read.Holds(own, options.Read) || Open(sibling) is not { } file)
            return false;
        using (file)
            return IsOf(file, sibling.Status.Size, read);
    }

    /// <summary>Whether a sibling is a copy of a file that is not truncated yet: then the file itself still has every line.</summary>
    public bool IsCopyOf(Sibling sibling, OpenFile? file)
    {
        if (
            file is null
            || sibling.Status.Size == 0
            || file.Stat() is not { Found: true } stat
            || stat.Status.Size < sibling.Status.Size
            || Open(sibling) is not { } copy
        )
            return false;

        using (copy)
        {
            var size = sibling.Status.Size;
            var length = (int)Math.Min(Compared, size);
            return Same(copy, file, 0, length) && Same(copy, file, size - length, length);
        }
    }

    public static bool Opens(Sibling sibling)
    {
        using var file = Open(sibling);
        return file is not null;
    }

    public static OpenFile? Open(Sibling sibling)
    {
        var file = OpenFile.At(sibling.Path).File;
        if (file is null || file.Identity == sibling.Status.Identity)
            return file;

        file.Dispose();
        return null;
    }

    private bool IsOf(OpenFile file, long size, Generation read) =>
        size >= read.Offset ? read.Holds(file, options.Read) : read.BeginsAs(file, size, options.Read);

    private bool IsOld(Sibling sibling, OpenFile file) =>
        _read.TryGetValue(sibling.Status.Identity, out var before)
        && before.Offset == sibling.Status.Size
        && before.Modified == sibling.Status.Modified
        && before.Holds(file, options.Read);

    private bool Same(OpenFile one, OpenFile other, long offset, int length)
    {
        var (first, second) = (new byte[length], new byte[length]);
        return Generation.Peek(options.Read, one, first, offset) == length
            && Generation.Peek(options.Read, other, second, offset) == length
            && first.AsSpan().SequenceEqual(second);
    }

    private static (string, FileIdentity) Key(Sibling sibling) => (sibling.Path, sibling.Status.Identity);
}
